//! What all benchmarks share: measuring children, what valgrind counts, what was measured before, tables, plots, and the page they are written to.

mod cargo;
mod child;
mod machine;
mod page;
mod plot;
mod runs;
mod sample;
mod table;
pub mod valgrind;

pub use cargo::cargo;
pub use child::{Usage, measure, own_peak};
pub use machine::machine;
pub use page::Page;
pub use plot::{Plot, Series};
pub use runs::{Runs, sizes};
pub use sample::Sample;
pub use table::{Table, grouped};
