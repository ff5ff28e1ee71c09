//! What a service wants to be told, and how it answers.

use crate::batch::Record;
use crate::sink::Fail;

use super::answer::Answer;

/// What becomes of a record on its way to a service.
///
/// A closure that writes a record is one, too: `|record: &Record<'_>, out: &mut Vec<u8>| { …; Ok(()) }`.
///
/// ```
/// use eventc_delivery::{Answer, Fail, Mapping, Record};
///
/// /// A service that answers 409 to what it has already.
/// struct Ledger;
///
/// impl Mapping for Ledger {
///     fn write(&self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), String> {
///         out.extend_from_slice(record.json().as_bytes());
///         Ok(())
///     }
///
///     fn judge(&self, answer: &Answer<'_>) -> Result<(), Fail> {
///         match answer.status() {
///             409 => Ok(()),
///             _ => answer.by_status(),
///         }
///     }
/// }
/// ```
pub trait Mapping: Send + 'static {
    /// Appends the record to the body, as one value of JSON.
    ///
    /// # Errors
    ///
    /// Why this record can never be sent; it goes to the dead letters.
    fn write(&self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), String>;

    /// What the answer says of the records of the request.
    ///
    /// # Errors
    ///
    /// [`Fail`], if not all of them are stored.
    fn judge(&self, answer: &Answer<'_>) -> Result<(), Fail> {
        answer.by_status()
    }

    /// Whether what it was given can work: [`Sink::check`](crate::Sink::check).
    ///
    /// # Errors
    ///
    /// What is wrong, and what to write instead.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }
}

impl<F> Mapping for F
where
    F: Fn(&Record<'_>, &mut Vec<u8>) -> Result<(), String> + Send + 'static,
{
    fn write(&self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), String> {
        self(record, out)
    }
}

/// The event as it is in the log.
#[derive(Clone, Copy, Debug)]
pub struct AsItIs;

impl Mapping for AsItIs {
    fn write(&self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), String> {
        out.extend_from_slice(record.json().as_bytes());
        Ok(())
    }
}
