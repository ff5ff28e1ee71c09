//! From a name to what it names: in its own file, then in those around it up to the root.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Resolver, Scope};
use crate::catalog::{ContextId, EventId, Scalar, StreamId, Thing, TypeId};
use crate::diagnostic::{Code, Diagnostic, Folded, fold, quoted, with_article};
use crate::index::{Place, Role, Symbol};
use crate::source::{Span, Spanned};
use crate::syntax::{ast, is_pascal_case, is_snake_case};

type Table<'s, Id> = BTreeMap<Declared<'s>, Id>;

/// What each module declares.
pub(super) struct Scopes<'s> {
    files: &'s [ast::File<'s>],
    by_module: BTreeMap<&'s [String], &'s ast::File<'s>>,
    /// Modules of which a part was not read.
    broken: HashSet<&'s [String]>,
    /// What is declared, by module and name, and could not be read.
    unread: HashSet<(&'s [String], &'s str)>,
    /// How many pairs of names were compared to find out what is meant.
    compared: Cell<usize>,
    pub(super) types: DeclaredIn<'s, TypeId>,
    pub(super) contexts: DeclaredIn<'s, ContextId>,
    pub(super) streams: DeclaredIn<'s, StreamId>,
    pub(super) events: DeclaredIn<'s, EventId>,
}

/// So many pairs of names are compared in one run, which is a second: the suggestions of thousands of mistakes in a large schema.
const MOST_COMPARISONS: usize = 10_000_000;

/// One kind of name, by module.
pub(super) struct DeclaredIn<'s, Id> {
    ids: Table<'s, Id>,
    known: OnceCell<Vec<Known<'s>>>,
    miscased: OnceCell<HashMap<Written, Vec<Declared<'s>>>>,
}

/// A module and a name in it.
type Declared<'s> = (&'s [String], &'s str);

/// How a declared name may be written, without its case.
#[derive(PartialEq, Eq, Hash)]
enum Written {
    /// In its own file and those below.
    Name(String),
    /// Anywhere else.
    Path(String),
}

/// A declared name, ready to be compared with one that is not.
///
/// Made for all of them at the first unknown name: a mistake that is made once is often made a thousand times.
struct Known<'s> {
    module: &'s [String],
    name: &'s str,
    folded: Folded,
    /// As files that are not around its own write it.
    path: String,
    folded_path: Folded,
}

impl<'s, Id: Copy> DeclaredIn<'s, Id> {
    fn new() -> Self {
        Self {
            ids: BTreeMap::new(),
            known: OnceCell::new(),
            miscased: OnceCell::new(),
        }
    }

    /// Before the first look-up: what is known is made once.
    pub(super) fn insert(&mut self, (module, name): (&'s Vec<String>, &'s str), id: Id) {
        self.ids.insert((module.as_slice(), name), id);
    }

    /// What is declared by this name in the wrong case. That was reported, and this is the name that it will have.
    fn misnamed(&self, name: &str, here: &[String]) -> Option<Id> {
        let miscased = self.miscased();
        let alike = |written: &Written| miscased.get(written).into_iter().flatten();
        let folded = fold(name);
        let mut by_name = alike(&Written::Name(folded.clone()));
        let by_name = by_name.find(|(module, _)| here.starts_with(module));
        let by_path = || {
            let mut alike = alike(&Written::Path(folded));
            alike.find(|(module, _)| !here.starts_with(module))
        };
        self.ids.get(by_name.or_else(by_path)?).copied()
    }

    /// What is declared in the wrong case. Nearly always nothing, and looked up for every unknown name.
    fn miscased(&self) -> &HashMap<Written, Vec<Declared<'s>>> {
        let is_cased = |name: &str| is_snake_case(name) || is_pascal_case(name);
        self.miscased.get_or_init(|| {
            let mut miscased: HashMap<_, Vec<_>> = HashMap::new();
            for &(module, name) in self.ids.keys().filter(|(_, name)| !is_cased(name)) {
                let path = fold(&format!("{}.{name}", module.join(".")));
                for written in [Written::Name(fold(name)), Written::Path(path)] {
                    miscased.entry(written).or_default().push((module, name));
                }
            }
            miscased
        })
    }

    fn known(&self) -> &[Known<'s>] {
        let known = |&(module, name): &Declared<'s>| {
            let path = format!("{}.{name}", module.join("."));
            Known {
                module,
                name,
                folded: Folded::new(name),
                folded_path: Folded::new(&path),
                path,
            }
        };
        self.known
            .get_or_init(|| self.ids.keys().map(known).collect())
    }
}

