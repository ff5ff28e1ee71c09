// Protocol Buffers into Rust. This file is the build script of the crate that runs prost in each build, too.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes `lib.rs` and a file for each package into a folder.
pub(crate) fn generate(protos: &Path, into: &Path) -> Result<(), Box<dyn Error>> {
    let mut files = Vec::<PathBuf>::new();
    for file in fs::read_dir(protos)? {
        files.push(file?.path());
    }
    files.sort();
    let descriptors = protox::compile(files, [protos])?;
    prost_build::Config::new()
        .out_dir(into)
        .include_file("lib.rs")
        .compile_fds(descriptors)?;
    Ok(())
}
