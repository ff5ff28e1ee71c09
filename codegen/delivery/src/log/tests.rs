//! Whatever is appended, and whatever a crash or a disk makes of it: what is whole is read, in order, and nothing else.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::frame::HEADER;
use super::{Appended, Dirty, End, Found, Log, Reader, Writer, file_name, write_frame};

const LIMIT: u64 = 4 << 20;

/// A frame, and where it was written.
struct Written {
    segment: u64,
    offset: usize,
    frame: Vec<u8>,
}

/// A log under test, and all that was ever appended to it.
struct Trial {
    folder: PathBuf,
    random: fastrand::Rng,
    log: Arc<Log>,
    writer: Writer,
    written: Vec<Written>,
    count: u64,
}

impl Trial {
    fn new(seed: u64) -> Self {
        let name = format!("eventc-delivery-log-{}-{seed}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        let (log, writer) = open(&folder, End::Follows);
        Trial {
            folder,
            random: fastrand::Rng::with_seed(seed),
            log,
            writer,
            written: Vec::new(),
            count: 0,
        }
    }

    fn append(&mut self) {
        let mut frames = Vec::new();
        let mut written = Vec::new();
        for _ in 0..self.random.usize(1..40) {
            // as large as a window now and then
            let length = match self.random.u32(0..400) {
                0 => self.random.usize(200_000..super::LARGEST),
                1..40 => self.random.usize(1..4),
                _ => self.random.usize(8..300),
            };
            self.count += 1;
            let mut payload: Vec<u8> = (0..length).map(|_| self.random.u8(..)).collect();
            for (byte, count) in payload.iter_mut().zip(self.count.to_le_bytes()) {
                *byte = count;
            }
            let start = frames.len();
            write_frame(&payload, &mut frames);
            written.push((start, frames.len()));
        }
        if !matches!(self.writer.append(&frames).unwrap(), Appended::Yes) {
            return;
        }
        let segment = *self.log.state().segments.back().unwrap();
        let base = usize::try_from(segment.length).unwrap() - frames.len();
        for (start, end) in written {
            self.written.push(Written {
                segment: segment.first,
                offset: base + start,
                frame: frames[start..end].to_vec(),
            });
        }
    }

    /// A random segment of those on disk.
    fn segment(&mut self) -> Option<PathBuf> {
        let segments: Vec<u64> = self.log.state().segments.iter().map(|s| s.first).collect();
        let first = self.random.choice(segments)?;
        Some(self.folder.join(file_name(first))).filter(|path| path.exists())
    }

    fn flip(&mut self) {
        let Some(path) = self.segment() else { return };
        let mut bytes = fs::read(&path).unwrap();
        if !bytes.is_empty() {
            let at = self.random.usize(..bytes.len());
            bytes[at] ^= 1 << self.random.u32(0..8);
            // in place, as a disk does it: the writer has the file open
            let file = OpenOptions::new().write(true).open(path).unwrap();
            std::io::Write::write_all(&mut &file, &bytes).unwrap();
        }
    }

    fn truncate(&mut self) {
        let Some(path) = self.segment() else { return };
        let file = OpenOptions::new().write(true).open(path).unwrap();
        let length = file.metadata().unwrap().len();
        file.set_len(self.random.u64(0..=length)).unwrap();
    }

    fn reopen(&mut self) {
        let end = match self.random.bool() {
            true => End::Follows,
            false => End::Jumps,
        };
        (self.log, self.writer) = open(&self.folder, end);
    }

    /// Reads everything, and compares it with what is whole on disk.
    fn check(&self, what: &str) {
        let mut whole: Vec<&Written> = self.written.iter().filter(|w| self.is_whole(w)).collect();
        whole.sort_by_key(|written| (written.segment, written.offset));
        let expected: Vec<&[u8]> = whole.iter().map(|w| &w.frame[HEADER..]).collect();
        let mut found: Vec<Vec<u8>> = Vec::new();
        let (mut reader, mut at) = (Reader::new(1 << 20), 0);
        while let Found::Frames(frames) = reader.read(&self.log, at).unwrap() {
            found.extend(
                reader
                    .payloads(&frames)
                    .map(|(_, payload)| payload.to_vec()),
            );
            assert!(frames.to > at, "{what}: it stands still at {at}");
            at = frames.to;
        }
        assert_eq!(at, self.log.end(), "{what}");
        assert!(
            found.iter().map(Vec::as_slice).eq(expected.iter().copied()),
            "{what}: {} of {} frames",
            found.len(),
            expected.len()
        );
        // nothing wrong, nothing said
        if expected.len() == self.written.len() {
            assert_eq!(self.log.damage().damaged, 0, "{what}");
        }
    }

    fn is_whole(&self, written: &Written) -> bool {
        let bytes = fs::read(self.folder.join(file_name(written.segment))).unwrap_or_default();
        let end = written.offset + written.frame.len();
        bytes.get(written.offset..end) == Some(&written.frame)
    }
}

fn open(folder: &Path, end: End) -> (Arc<Log>, Writer) {
    let log = Arc::new(Log::open(folder, 1, end).unwrap());
    let writer = Writer::new(Arc::clone(&log), Arc::new(Dirty::default()), LIMIT);
    (log, writer)
}

#[test]
fn what_is_whole_is_read_whatever_happens() {
    for seed in 0..60 {
        let mut trial = Trial::new(seed);
        for step in 0..25 {
            match trial.random.u32(0..10) {
                0 => trial.flip(),
                1 => {
                    trial.truncate();
                    // what is cut under a writer that is alive is written on behind a hole
                    trial.reopen();
                }
                2 => trial.reopen(),
                _ => trial.append(),
            }
            if step % 5 == 4 {
                trial.check(&format!("seed {seed}, step {step}"));
            }
        }
        fs::remove_dir_all(&trial.folder).unwrap();
    }
}

#[test]
fn without_damage_everything_is_read() {
    for seed in 1_000..1_020 {
        let mut trial = Trial::new(seed);
        for _ in 0..20 {
            match trial.random.u32(0..5) {
                0 => trial.reopen(),
                _ => trial.append(),
            }
        }
        trial.check(&format!("seed {seed}"));
        assert!(trial.written.len() > 20);
        fs::remove_dir_all(&trial.folder).unwrap();
    }
}

#[test]
fn segments_that_all_readers_are_past_are_removed() {
    let mut trial = Trial::new(2_000);
    for _ in 0..200 {
        trial.append();
    }
    assert!(trial.log.state().segments.len() > 4);
    let end = trial.log.end();
    trial.log.advance(0, end);
    assert_eq!(trial.log.state().segments.len(), 1);
    assert_eq!(fs::read_dir(&trial.folder).unwrap().count(), 1);
    fs::remove_dir_all(&trial.folder).unwrap();
}
