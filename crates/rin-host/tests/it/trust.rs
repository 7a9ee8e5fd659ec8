//! What was approved is what runs: changed bytes are refused, and a swapped file is not what was looked at.

use std::{fs, path::PathBuf};

use rin_core::Day;
use rin_host::{
    Approval, Found, Isolation, LoadFault, Loading, Origin, Params, PluginFolder, Standing, Trust,
    discover_in, load,
};
use tempfile::TempDir;

use crate::{
    build::{Build, Laid, here, lay_probe},
    world::World,
};

fn trust() -> (TempDir, Trust) {
    let dir = tempfile::tempdir().unwrap();
    let trust = Trust::read(&dir.path().join(Trust::FILE)).unwrap();
    (dir, trust)
}

fn approval(found: &Found) -> Approval {
    Approval {
        id: found.manifest.info.id.clone(),
        version: found.manifest.info.version.clone(),
        sha256: found.sha256().unwrap(),
        isolation: Isolation::InProcess,
        permissions: Vec::new(),
        date: Day::from_number(20_682),
    }
}

/// Changes the last byte of a library, which lies behind everything a loader looks at.
fn change_a_byte(library: &PathBuf) {
    let mut bytes = fs::read(library).unwrap();
    bytes.push(0);
    fs::write(library, bytes).unwrap();
}

#[test]
fn a_changed_byte_is_refused_until_it_is_approved() {
    let (laid, (dir, mut trust)) = (lay_probe(Build::Usual), trust());
    let found = laid.found();
    let sha256 = found.sha256().unwrap();
    let refused = trust.loading(&found, &sha256, &here()).unwrap_err();
    assert_eq!(refused.standing, Standing::Unknown);
    trust.approve(approval(&found)).unwrap();
    let how = trust.loading(&found, &sha256, &here()).unwrap();
    let plugin = load(&found, &how).unwrap();
    assert_eq!(plugin.sha256(), sha256, "what was approved is what was loaded");

    change_a_byte(&found.library);
    // Whoever swaps the file after the look is found out by the loading itself.
    let late = load(&found, &how).unwrap_err();
    assert_eq!(late.fault, LoadFault::Changed { found: found.sha256().unwrap() });
    let sha256 = found.sha256().unwrap();
    let refused = trust.loading(&found, &sha256, &here()).unwrap_err();
    let text = refused.to_string();
    assert!(text.ends_with("its bytes have changed since you approved version 0.1.0"), "{text}");
    trust.approve(approval(&found)).unwrap();
    let read_again = Trust::read(&dir.path().join(Trust::FILE)).unwrap();
    load(&found, &read_again.loading(&found, &sha256, &here()).unwrap()).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_link_swapped_between_check_and_start_starts_the_checked_bytes() {
    use std::os::unix::fs::symlink;
    let (usual, other) = (lay_probe(Build::Usual), lay_probe(Build::Aborting));
    let found = usual.found();
    let real = found.library.with_extension("real");
    fs::rename(&found.library, &real).unwrap();
    symlink(&real, &found.library).unwrap();
    let plugin = load(&found, &here()).unwrap();
    fs::remove_file(&found.library).unwrap();
    symlink(other.found().library, &found.library).unwrap();
    fs::remove_file(&real).unwrap();
    // The build that is there now would be refused, because a panic in it would end this process.
    let fault = load(&found, &here()).unwrap_err().fault;
    assert_eq!(fault, LoadFault::PanicAborts);
    let mut strategy = plugin.strategy(&Params::defaults(plugin.manifest())).unwrap();
    assert!(!World::new(64, 1).ask(&mut strategy, 64).is_empty());
}

#[test]
fn only_the_programs_own_folder_needs_no_approval() {
    let (laid, (_dir, trust)) = (lay_probe(Build::Usual), trust());
    let found = |laid: &Laid, origin| {
        let folder = PluginFolder { path: laid.dir.path().to_owned(), origin };
        discover_in(&[folder]).found.remove(0)
    };
    let shipped = found(&laid, Origin::Shipped);
    let sha256 = shipped.sha256().unwrap();
    assert_eq!(trust.standing(&shipped, &sha256), Standing::Shipped);
    let elsewhere = found(&laid, Origin::Elsewhere);
    assert_eq!(trust.standing(&elsewhere, &sha256), Standing::Unknown);
    let how = trust.loading(&shipped, &sha256, &Loading::default()).unwrap();
    assert!(how.permitted.is_empty(), "nothing personal without a permission");
}
