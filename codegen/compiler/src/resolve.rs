//! Names across files become ids.

mod body;
mod lookup;
mod storage;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::catalog::{
    Body, Carried, Catalog, Context, Deprecated, Docs, Event, EventId, Home, MemberDocs, Module,
    ModuleId, Newtype, Stream, StreamId, Thing, Type, TypeId,
};
use crate::catalog::{ContextId, Scalar, TypeRef};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::index::Place;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::tree::Node;
use lookup::{Noun, Scopes};

/// A catalog that was not checked yet.
pub(crate) struct Draft<'s> {
    pub(crate) catalog: Catalog,
    /// Values that can be read now that their types are known.
    pub(crate) examples: Vec<(EventId, &'s ast::Name<'s>, &'s Node<'s>)>,
    pub(crate) backfills: Vec<(FieldPath, &'s Node<'s>)>,
    /// Every name of a type, context, stream or event that was found, and where it stands.
    pub(crate) references: Vec<Place>,
}

/// Whose field it is, and which.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldPath {
    pub(crate) owner: Thing,
    pub(crate) index: usize,
}

/// Looks up every name of every file.
pub(crate) fn resolve<'s>(files: &'s [ast::File<'s>], diagnostics: &mut Diagnostics) -> Draft<'s> {
    let draft = Draft {
        catalog: Catalog::default(),
        examples: Vec::new(),
        backfills: Vec::new(),
        references: Vec::new(),
    };
    let mut resolver = Resolver {
        scopes: Scopes::new(files),
        draft,
        diagnostics,
        owner: None,
    };
    resolver.settings(files);
    resolver.modules(files);
    let declared = resolver.declare(files);
    for (file, declared) in files.iter().zip(declared) {
        resolver.file(file, &declared);
    }
    resolver.draft
}

/// The ids that the declarations of a file were given, in their order.
struct Declared {
    module: ModuleId,
    types: Vec<TypeId>,
    streams: Vec<StreamId>,
    contexts: Vec<ContextId>,
    events: Vec<EventId>,
}

struct Resolver<'s, 'd> {
    scopes: Scopes<'s>,
    draft: Draft<'s>,
    diagnostics: &'d mut Diagnostics,
    /// Who answers for what names nobody else, in the file that is being resolved.
    owner: Option<Arc<str>>,
}

/// What encloses a name that is looked up.
#[derive(Clone, Copy)]
struct Scope<'s> {
    file: &'s ast::File<'s>,
    module: ModuleId,
}

