#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| eventc_fuzz::decode(input));
