//! The workspace that a new crate becomes a member of.

use std::fs;
use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern};
use toml_edit::{Array, DocumentMut, Item, Value};

use crate::failure::Failure;

/// What a crate in a folder is to the workspace above it.
pub(super) enum Membership {
    /// There is no workspace.
    Alone,
    /// The workspace takes it, by a pattern that it has.
    Named { manifest: PathBuf },
    /// The workspace has to be told.
    New {
        manifest: PathBuf,
        document: Box<DocumentMut>,
        /// The crate's folder, from the workspace's.
        member: String,
    },
}

impl Membership {
    /// Looks for the nearest `Cargo.toml` above a folder that is a workspace's.
    pub(super) fn of(folder: &Path) -> Result<Self, Failure> {
        for above in folder.ancestors().skip(1) {
            let manifest = above.join("Cargo.toml");
            let Ok(text) = fs::read_to_string(&manifest) else {
                continue;
            };
            let document: DocumentMut = text.parse().map_err(|error| {
                Failure::usage(
                    format!("{}: {error}", manifest.display()),
                    "the crate would belong to this manifest's workspace: mend it first",
                )
            })?;
            if document.get("workspace").is_none() {
                continue;
            }
            let member = folder.strip_prefix(above).unwrap_or(folder);
            let member = member.to_string_lossy().replace('\\', "/");
            if names(&document, "exclude", &member) {
                return Ok(Self::Alone);
            }
            if names(&document, "members", &member) {
                return Ok(Self::Named { manifest });
            }
            return Ok(Self::New {
                manifest,
                document: Box::new(document),
                member,
            });
        }
        Ok(Self::Alone)
    }

    /// Makes the crate a member, and says that it is one.
    pub(super) fn join(self) -> Result<Option<String>, Failure> {
        let (manifest, mut document, member) = match self {
            Self::Alone => return Ok(None),
            Self::Named { manifest } => {
                let manifest = shown(&manifest);
                return Ok(Some(format!("`members` of {manifest} takes it already")));
            }
            Self::New {
                manifest,
                document,
                member,
            } => (manifest, document, member),
        };
        let name = shown(&manifest);
        let line = format!("`members = [\"{member}\"]`");
        let members = document
            .get_mut("workspace")
            .and_then(Item::as_table_like_mut)
            .map(|workspace| {
                workspace
                    .entry("members")
                    .or_insert_with(|| Item::Value(Value::Array(Array::new())))
            })
            .and_then(Item::as_array_mut);
        let Some(members) = members else {
            let what =
                format!("the crate was made, but {name} has no list of `members` to add it to");
            return Err(Failure::usage(
                what,
                format!("add {line} to its `[workspace]`"),
            ));
        };
        push(members, &member);
        fs::write(&manifest, document.to_string()).map_err(|error| {
            let what = format!("the crate was made, but {name} cannot be written: {error}");
            Failure::usage(what, format!("add {line} to its `[workspace]`"))
        })?;
        Ok(Some(format!("added to `members` of {name}")))
    }
}

/// Whether a list of the workspace names a folder: by its name or by a pattern, as cargo reads them.
fn names(document: &DocumentMut, list: &str, folder: &str) -> bool {
    let options = MatchOptions {
        require_literal_separator: true,
        ..MatchOptions::new()
    };
    let list = document
        .get("workspace")
        .and_then(|workspace| workspace.get(list))
        .and_then(Item::as_array);
    let patterns = list.into_iter().flatten().filter_map(Value::as_str);
    let takes = |pattern: &str| {
        let pattern = Pattern::new(pattern.trim_start_matches("./").trim_end_matches('/'));
        pattern.is_ok_and(|pattern| pattern.matches_with(folder, options))
    };
    patterns.into_iter().any(takes)
}

/// Adds a member at the end of a list that looks as before: on one line, or with a line for each.
fn push(members: &mut Array, member: &str) {
    let decor = members.iter().last().map(|last| last.decor().clone());
    let mut value = Value::from(member);
    if let Some(decor) = decor {
        let prefix = decor.prefix().and_then(|prefix| prefix.as_str());
        // What stands before a first and only member may be nothing.
        let prefix = match prefix.unwrap_or("") {
            "" => " ",
            prefix if members.len() == 1 && !prefix.contains('\n') => " ",
            prefix => prefix,
        };
        // A comment above the last member is not one on ours.
        let margin = prefix.rsplit('\n').next().unwrap_or("");
        let own = match prefix.contains('\n') {
            true => format!("\n{margin}"),
            false => prefix.to_owned(),
        };
        value.decor_mut().set_prefix(own);
    }
    members.push_formatted(value);
}

/// A manifest, by its way from where one stands.
fn shown(manifest: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let mut way = PathBuf::new();
    for above in here.ancestors() {
        if let Ok(below) = manifest.strip_prefix(above) {
            return eventc_compiler::inert(&way.join(below).display().to_string());
        }
        way.push("..");
    }
    eventc_compiler::inert(&manifest.display().to_string())
}
