//! Nothing: only a package with a build script can ask features of what builds are made with.

fn main() {}