impl Known<'_> {
    fn is_around(&self, module: &[String]) -> bool {
        module.starts_with(self.module)
    }

    /// How this name is written in a module.
    fn seen_from(&self, module: &[String]) -> (&str, &Folded) {
        if self.is_around(module) {
            (self.name, &self.folded)
        } else {
            (&self.path, &self.folded_path)
        }
    }
}

/// A noun that names can refer to.
pub(super) struct Noun<Id: 'static> {
    word: &'static str,
    code: Code,
    table: for<'r, 's> fn(&'r Scopes<'s>) -> &'r DeclaredIn<'s, Id>,
    thing: fn(Id) -> Thing,
}

macro_rules! nouns {
    ($($name:ident: $id:ty = $word:literal in $table:ident, or else $code:ident;)*) => {$(
        #[allow(non_upper_case_globals, reason = "nouns read like the variants of an enum")]
        impl Noun<$id> {
            pub(super) const $name: Self =
                Self { word: $word, code: Code::$code, table: |scopes| &scopes.$table, thing: Thing::$name };
        }
    )*};
}

nouns! {
    Type: TypeId = "type" in types, or else UnknownType;
    Context: ContextId = "context" in contexts, or else UnknownContext;
    Stream: StreamId = "stream" in streams, or else UnknownStream;
    Event: EventId = "event" in events, or else UnknownEvent;
}

impl<'s> Scopes<'s> {
    pub(super) fn new(files: &'s [ast::File<'s>]) -> Self {
        let mut broken: HashSet<&[String]> = files
            .iter()
            .filter(|file| file.broken)
            .map(|file| file.module.as_slice())
            .collect();
        // Without a root nothing is known of what all files share.
        if !files.iter().any(|file| file.module.is_empty()) {
            broken.insert(&[]);
        }
        let unread = files.iter().flat_map(|file| {
            let names = file.unread.iter().map(|name| &*name.value);
            names.map(|name| (file.module.as_slice(), name))
        });
        // Of several files of one module the first counts, as it is the first that is found.
        let by_module = files.iter().rev();
        let by_module = by_module.map(|file| (file.module.as_slice(), file));
        Self {
            files,
            by_module: by_module.collect(),
            broken,
            unread: unread.collect(),
            compared: Cell::new(0),
            types: DeclaredIn::new(),
            contexts: DeclaredIn::new(),
            streams: DeclaredIn::new(),
            events: DeclaredIn::new(),
        }
    }

    pub(super) fn files(&self) -> &'s [ast::File<'s>] {
        self.files
    }

    /// Whether a module may declare a name that was not read, or not read well enough to be known.
    fn may_have(&self, module: &[String], name: &str) -> bool {
        self.broken.contains(&module) || self.unread.contains(&(module, name))
    }

    /// Whether a name may be compared with so many others: what is meant by a million names nobody reads.
    fn may_compare(&self, names: usize) -> bool {
        let compared = self.compared.get().saturating_add(names);
        self.compared.set(compared);
        compared <= MOST_COMPARISONS
    }

    /// The file of a module.
    pub(super) fn file_of(&self, module: &[String]) -> Option<&'s ast::File<'s>> {
        self.by_module.get(module).copied()
    }

    /// What is visible here and has this name, in whatever case, as another noun; and how that is used.
    fn other_noun(
        &self,
        word: &str,
        file: &ast::File<'_>,
        name: &str,
    ) -> Option<(&'static str, Span, String)> {
        let is_meant = |found: &&ast::Name<'_>| {
            found
                .value
                .replace('_', "")
                .eq_ignore_ascii_case(&name.replace('_', ""))
        };
        self.around(&file.module).find_map(|file| {
            let mut types = file.types.iter().map(|found| &found.name);
            let mut contexts = file.contexts.iter().map(|found| &found.name);
            let mut streams = file.streams.iter().map(|found| &found.name);
            let mut events = file.events.iter().map(|found| &found.name);
            if let Some(Spanned { value, span }) = types.find(is_meant) {
                let usage = format!("use a type in a field: `total: {value}`");
                Some(("type", *span, usage))
            } else if let Some(Spanned { value, span }) = contexts.find(is_meant) {
                let usage = format!("carry a context: `with: [{value}]`");
                Some(("context", *span, usage))
            } else if let Some(Spanned { value, span }) = streams.find(is_meant) {
                let usage = format!("send an event to a stream: `stream: {value}`");
                Some(("stream", *span, usage))
            } else {
                let usage = format!("name {} here", with_article(word));
                Some(("event", events.find(is_meant)?.span, usage))
            }
        })
    }

    /// The nearest owner of a module's declarations.
    pub(super) fn owner(&self, module: &[String]) -> Option<&'s str> {
        self.around(module)
            .find_map(|file| file.owner.as_ref().map(|owner| &*owner.value))
    }

    /// The files around a module, its own first, the root last.
    fn around(&self, module: &[String]) -> impl Iterator<Item = &'s ast::File<'s>> {
        let depths = (0..=module.len()).rev();
        depths.filter_map(move |depth| self.file_of(module.get(..depth)?))
    }
}

