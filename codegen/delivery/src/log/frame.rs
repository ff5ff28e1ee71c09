//! Frames: `length u32 | crc32 u32 | payload`, numbers little-endian, the checksum that of the payload.

/// Bytes before the payload.
pub(crate) const HEADER: usize = 8;

/// The longest payload, in bytes. So a length has a zero byte in it, which JSON has not: no payload has a frame inside.
pub(crate) const LARGEST: usize = 1 << 20;

/// What there is in some bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A frame with a payload of this length.
    Whole(usize),
    /// Perhaps a frame: so many bytes have to be there to say.
    Needs(usize),
    /// No frame.
    No,
}

/// Appends a frame.
pub(crate) fn write(payload: &[u8], frames: &mut Vec<u8>) {
    let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    frames.extend_from_slice(&length.to_le_bytes());
    frames.extend_from_slice(&crc32fast::hash(payload).to_le_bytes());
    frames.extend_from_slice(payload);
}

/// What starts at the first of these bytes, after which there are `left` bytes in the segment, counted from the same byte.
pub(super) fn check(bytes: &[u8], left: u64) -> Frame {
    if left <= HEADER as u64 {
        return Frame::No;
    }
    let Some((length, after)) = bytes.split_first_chunk() else {
        return Frame::Needs(HEADER);
    };
    let Some((crc, payload)) = after.split_first_chunk() else {
        return Frame::Needs(HEADER);
    };
    let length = u32::from_le_bytes(*length) as usize;
    if length == 0 || length > LARGEST || (HEADER + length) as u64 > left {
        return Frame::No;
    }
    match payload.get(..length) {
        None => Frame::Needs(HEADER + length),
        Some(payload) if crc32fast::hash(payload) == u32::from_le_bytes(*crc) => {
            Frame::Whole(length)
        }
        Some(_) => Frame::No,
    }
}

/// Where the last whole frame of a segment ends.
pub(super) fn end_of_last(bytes: &[u8]) -> usize {
    let (mut at, mut end) = (0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        match check(rest, rest.len() as u64) {
            Frame::Whole(length) => {
                at += HEADER + length;
                end = at;
            }
            Frame::Needs(_) | Frame::No => at += 1,
        }
    }
    end
}
