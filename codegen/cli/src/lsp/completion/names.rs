//! Names that the schema declares, as they are written where they are offered.

use std::collections::BTreeSet;

use eventc_compiler::Lint;
use eventc_compiler::catalog::{
    Context, Docs, Event, Field, ModuleId, Scalar, Stream, Thing, Type, TypeRef,
};
use eventc_compiler::index::{Role, Symbol};
use lsp_types::CompletionItemKind;

use super::{Offer, Place, last_keys};
use crate::lsp::grammar::Step;
use crate::view::words;

impl Place<'_> {
    /// What a value at the end of a path may be. `line` is what stands on its line before the word that is written.
    pub(super) fn values(&self, path: &[Step], line: &str) -> Vec<Offer> {
        let mut keys = last_keys(path);
        let last = keys.next().unwrap_or("");
        if let Some(values) = self.enum_values(path) {
            return values;
        }
        match last {
            _ if is_type(path) => self.types(),
            "stream" => self.streams(),
            "with" => self.contexts(),
            "use" => self.events(),
            "partition" => self.partition(path, line),
            "key" | "id" => self.fields(path, |_| true),
            "unit" | "pii" | "owner" => self.said_elsewhere(last),
            "allow" => words_of(Lint::NAMES.iter().copied()),
            _ => self.words(path),
        }
    }

    fn types(&self) -> Vec<Offer> {
        let catalog = self.snapshot.catalog();
        let mut offers = Vec::new();
        for place in self.snapshot.index().places() {
            if let (Symbol::Thing(Thing::Type(id)), Role::Definition) = (place.symbol, place.role) {
                let ty = &catalog[id];
                let offer = self.declared(ty.module, &ty.name, CompletionItemKind::CLASS, &ty.docs);
                let definition = words::definition(catalog, ty);
                offers.extend(offer.map(|(rank, offer)| (rank, offer.detail(definition))));
            }
        }
        let mut offers = nearest_first(offers);
        offers.extend(Scalar::ALL.iter().map(|scalar| {
            Offer::new(scalar.name(), CompletionItemKind::KEYWORD).about(Some(scalar.about()))
        }));
        offers.push(Offer::new("list", CompletionItemKind::KEYWORD).text("list<".to_owned()));
        offers.push(Offer::new("map", CompletionItemKind::KEYWORD).text("map<string, ".to_owned()));
        offers
    }

    fn streams(&self) -> Vec<Offer> {
        let catalog = self.snapshot.catalog();
        let offers = Stream::ids(catalog).filter_map(|id| {
            let stream = &catalog[id];
            let kind = CompletionItemKind::INTERFACE;
            let (rank, offer) = self.declared(stream.module, &stream.name, kind, &stream.docs)?;
            let storage = words::storage(&stream.storage, &stream.fields);
            Some((rank, offer.detail(storage)))
        });
        nearest_first(offers.collect())
    }

    fn contexts(&self) -> Vec<Offer> {
        let catalog = self.snapshot.catalog();
        let offers = Context::ids(catalog).filter_map(|id| {
            let context = &catalog[id];
            let kind = CompletionItemKind::STRUCT;
            let (rank, offer) =
                self.declared(context.module, &context.name, kind, &context.docs)?;
            let names: Vec<_> = context.fields.iter().map(words::field_name).collect();
            Some((rank, offer.detail(names.join(", "))))
        });
        nearest_first(offers.collect())
    }

    fn events(&self) -> Vec<Offer> {
        let catalog = self.snapshot.catalog();
        let offers = Event::ids(catalog).filter_map(|id| {
            let event = &catalog[id];
            self.declared(
                event.module,
                &event.ident,
                CompletionItemKind::EVENT,
                &event.docs,
            )
        });
        nearest_first(offers.collect())
    }

    /// A name as it is written here, and how far away it is declared; none if one nearer by has the same name.
    fn declared(
        &self,
        module: ModuleId,
        name: &str,
        kind: CompletionItemKind,
        docs: &Docs,
    ) -> Option<(usize, Offer)> {
        let here = self.snapshot.sources.file(self.file).module();
        let module = &self.snapshot.catalog()[module].path;
        let is_around = here.starts_with(module);
        let label = match is_around {
            true => name.to_owned(),
            false => format!("{}.{name}", module.join(".")),
        };
        let rank = if is_around {
            here.len() - module.len()
        } else {
            usize::MAX
        };
        Some((
            rank,
            Offer::new(label, kind).about(docs.description.as_deref()),
        ))
    }

    /// The fields of what a path leads through: those that its `partition`, `key` and `id` may name.
    pub(super) fn fields_around(&self, path: &[Step]) -> &[Field] {
        let catalog = self.snapshot.catalog();
        let here = self.snapshot.sources.file(self.file).module();
        let is_here = |module: ModuleId| catalog[module].path == here;
        let [Step::Key(section), Step::Key(name), ..] = path else {
            return &[];
        };
        let owner = match section.as_str() {
            "types" => Type::ids(catalog)
                .find(|id| catalog[*id].name == *name && is_here(catalog[*id].module))
                .map(Thing::Type),
            "contexts" => Context::ids(catalog)
                .find(|id| catalog[*id].name == *name && is_here(catalog[*id].module))
                .map(Thing::Context),
            "streams" => Stream::ids(catalog)
                .find(|id| catalog[*id].name == *name && is_here(catalog[*id].module))
                .map(Thing::Stream),
            "events" => Event::ids(catalog)
                .find(|id| catalog[*id].ident == *name && is_here(catalog[*id].module))
                .map(Thing::Event),
            _ => None,
        };
        owner.map_or(&[], |owner| catalog.fields_of(owner))
    }

    fn fields(&self, path: &[Step], fits: impl Fn(&Field) -> bool) -> Vec<Offer> {
        let catalog = self.snapshot.catalog();
        let fields = self.fields_around(path).iter();
        let fields = fields.filter(|field| field.required && fits(field));
        let offer = |field: &Field| {
            Offer::new(&field.name, CompletionItemKind::FIELD)
                .detail(words::field_type(catalog, field))
                .about(field.docs.description.as_deref())
        };
        fields.map(offer).collect()
    }

    /// Whole transforms of the fields that have a type for it; in the brackets of one, the fields.
    fn partition(&self, path: &[Step], line: &str) -> Vec<Offer> {
        if let Some(transform) = open_call(line) {
            return self.fields(path, |field| self.transforms(field).contains(&transform));
        }
        let mut offers = Vec::new();
        for field in self.fields_around(path).iter().filter(|it| it.required) {
            offers.extend(
                self.transforms(field)
                    .iter()
                    .map(|transform| match *transform {
                        "" => field.name.clone(),
                        "bucket" => format!("bucket(16, {})", field.name),
                        time => format!("{time}({})", field.name),
                    }),
            );
        }
        // In a list, `none` has no place.
        offers.extend((path.last() != Some(&Step::Item)).then(|| "none".to_owned()));
        words_of(offers)
    }

    /// What may cut events by a field; nothing in its name is the value itself.
    fn transforms(&self, field: &Field) -> &'static [&'static str] {
        match self.snapshot.catalog().base(&field.ty) {
            TypeRef::Scalar(Scalar::Timestamp) => &["day", "hour", "month", "year"],
            TypeRef::Scalar(Scalar::Date) => &["day", "month", "year"],
            TypeRef::Scalar(Scalar::Uuid | Scalar::String) => &["bucket"],
            TypeRef::Scalar(scalar) if scalar.integer_range().is_some() => &["bucket"],
            TypeRef::Named(_) => &[""],
            _ => &[],
        }
    }

    /// Words of the language; where a list of them stands, one in its brackets.
    fn words(&self, path: &[Step]) -> Vec<Offer> {
        let words = self.grammar.words(self.is_root(), path);
        if !words.is_empty() {
            return words_of(words);
        }
        let items = [path, &[Step::Item]].concat();
        let words = self.grammar.words(self.is_root(), &items).into_iter();
        words
            .map(|word| Offer::new(word, CompletionItemKind::VALUE).text(format!("[{word}]")))
            .collect()
    }

    /// What the schema says elsewhere under a key that takes any text.
    fn said_elsewhere(&self, key: &str) -> Vec<Offer> {
        let catalog = self.snapshot.catalog();
        let mut said = BTreeSet::new();
        for thing in Thing::all(catalog) {
            let fields = catalog.fields_of(thing).iter();
            match key {
                "unit" => said.extend(fields.filter_map(|it| text_of(&it.unit))),
                "pii" => said.extend(fields.filter_map(|it| text_of(&it.pii))),
                _ => said.extend(text_of(&thing.docs(catalog).owner)),
            }
            if let Thing::Type(id) = thing {
                said.extend(match key {
                    "unit" => text_of(&catalog[id].unit),
                    "pii" => text_of(&catalog[id].pii),
                    _ => None,
                });
            }
        }
        words_of(said)
    }
}