impl<'s> Resolver<'s, '_> {
    /// The id of what a name means here; if it means nothing, that is reported.
    pub(super) fn lookup<Id: Copy + 'static>(
        &mut self,
        noun: Noun<Id>,
        scope: Scope<'s>,
        name: &ast::Name<'_>,
    ) -> Option<Id> {
        let id = self.find(&noun, scope, name)?;
        self.draft.references.push(Place {
            span: name.span,
            symbol: Symbol::Thing((noun.thing)(id)),
            role: Role::Reference,
        });
        Some(id)
    }

    fn find<Id: Copy>(
        &mut self,
        noun: &Noun<Id>,
        scope: Scope<'s>,
        name: &ast::Name<'_>,
    ) -> Option<Id> {
        let segments: Vec<&str> = name.value.split('.').collect();
        let (last, path) = segments.split_last()?;
        let table = (noun.table)(&self.scopes);
        let modules = (0..=scope.file.module.len()).rev().map(|depth| {
            let outer = scope.file.module.get(..depth).unwrap_or(&[]);
            let path = path.iter().map(|&part| part.to_owned());
            outer.iter().cloned().chain(path).collect::<Vec<String>>()
        });
        for module in modules.clone() {
            let found = table
                .ids
                .range((module.as_slice(), *last)..=(module.as_slice(), *last))
                .next();
            if let Some((_, &id)) = found {
                return Some(id);
            }
        }
        if let Some(id) = table.misnamed(&name.value, scope.file.module.as_slice()) {
            return Some(id);
        }
        // A file that could not be read to its end may declare it; its own error comes first.
        if !modules
            .into_iter()
            .any(|module| self.scopes.may_have(&module, last))
        {
            let diagnostic = self.unknown(noun, scope, name, last);
            self.diagnostics.push_once(diagnostic);
        }
        None
    }

    fn unknown<Id: Copy>(
        &self,
        noun: &Noun<Id>,
        scope: Scope<'s>,
        name: &ast::Name<'_>,
        last: &str,
    ) -> Diagnostic {
        let word = noun.word;
        let table = (noun.table)(&self.scopes);
        let here = scope.file.module.as_slice();
        let mut diagnostic = Diagnostic::new(
            noun.code,
            name.span,
            format!("there is no {word} `{}` here", name.value),
        )
        .label(format!(
            "not {} of this file or one around it",
            with_article(word)
        ));
        let is_of_the_root = name.value.strip_prefix("catalog.") == Some(last)
            && table.ids.contains_key(&([].as_slice(), last));
        if is_of_the_root {
            return diagnostic
                .help("what the root defines needs no path")
                .suggest_exactly(last);
        }
        if !self.scopes.may_compare(table.ids.len()) {
            return diagnostic.help(declare(word, &name.value, &[]));
        }
        // Defined elsewhere: a dotted path reaches it.
        let known = table.known();
        let elsewhere = known
            .iter()
            .filter(|known| known.name == last && !known.is_around(here));
        let elsewhere: Vec<_> = elsewhere.map(|known| known.path.as_str()).collect();
        for path in elsewhere.iter().take(MOST_SHOWN) {
            diagnostic = diagnostic.help(format!(
                "`{last}` is defined in another file: write `{path}`"
            ));
        }
        if elsewhere.len() > MOST_SHOWN {
            let more = elsewhere.len() - MOST_SHOWN;
            diagnostic = diagnostic.help(format!("or one of {more} more files that define it"));
        }
        let mut around = known.iter().filter(|known| known.is_around(here));
        match elsewhere.as_slice() {
            [] if name.value != last && around.any(|known| known.name == last) => {
                return diagnostic
                    .help("what this file or one around it defines needs no path")
                    .suggest_exactly(last);
            }
            [] => {}
            [path] => return diagnostic.edit(name.span, *path),
            _ => return diagnostic,
        }
        self.meant(noun, scope, name, diagnostic)
    }

    /// Says what a name that is declared nowhere most likely stood for.
    fn meant<Id: Copy>(
        &self,
        noun: &Noun<Id>,
        scope: Scope<'s>,
        name: &ast::Name<'_>,
        diagnostic: Diagnostic,
    ) -> Diagnostic {
        let (word, here) = (noun.word, scope.file.module.as_slice());
        let known = (noun.table)(&self.scopes).known();
        let found = Folded::new(&name.value);
        let of_known = known.iter().filter_map(|known| {
            let (written, folded) = known.seen_from(here);
            Some((found.rank(folded)?, written))
        });
        let of_scalars =
            scalars(word).filter_map(|scalar| Some((found.rank(&Folded::new(scalar))?, scalar)));
        let nearest = of_known.chain(of_scalars).min();
        // A word of another language is what was meant, unless there is a name that differs in its case alone.
        let foreign = Some(name.value.to_lowercase())
            .filter(|_| word == "type" && !matches!(nearest, Some(((0, _), _))));
        if let Some(foreign) = foreign {
            if let Some(called) = called(&foreign) {
                return diagnostic
                    .help(format!("the type is called `{called}`"))
                    .edit(name.span, called);
            }
            if let Some(meant) = other_languages(&foreign) {
                return diagnostic.help(meant);
            }
        }
        let other = self.scopes.other_noun(word, scope.file, &name.value);
        match (nearest, other) {
            (Some((_, meant)), _) => diagnostic.suggest_exactly(meant),
            (None, Some((other, span, usage))) => diagnostic
                .also(span, format!("is {}", with_article(other)))
                .help(usage),
            (None, None) => {
                let visible = known.iter().filter(|known| known.is_around(here));
                let visible: Vec<_> = visible.map(|known| known.name).collect();
                diagnostic.help(declare(word, &name.value, &visible))
            }
        }
    }
}

