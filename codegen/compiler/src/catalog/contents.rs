//! What stands in each module and goes to each stream, found in one walk for everyone who goes through a catalog module by module.

use std::collections::BTreeMap;

use super::{
    Catalog, Context, ContextId, Event, EventId, Home, ModuleId, Stream, StreamId, Type, TypeId,
};

/// The declarations of a catalog by where they stand, each list in the order of the catalog.
pub(crate) struct Contents {
    modules: Vec<ModuleContents>,
    streams: Vec<Vec<EventId>>,
    nothing: ModuleContents,
}

/// What one module declares.
#[derive(Default)]
pub(crate) struct ModuleContents {
    pub(crate) types: Vec<TypeId>,
    pub(crate) contexts: Vec<ContextId>,
    pub(crate) streams: Vec<StreamId>,
    pub(crate) events: Vec<EventId>,
    /// The modules right below it.
    pub(crate) children: Vec<ModuleId>,
}

impl ModuleContents {
    /// Whether it declares nothing: a folder of the schema without a file beside it, or a file of settings alone.
    pub(crate) fn is_empty(&self) -> bool {
        self.types.is_empty()
            && self.contexts.is_empty()
            && self.streams.is_empty()
            && self.events.is_empty()
    }
}

impl Contents {
    pub(crate) fn of(catalog: &Catalog) -> Self {
        let mut contents = Self {
            modules: catalog.modules.iter().map(|_| Default::default()).collect(),
            streams: catalog.streams.iter().map(|_| Vec::new()).collect(),
            nothing: ModuleContents::default(),
        };
        for id in Type::ids(catalog) {
            contents.add(catalog[id].module, |module| module.types.push(id));
        }
        for id in Context::ids(catalog) {
            contents.add(catalog[id].module, |module| module.contexts.push(id));
        }
        for id in Stream::ids(catalog) {
            contents.add(catalog[id].module, |module| module.streams.push(id));
        }
        for id in Event::ids(catalog) {
            let event = &catalog[id];
            contents.add(event.module, |module| module.events.push(id));
            if let Home::Stream(stream) = event.home
                && let Some(events) = contents.streams.get_mut(stream.0)
            {
                events.push(id);
            }
        }
        let mut by_path: BTreeMap<&[String], ModuleId> = BTreeMap::new();
        for (index, module) in catalog.modules.iter().enumerate() {
            by_path.insert(&module.path, ModuleId(index));
            let parent = module
                .path
                .split_last()
                .and_then(|(_, parent)| by_path.get(parent).copied());
            if let Some(parent) = parent {
                contents.add(parent, |above| above.children.push(ModuleId(index)));
            }
        }
        contents
    }

    /// What a module declares.
    pub(crate) fn module(&self, id: ModuleId) -> &ModuleContents {
        self.modules.get(id.0).unwrap_or(&self.nothing)
    }

    /// The events that go to a stream.
    pub(crate) fn events_of(&self, stream: StreamId) -> &[EventId] {
        self.streams.get(stream.0).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, module: ModuleId, add: impl FnOnce(&mut ModuleContents)) {
        if let Some(module) = self.modules.get_mut(module.0) {
            add(module);
        }
    }
}
