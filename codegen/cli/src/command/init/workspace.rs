//! The workspace that a new crate becomes a member of.

use std::fs;
use std::path::{Path, PathBuf};

use eventc_compiler::inert;
use glob::{MatchOptions, Pattern};
use toml_edit::{Array, DocumentMut, Item, RawString, TomlError, Value};

use crate::failure::Failure;

/// What a crate in a folder is to the workspace above it.
pub(super) enum Membership {
    /// There is no workspace.
    Alone,
    /// The workspace takes it, by a pattern that it has.
    Named { manifest: PathBuf },
    /// The workspace is told by another text of its manifest.
    New { manifest: PathBuf, text: String },
}

impl Membership {
    /// Looks for the nearest `Cargo.toml` above a folder that is a workspace's.
    pub(super) fn of(folder: &Path) -> Result<Self, Failure> {
        for above in folder.ancestors().skip(1) {
            let manifest = above.join("Cargo.toml");
            let Ok(text) = fs::read_to_string(&manifest) else {
                continue;
            };
            let document: DocumentMut = text.parse().map_err(|error: TomlError| {
                Failure::usage(
                    format!("{}: {}", shown(&manifest), error.to_string().trim_end()),
                    "the crate would belong to this manifest's workspace: mend it first",
                )
            })?;
            if document.get("workspace").is_some() {
                let member = folder.strip_prefix(above).unwrap_or(folder);
                return Self::in_workspace(manifest, document, member);
            }
        }
        Ok(Self::Alone)
    }

    fn in_workspace(
        manifest: PathBuf,
        mut document: DocumentMut,
        member: &Path,
    ) -> Result<Self, Failure> {
        // What is below an excluded folder is excluded with it, whatever a pattern of `members` says.
        let mut folders = member.ancestors();
        if folders.any(|folder| names(&document, "exclude", folder)) {
            return Ok(Self::Alone);
        }
        if names(&document, "members", member) {
            return Ok(Self::Named { manifest });
        }
        let member = slashes(member);
        let members = document
            .get_mut("workspace")
            .and_then(Item::as_table_like_mut)
            .map(|workspace| workspace.entry("members"))
            .map(|members| members.or_insert_with(|| Item::Value(Value::Array(Array::new()))))
            .and_then(Item::as_array_mut);
        let Some(members) = members else {
            let what = format!("{} has no list of `members`", shown(&manifest));
            let help =
                format!("write `members = [\"{member}\"]` into its `[workspace]`, then it is one");
            return Err(Failure::usage(what, help));
        };
        push(members, &member);
        let text = document.to_string();
        Ok(Self::New { manifest, text })
    }

    /// Makes the crate a member, and says that it is one.
    pub(super) fn join(self) -> Result<Option<String>, Failure> {
        match self {
            Self::Alone => Ok(None),
            Self::Named { manifest } => {
                let manifest = shown(&manifest);
                Ok(Some(format!("`members` of {manifest} takes it already")))
            }
            Self::New { manifest, text } => {
                fs::write(&manifest, text).map_err(|error| Failure::disk(&manifest, &error))?;
                let manifest = shown(&manifest);
                Ok(Some(format!("added to `members` of {manifest}")))
            }
        }
    }
}

/// Whether a list of the workspace names a folder: by its name or by a pattern, as cargo reads them.
fn names(document: &DocumentMut, list: &str, folder: &Path) -> bool {
    let options = MatchOptions {
        require_literal_separator: true,
        ..MatchOptions::new()
    };
    let folder = slashes(folder);
    let workspace = document.get("workspace");
    let list = workspace.and_then(|workspace| workspace.get(list));
    let list = list.and_then(Item::as_array).into_iter().flatten();
    let takes = |pattern: &str| {
        let pattern = Pattern::new(pattern.trim_start_matches("./").trim_end_matches('/'));
        pattern.is_ok_and(|pattern| pattern.matches_with(&folder, options))
    };
    list.filter_map(Value::as_str).any(takes)
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Adds a member at the end of a list that looks as before: on one line, or with a line for each.
fn push(members: &mut Array, member: &str) {
    let mut new = Value::from(member);
    let is_alone = members.len() == 1;
    let trailing = members.trailing().as_str().unwrap_or("").to_owned();
    if let Some(last) = members.iter_mut().last() {
        let text =
            |raw: Option<&RawString>| raw.and_then(RawString::as_str).unwrap_or("").to_owned();
        let prefix = text(last.decor().prefix());
        let suffix = text(last.decor().suffix());
        // Behind the last one, before or after its comma, may stand a comment of its own.
        let behind = suffix + &trailing;
        last.decor_mut().set_suffix("");
        match prefix.rsplit_once('\n') {
            Some((_, margin)) => {
                new.decor_mut()
                    .set_prefix(format!("{}\n{margin}", behind.trim_end()));
                members.set_trailing("\n");
                members.set_trailing_comma(true);
            }
            None => {
                let is_tight = prefix.is_empty() && !is_alone;
                new.decor_mut().set_prefix(if is_tight { "" } else { " " });
                members.set_trailing(behind);
            }
        }
    }
    members.push_formatted(new);
}

/// A manifest, by its way from where one stands.
fn shown(manifest: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let mut way = PathBuf::new();
    for above in here.ancestors() {
        if let Ok(below) = manifest.strip_prefix(above) {
            return inert(&way.join(below).display().to_string());
        }
        way.push("..");
    }
    inert(&manifest.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a list of members.
    fn pushed(members: &str) -> String {
        let text = format!("# ours\n[workspace]\nmembers = {members} # end\n");
        let mut document: DocumentMut = text.parse().unwrap();
        push(
            document["workspace"]["members"].as_array_mut().unwrap(),
            "new",
        );
        let text = document.to_string();
        assert!(text.parse::<DocumentMut>().is_ok(), "{text}");
        let members = text.strip_prefix("# ours\n[workspace]\nmembers = ");
        members
            .and_then(|text| text.strip_suffix(" # end\n"))
            .unwrap()
            .to_owned()
    }

    #[test]
    fn a_member_is_added_as_the_others_are_written() {
        let cases = [
            ("[]", r#"["new"]"#),
            (r#"["a"]"#, r#"["a", "new"]"#),
            (r#"[ "a" ]"#, r#"[ "a", "new" ]"#),
            (r#"["a", "b"]"#, r#"["a", "b", "new"]"#),
            (r#"["a","b"]"#, r#"["a","b","new"]"#),
            ("[\n  \"a\",\n]", "[\n  \"a\",\n  \"new\",\n]"),
            ("[\n  \"a\"\n]", "[\n  \"a\",\n  \"new\",\n]"),
            (
                "[\n\t\"a\", # one\n\t# two\n\t\"b\", # three\n]",
                "[\n\t\"a\", # one\n\t# two\n\t\"b\", # three\n\t\"new\",\n]",
            ),
            ("[\n  \"a\" # one\n]", "[\n  \"a\", # one\n  \"new\",\n]"),
        ];
        for (before, after) in cases {
            assert_eq!(pushed(before), after);
        }
    }
}
