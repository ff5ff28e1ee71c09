//! From a name to where it is declared, and to where it is used.

use eventc_compiler::index::Role;
use lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, GotoDefinitionParams,
    GotoDefinitionResponse, Location, ReferenceParams,
};

use super::server::{Refusal, Server};

pub(super) fn definition(
    server: &mut Server,
    params: GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>, Refusal> {
    let asked = params.text_document_position_params;
    let Some((snapshot, file)) = server.file(&asked.text_document.uri) else {
        return Ok(None);
    };
    let symbol = snapshot
        .place(file, asked.position)
        .map(|place| place.symbol);
    let span = symbol.and_then(|symbol| snapshot.index().definition(symbol));
    let location = span.and_then(|span| snapshot.location(span));
    Ok(location.map(GotoDefinitionResponse::Scalar))
}

pub(super) fn references(
    server: &mut Server,
    params: ReferenceParams,
) -> Result<Option<Vec<Location>>, Refusal> {
    let asked = params.text_document_position;
    let Some((snapshot, file)) = server.file(&asked.text_document.uri) else {
        return Ok(None);
    };
    let Some(found) = snapshot.place(file, asked.position) else {
        return Ok(None);
    };
    let places = snapshot.index().of(found.symbol);
    let wanted =
        places.filter(|place| params.context.include_declaration || place.role == Role::Reference);
    Ok(Some(
        wanted
            .filter_map(|place| snapshot.location(place.span))
            .collect(),
    ))
}

/// The same in one file, which editors mark while the cursor rests.
pub(super) fn highlights(
    server: &mut Server,
    params: DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>, Refusal> {
    let asked = params.text_document_position_params;
    let Some((snapshot, file)) = server.file(&asked.text_document.uri) else {
        return Ok(None);
    };
    let Some(found) = snapshot.place(file, asked.position) else {
        return Ok(None);
    };
    let places = snapshot.index().of(found.symbol);
    let here = places.filter(|place| place.span.file == file);
    let highlight = here.map(|place| DocumentHighlight {
        range: snapshot.range(place.span),
        kind: Some(match place.role {
            Role::Definition => DocumentHighlightKind::WRITE,
            Role::Reference => DocumentHighlightKind::READ,
        }),
    });
    Ok(Some(highlight.collect()))
}
