//! What a store would have trouble with.

use crate::catalog::{Catalog, Transform, TransformKind};
use crate::diagnostic::{Code, Diagnostic};

/// A store plans a query over all parts that it knows of, which takes long from about here on.
const MANY: u64 = 10_000;

/// The rule: a partition makes no more parts than a store can look through.
pub(super) fn fine_partition(catalog: &Catalog) -> Vec<Diagnostic> {
    let storages = super::super::storages(catalog).map(|(storage, _)| storage);
    let found = storages.filter_map(|storage| {
        let retain = storage.retain?;
        let time = storage
            .partition
            .iter()
            .find(|transform| transform.kind.is_time())?;
        let buckets = storage
            .partition
            .iter()
            .map(|transform| match transform.kind {
                TransformKind::Bucket(count) => u64::from(count),
                _ => 1,
            });
        let buckets = buckets.product::<u64>();
        let parts = |kind| Some((retain / seconds(kind)?).saturating_mul(buckets));
        let count = parts(time.kind).filter(|count| *count > MANY)?;
        let coarser = [
            TransformKind::Day,
            TransformKind::Month,
            TransformKind::Year,
        ]
        .into_iter()
        .find_map(|kind| Some((kind, parts(kind).filter(|count| *count <= MANY)?)));
        Some(too_fine(time, retain, count, buckets, coarser))
    });
    found.collect()
}

fn too_fine(
    time: &Transform,
    retain: u64,
    count: u64,
    buckets: u64,
    coarser: Option<(TransformKind, u64)>,
) -> Diagnostic {
    let days = retain / 86_400;
    let message = format!("this partition makes {count} parts in the {days} days that are kept");
    let diagnostic = Diagnostic::new(Code::FinePartition, time.span, message)
        .label(format!("more than {MANY} parts make every query slow"));
    let diagnostic = if buckets > 1 {
        diagnostic.note(format!("each of them is cut into {buckets} buckets"))
    } else {
        diagnostic
    };
    match coarser {
        Some((kind, fewer)) => diagnostic.help(format!(
            "cut by `{}`, which makes {fewer}, or `retain` less",
            word(kind)
        )),
        None => diagnostic.help("cut into fewer buckets, or `retain` less"),
    }
}

/// How long a part of time is.
fn seconds(kind: TransformKind) -> Option<u64> {
    Some(match kind {
        TransformKind::Hour => 3_600,
        TransformKind::Day => 86_400,
        TransformKind::Month => 2_629_746,
        TransformKind::Year => 31_556_952,
        TransformKind::Bucket(_) | TransformKind::Identity => return None,
    })
}

fn word(kind: TransformKind) -> &'static str {
    match kind {
        TransformKind::Hour => "hour",
        TransformKind::Day => "day",
        TransformKind::Month => "month",
        _ => "year",
    }
}