fn scalars(word: &str) -> impl Iterator<Item = &'static str> {
    let all = if word == "type" { Scalar::ALL } else { &[] };
    all.iter().map(|scalar| scalar.name())
}

/// What to do if nothing has a name like it.
fn declare(word: &str, name: &str, visible: &[&str]) -> String {
    match word {
        "type" if name.starts_with(|c: char| c.is_lowercase()) => {
            let scalars: Vec<_> = Scalar::ALL.iter().map(|scalar| scalar.name()).collect();
            format!(
                "the built-in types are {}, `list<T>` and `map<string, T>`; your own are PascalCase",
                scalars.join(", ")
            )
        }
        "type" => format!("define it under `types:`, for example `{name}: string`"),
        "stream" | "context" if !visible.is_empty() => {
            let visible = quoted(visible.iter().copied());
            format!("there are {visible}; or define it under `{word}s:`")
        }
        _ => format!("define it under `{word}s:`"),
    }
}

/// So many files are named that define what a name may stand for.
const MOST_SHOWN: usize = 3;

/// The built-in type that other languages call so.
fn called(name: &str) -> Option<&'static str> {
    Some(match name {
        "boolean" => "bool",
        "int8" => "i8",
        "int16" | "smallint" => "i16",
        "int32" => "i32",
        "int64" | "bigint" => "i64",
        "uint8" | "byte" => "u8",
        "uint16" => "u16",
        "uint32" => "u32",
        "uint64" => "u64",
        "float32" => "f32",
        "float64" => "f64",
        "str" | "text" | "varchar" | "char" => "string",
        "guid" => "uuid",
        "binary" | "blob" => "bytes",
        _ => return None,
    })
}

/// What to write for a type that other languages have and this one has not.
fn other_languages(name: &str) -> Option<&'static str> {
    Some(match name {
        "int" | "integer" | "long" | "number" => {
            "an integer says how wide it is: `i64`, `u32`, `u16` …"
        }
        "uint" | "unsigned" => "an integer says how wide it is: `u64`, `u32`, `u16` …",
        "float" | "double" => {
            "a floating-point number says how wide it is: `f64` or `f32`; an exact one is `decimal`"
        }
        "datetime" | "time" | "timestamptz" | "instant" => {
            "an instant in UTC is a `timestamp`, a day is a `date`"
        }
        "object" | "any" | "struct" | "record" => {
            "name a record under `types:`; for any JSON at all there is `json`"
        }
        "array" | "list" => "say what it is a list of: `list<string>`",
        "map" | "dict" => "say what it is a map to: `map<string, i64>`",
        "url" | "uri" | "email" => "it is a `string`; a newtype with a `pattern` can say more",
        "enum" => "an enum lists its values: `[web, ios]`",
        "duration" => "it is a number with a unit: `{ type: u32, unit: ms }`",
        _ => return None,
    })
}
