//! The table of what can be asked.

use lsp_types::request::Request as Asked;
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentHighlightRequest, DocumentSymbolRequest, Formatting,
    GotoDefinition, HoverRequest, PrepareRenameRequest, References, Rename, WorkspaceSymbolRequest,
};
use serde_json::Value as Json;

use super::server::{Refusal, Server, json, params};
use super::wire::{ErrorCode, Request};
use super::{actions, completion, formatting, hover, navigation, rename, search, symbols};

/// Answers a request, or says why not.
pub(super) fn answer(server: &mut Server, request: &Request) -> Result<Json, Refusal> {
    let mut call = Call { server, request };
    match request.method.as_str() {
        HoverRequest::METHOD => call.with::<HoverRequest>(hover::hover),
        GotoDefinition::METHOD => call.with::<GotoDefinition>(navigation::definition),
        References::METHOD => call.with::<References>(navigation::references),
        DocumentHighlightRequest::METHOD => {
            call.with::<DocumentHighlightRequest>(navigation::highlights)
        }
        Completion::METHOD => call.with::<Completion>(completion::complete),
        PrepareRenameRequest::METHOD => call.with::<PrepareRenameRequest>(rename::prepare),
        Rename::METHOD => call.with::<Rename>(rename::rename),
        CodeActionRequest::METHOD => call.with::<CodeActionRequest>(actions::actions),
        DocumentSymbolRequest::METHOD => call.with::<DocumentSymbolRequest>(symbols::symbols),
        WorkspaceSymbolRequest::METHOD => call.with::<WorkspaceSymbolRequest>(search::search),
        Formatting::METHOD => call.with::<Formatting>(formatting::format),
        other => Err((
            ErrorCode::MethodNotFound,
            format!("`{other}` is nothing that eventc answers"),
        )),
    }
}

struct Call<'s, 'r> {
    server: &'s mut Server,
    request: &'r Request,
}

impl Call<'_, '_> {
    fn with<R: Asked>(
        &mut self,
        answer: impl FnOnce(&mut Server, R::Params) -> Result<R::Result, Refusal>,
    ) -> Result<Json, Refusal> {
        let params = params(&self.request.params)?;
        json(&answer(self.server, params)?)
    }
}
