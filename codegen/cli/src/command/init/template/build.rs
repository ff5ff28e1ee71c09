//! Compiles `schema/` into `generated/`, where one differs from the other.
//! Where `CI` is set nothing is written, and a difference fails the build.

fn main() {
    eventc_build::compile();
}
