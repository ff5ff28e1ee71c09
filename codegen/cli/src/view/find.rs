//! From a name that somebody typed to what is called so.

use eventc_compiler::{Catalog, nearest};

use super::Thing;
use crate::failure::Failure;

/// What a name stands for: things of that name, or else the one whose name ends in it.
pub(crate) fn find(catalog: &Catalog, name: &str) -> Result<Vec<Thing>, Failure> {
    let all = Thing::all(catalog);
    let called = |is: &dyn Fn(&str) -> bool| -> Vec<Thing> {
        let things = all.iter().copied();
        things.filter(|thing| is(&thing.name(catalog))).collect()
    };
    let exact = called(&|known| known == name);
    if !exact.is_empty() {
        return Ok(exact);
    }
    let ending = format!(".{name}");
    let nearly = called(&|known| known.ends_with(&ending));
    match nearly.as_slice() {
        [] => {}
        [_] => return Ok(nearly),
        several => {
            let lines: Vec<_> = several
                .iter()
                .map(|thing| format!("\n  {} {}", thing.kind(), thing.name(catalog)))
                .collect();
            let what = format!("several things are called `{name}`:{}", lines.concat());
            return Err(Failure::usage(what, "write the whole name"));
        }
    }
    let names: Vec<_> = all.iter().map(|thing| thing.name(catalog)).collect();
    let last = |name: &str| name.rsplit('.').next().map(str::to_owned);
    let lasts: Vec<_> = names.iter().filter_map(|name| last(name)).collect();
    let known = names.iter().chain(&lasts).map(String::as_str);
    let help = match nearest(name, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            "`eventc list` lists the events, and `eventc list --format json` everything".to_owned()
        }
    };
    let what =
        format!("nothing in the schema is called `{name}`: no event, type, stream or context");
    Err(Failure::usage(what, help))
}
