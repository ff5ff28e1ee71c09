//! The segments of a log as files: `<first position, 20 digits>.seg`.

use std::collections::VecDeque;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

use super::{Damage, Segment, frame};

/// The name of the segment that starts at this position.
pub(crate) fn file_name(first: u64) -> String {
    format!("{first:020}.seg")
}

/// The segments of a folder, by position. The last one is cut after its last whole frame: the rest was being written when
/// the process or the machine ended.
pub(super) fn open(folder: &Path, damage: &mut Damage) -> io::Result<VecDeque<Segment>> {
    let mut segments = VecDeque::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let first = name.to_str().and_then(|name| name.strip_suffix(".seg"));
        if let Some(first) = first.and_then(|first| first.parse().ok()) {
            let length = entry.metadata()?.len();
            segments.push_back(Segment { first, length });
        }
    }
    segments
        .make_contiguous()
        .sort_unstable_by_key(|segment| segment.first);
    if let Some(last) = segments.back_mut() {
        cut(folder, last, damage)?;
    }
    // what stands in one beyond the start of the next was refused by the disk, and is there a second time
    let starts: Vec<u64> = segments.iter().skip(1).map(|next| next.first).collect();
    for (segment, next) in segments.iter_mut().zip(starts) {
        segment.length = segment.length.min(next - segment.first);
    }
    for empty in segments.iter().filter(|segment| segment.length == 0) {
        fs::remove_file(folder.join(file_name(empty.first)))?;
    }
    segments.retain(|segment| segment.length > 0);
    Ok(segments)
}

fn cut(folder: &Path, segment: &mut Segment, damage: &mut Damage) -> io::Result<()> {
    let path = folder.join(file_name(segment.first));
    let bytes = fs::read(&path)?;
    let end = frame::end_of_last(&bytes) as u64;
    if end < bytes.len() as u64 {
        damage.torn += 1;
        OpenOptions::new().write(true).open(&path)?.set_len(end)?;
    }
    segment.length = end;
    Ok(())
}
