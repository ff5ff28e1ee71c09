fn main() {
    #[cfg(feature = "compile")]
    eventc_build::compile();
}
