//! The measured event, out of `schema/`.

fn main() {
    eventc_build::Config::new().out_dir().compile();
}