impl<'s> Resolver<'s, '_> {
    fn settings(&mut self, files: &'s [ast::File<'s>]) {
        let Some(root) = files.iter().find(|file| file.module.is_empty()) else {
            return;
        };
        if let Some(name) = &root.settings.catalog {
            self.draft.catalog.name = name.value.to_string();
        }
        let targets: BTreeSet<_> = root
            .settings
            .targets
            .iter()
            .map(|target| target.value.to_string())
            .collect();
        self.draft.catalog.targets = targets.into_iter().collect();
    }

    /// Every file is a module, and so is every folder above one.
    fn modules(&mut self, files: &'s [ast::File<'s>]) {
        let mut paths: BTreeSet<&[String]> = BTreeSet::from([[].as_slice()]);
        for file in files {
            paths.extend((0..=file.module.len()).filter_map(|depth| file.module.get(..depth)));
        }
        for path in paths {
            let file = self.scopes.file_of(path);
            let span = file.map(|file| Span {
                file: file.id,
                start: 0,
                end: 0,
            });
            let description = file.and_then(|file| file.description.as_deref().map(str::to_owned));
            Module {
                path: path.to_vec(),
                span,
                description,
            }
            .add_to(&mut self.draft.catalog);
        }
    }

    /// Gives every declaration an id, so that names can refer to what stands further down.
    fn declare(&mut self, files: &'s [ast::File<'s>]) -> Vec<Declared> {
        let catalog = &mut self.draft.catalog;
        let modules: BTreeMap<Vec<String>, ModuleId> = Module::ids(catalog)
            .map(|id| (catalog[id].path.clone(), id))
            .collect();
        let mut all = Vec::new();
        for file in files {
            let Some(&module) = modules.get(&file.module) else {
                continue;
            };
            let types = file.types.iter().map(|declared| {
                let unread = Newtype {
                    of: TypeRef::Scalar(STAND_IN),
                    length: None,
                    pattern: None,
                    min: None,
                    max: None,
                    key: false,
                    unresolved: true,
                };
                let id = Type {
                    module,
                    name: declared.name.value.to_string(),
                    span: declared.name.span,
                    docs: Docs::default(),
                    pii: declared.pii.as_deref().map(str::to_owned),
                    unit: declared.unit.as_deref().map(str::to_owned),
                    body: Body::Newtype(Box::new(unread)),
                }
                .add_to(catalog);
                self.scopes
                    .types
                    .insert((&file.module, &declared.name.value), id);
                id
            });
            let types = types.collect();
            let streams = file.streams.iter().map(|stream| {
                let id = Stream {
                    module,
                    name: stream.name.value.to_string(),
                    span: stream.name.span,
                    docs: Docs::default(),
                    fields: Vec::new(),
                    storage: Default::default(),
                    store: stream.store,
                    unresolved: false,
                }
                .add_to(catalog);
                self.scopes
                    .streams
                    .insert((&file.module, &stream.name.value), id);
                id
            });
            let streams = streams.collect();
            let contexts = file.contexts.iter().map(|context| {
                let id = Context {
                    module,
                    name: context.name.value.to_string(),
                    span: context.name.span,
                    docs: Docs::default(),
                    fields: Vec::new(),
                }
                .add_to(catalog);
                self.scopes
                    .contexts
                    .insert((&file.module, &context.name.value), id);
                id
            });
            let contexts = contexts.collect();
            let events = file.events.iter().map(|event| {
                let name = match file.module.join(".") {
                    root if root.is_empty() => event.name.value.to_string(),
                    module => format!("{module}.{}", event.name.value),
                };
                let id = Event {
                    module,
                    ident: event.name.value.to_string(),
                    name,
                    span: event.name.span,
                    docs: Docs::default(),
                    version: event.version.as_ref().map_or(1, |version| version.value),
                    home: Home::Unresolved,
                    contexts: Vec::new(),
                    fields: Vec::new(),
                    expect: event.expect.as_ref().map(|expect| expect.value),
                    examples: Vec::new(),
                    reserved: event
                        .reserved
                        .iter()
                        .map(|name| name.value.to_string())
                        .collect(),
                    unresolved: false,
                }
                .add_to(catalog);
                self.scopes
                    .events
                    .insert((&file.module, &event.name.value), id);
                id
            });
            let events = events.collect();
            all.push(Declared {
                module,
                types,
                streams,
                contexts,
                events,
            });
        }
        all
    }

    fn file(&mut self, file: &'s ast::File<'s>, declared: &Declared) {
        let scope = Scope {
            file,
            module: declared.module,
        };
        self.owner = self.scopes.owner(&file.module).map(Arc::from);
        for (ast, &id) in file.types.iter().zip(&declared.types) {
            let docs = self.docs(scope, &ast.docs);
            self.draft.catalog[id].docs = docs;
            self.type_body(scope, id, &ast.body);
        }
        for (ast, &id) in file.contexts.iter().zip(&declared.contexts) {
            let docs = self.docs(scope, &ast.docs);
            self.draft.catalog[id].docs = docs;
            let fields = self.fields(scope, Thing::Context(id), &ast.name.value, &ast.fields);
            self.draft.catalog[id].fields = fields;
        }
        for (ast, &id) in file.streams.iter().zip(&declared.streams) {
            let docs = self.docs(scope, &ast.docs);
            self.draft.catalog[id].docs = docs;
            let fields = self.fields(scope, Thing::Stream(id), &ast.name.value, &ast.fields);
            self.draft.catalog[id].fields = fields;
            let (storage, resolved) = self.stream_storage(scope, ast);
            self.draft.catalog[id].storage = storage;
            self.draft.catalog[id].unresolved = !resolved;
        }
        for (ast, &id) in file.events.iter().zip(&declared.events) {
            self.event(scope, ast, id);
        }
        if let (true, Some(stream)) = (file.events.is_empty(), &file.stream) {
            // Nobody else asks what it means.
            self.lookup(Noun::Stream, scope, stream);
        }
    }

    fn event(&mut self, scope: Scope<'s>, ast: &'s ast::Event<'s>, id: EventId) {
        let docs = self.docs(scope, &ast.docs);
        let fields = self.fields(scope, Thing::Event(id), &ast.name.value, &ast.fields);
        let contexts = self.carried(scope, ast);
        let (home, resolved) = self.home(scope, ast, &contexts);
        let event = &mut self.draft.catalog[id];
        event.unresolved = !resolved || contexts.len() < ast.with.len();
        event.docs = docs;
        event.fields = fields;
        event.contexts = contexts;
        event.home = home;
        self.draft
            .examples
            .extend(ast.examples.iter().map(|(name, node)| (id, name, node)));
    }

    fn carried(&mut self, scope: Scope<'s>, ast: &'s ast::Event<'s>) -> Vec<Carried> {
        let mut carried: Vec<Carried> = Vec::new();
        for with in &ast.with {
            let Some(context) = self.lookup(Noun::Context, scope, &with.context) else {
                continue;
            };
            let span = with.context.span;
            if let Some(first) = carried.iter().find(|other| other.context == context) {
                let message = format!("`{}` is carried twice", with.context.value);
                let diagnostic =
                    Diagnostic::new(Code::ContextTwice, span, message).label("a second time");
                self.diagnostics
                    .push(diagnostic.also(first.span, "first here").help("remove one"));
                continue;
            }
            carried.push(Carried {
                context,
                optional: with.optional,
                span,
            });
        }
        carried
    }

    /// What the thing says about itself; the owner is inherited from the file and from those around it.
    fn docs(&mut self, scope: Scope<'s>, ast: &'s ast::Docs) -> Docs {
        let MemberDocs {
            description,
            since,
            deprecated,
        } = self.member_docs(scope, ast);
        Docs {
            description,
            owner: ast
                .owner()
                .map(|owner| Arc::from(&*owner.value))
                .or_else(|| self.owner.clone()),
            since: since.map(|since| *since),
            deprecated,
        }
    }

    fn member_docs(&mut self, scope: Scope<'s>, ast: &'s ast::Docs) -> MemberDocs {
        MemberDocs {
            description: ast.description.as_deref().map(Box::from),
            since: ast.since().map(|since| Box::new((*since.value).into())),
            deprecated: ast
                .deprecated()
                .map(|deprecated| Box::new(self.deprecated(scope, deprecated))),
        }
    }

    fn deprecated(&mut self, scope: Scope<'s>, ast: &'s ast::Deprecated) -> Deprecated {
        let instead = ast
            .instead
            .as_ref()
            .and_then(|name| self.lookup(Noun::Event, scope, name));
        Deprecated {
            reason: ast.reason.as_deref().map(str::to_owned),
            instead,
        }
    }
}

/// What a field has for a type when its own could not be resolved; its owner is marked, and no check looks at it.
const STAND_IN: Scalar = Scalar::Uuid;
