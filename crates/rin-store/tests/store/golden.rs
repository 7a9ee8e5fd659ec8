//! A file of every version that ever was must open for ever and show the same network.
//!
//! `cargo run -p rin-store --example golden -- crates/rin-store/tests/golden/v1` writes a folder; a released one is
//! never written again.

use std::{fs, path::Path};

use rin_store::Store;

fn check(version: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(version);
    let folder = tempfile::tempdir().unwrap();
    fs::copy(golden.join("rin.db"), folder.path().join("rin.db")).unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.check().unwrap();
    let mut text = Vec::new();
    store.dump(&mut text).unwrap();
    let expected = fs::read_to_string(golden.join("network.txt")).unwrap();
    assert_eq!(String::from_utf8(text).unwrap(), expected);
    let reader = store.read().unwrap();
    assert_eq!(reader.own().len(), 1);
    assert_eq!(reader.last_plan().unwrap().unwrap().lines.len(), 1);
    assert!(reader.standings().unwrap()[0].never);
    assert_eq!(reader.findings(reader.sources().unwrap()[0].id).unwrap().len(), 1);
}

#[test]
fn version_1_opens() {
    check("v1");
}
