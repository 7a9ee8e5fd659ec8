//! An import killed at any moment leaves whole sources only, and a repeat completes it.

use std::process::Command;

use crate::root;

#[test]
fn a_killed_import_leaves_whole_sources_and_can_be_repeated() {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "xtask", "--", "torture", "4", "40000"])
        .current_dir(root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{complained}");
    assert!(said.contains("whole sources only, each completed by a repeat"), "{said}");
}
