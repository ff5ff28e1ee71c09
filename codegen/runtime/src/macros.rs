//! The macros that are no derives.

/// Makes an event: the literal of its struct, which may leave out what is optional or filled in.
///
/// What is missing is one error that says why each field matters.
///
/// ```text
/// let success = event!(request::Success { telemetry, request, status: 200, duration: 12 });
/// ```
#[macro_export]
macro_rules! event {
    ($($tokens:tt)*) => { $crate::__private::__event! { ($crate) $($tokens)* } };
}