fn text_of(text: &Option<impl ToString>) -> Option<String> {
    text.as_ref().map(ToString::to_string)
}

/// The transform whose brackets are open at the end of a line.
fn open_call(line: &str) -> Option<&str> {
    let (before, after) = line.rsplit_once('(')?;
    let is_letter = |c: char| c.is_ascii_lowercase();
    let name = before.trim_end_matches(is_letter).len();
    (!after.contains(')')).then(|| before.get(name..))?
}

/// Whether a path leads to where a type stands, inside of a declaration.
pub(in crate::lsp) fn is_type(path: &[Step]) -> bool {
    let mut keys = last_keys(path);
    let (last, above) = (keys.next().unwrap_or(""), keys.next().unwrap_or(""));
    let is_named = matches!(above, "types" | "fields" | "one_of");
    path.len() > 1 && (is_named || matches!(last, "type" | "newtype"))
}

fn words_of<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Vec<Offer> {
    let offer = |word| Offer::new(word, CompletionItemKind::VALUE);
    words.into_iter().map(offer).collect()
}

/// In the order of their distance; of those that are written alike the nearest alone, which is what is meant by it.
fn nearest_first(mut offers: Vec<(usize, Offer)>) -> Vec<Offer> {
    offers.sort_by(|(one, a), (other, b)| (one, &a.label).cmp(&(other, &b.label)));
    let mut seen = BTreeSet::new();
    let is_new = |(_, offer): &(usize, Offer)| seen.insert(offer.label.clone());
    offers
        .into_iter()
        .filter(is_new)
        .map(|(_, offer)| offer)
        .collect()
}
