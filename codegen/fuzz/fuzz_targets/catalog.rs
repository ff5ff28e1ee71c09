#![no_main]

libfuzzer_sys::fuzz_target!(|input: &str| eventc_fuzz::catalog(input));
