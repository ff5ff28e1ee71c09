//! Bytes.

use std::fmt;
use std::ops::Deref;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::invalid::Invalid;
use crate::reason::Reason;

/// What an error says was expected.
pub(crate) const EXPECTED: &str = "bytes in base64";

/// Any bytes; base64 (RFC 4648, the standard alphabet, with padding) where they are written.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(Vec<u8>);

impl Bytes {
    /// The bytes that the base64 stands for.
    ///
    /// # Errors
    ///
    /// If it is not base64.
    pub fn from_base64(text: &str) -> Result<Self, Invalid> {
        STANDARD
            .decode(text)
            .map(Bytes)
            .map_err(|_| Reason::text(EXPECTED, text).into())
    }

    /// The bytes as base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64(&self.0)
    }

    /// The bytes themselves.
    #[must_use]
    pub fn into_vec(self) -> Vec<u8> {
        self.0
    }
}

/// The bytes as base64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes(bytes)
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Bytes(bytes.to_vec())
    }
}

impl<const N: usize> From<[u8; N]> for Bytes {
    fn from(bytes: [u8; N]) -> Self {
        Bytes(bytes.to_vec())
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "base64 {}", self.to_base64())
    }
}
