//! Tells the crate for which target it is built, since a manifest lists a plugin's libraries by target.

use std::env;

fn main() {
    let target = env::var("TARGET").unwrap_or_default();
    println!("cargo::rustc-env=RIN_TARGET={target}");
    println!("cargo::rerun-if-changed=build.rs");
}
