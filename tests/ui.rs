//! What must not compile, and what is said about it.
//!
//! Each case is hand-written structs in one file, named by the mistake; the message beside it is read
//! by someone at three in the morning. To change one, change the words where they come from and run
//! `TRYBUILD=overwrite cargo test --test ui`.

#[test]
fn what_must_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
