//! The bytes that were checked are the bytes that run, whatever happens to the file.

use std::{fs, os::unix::fs::symlink};

use rin_host::{LoadFault, Loading, load};

use super::{ask, caged, lay, library, open, target};
use crate::build::Laid;

/// Returns what two animals tell, by which one knows them apart.
fn tells(laid: &Laid, expected: &str) {
    let mut strategy = open(laid, &caged()).unwrap();
    assert_eq!(ask(&mut strategy).unwrap(), expected);
}

#[test]
fn two_plugins_with_the_same_function_have_each_its_own() {
    let (Some(one), Some(two)) = (lay("helper-one"), lay("helper-two")) else { return };
    let (mut one, mut two) = (open(&one, &caged()).unwrap(), open(&two, &caged()).unwrap());
    assert_ne!(one.process(), two.process());
    for strategy in [&mut one, &mut two] {
        assert_eq!(ask(strategy).unwrap(), "helper own");
    }
}

#[test]
fn a_changed_byte_is_refused_and_a_checksum_is_all_that_is_believed() {
    let Some(laid) = lay("calm") else { return };
    let plugin = load(&laid.found(), &caged()).unwrap();
    let how = Loading { sha256: Some(plugin.sha256().to_owned()), ..caged() };
    open(&laid, &how).unwrap();
    let file = laid.found().library;
    let mut bytes = fs::read(&file).unwrap();
    bytes.push(0);
    fs::write(&file, bytes).unwrap();
    let fault = open(&laid, &how).unwrap_err().fault;
    assert!(matches!(fault, LoadFault::Changed { .. }), "{fault}");
}

#[test]
fn what_is_exchanged_after_the_check_does_not_run() {
    let Some(laid) = lay("calm") else { return };
    let Some(evil) = library("segfault") else { return };
    let file = laid.found().library;
    let plugin = load(&laid.found(), &caged()).unwrap();
    // By writing over it, by another file of its name, and by a link to another file.
    for way in [0, 1, 2] {
        match way {
            0 => drop(fs::copy(&evil, &file).unwrap()),
            1 => {
                fs::copy(&evil, file.with_extension("new")).unwrap();
                fs::rename(file.with_extension("new"), &file).unwrap();
            }
            _ => {
                fs::remove_file(&file).unwrap();
                symlink(&evil, &file).unwrap();
            }
        }
        let mut strategy = plugin.strategy(&target(&plugin, "")).unwrap();
        assert_eq!(ask(&mut strategy).unwrap(), "", "way {way}");
    }
}

#[test]
fn what_is_loaded_anew_is_what_lies_there_now() {
    let (Some(laid), Some(two)) = (lay("helper-one"), library("look")) else { return };
    let file = laid.found().library;
    tells(&laid, "helper own");
    fs::copy(two, file.with_extension("new")).unwrap();
    fs::rename(file.with_extension("new"), &file).unwrap();
    let fault = open(&laid, &caged()).unwrap_err().fault.to_string();
    assert!(fault.contains("org.rin.zoo.look"), "the bytes there now were looked at: {fault}");
}

#[test]
fn a_file_number_used_again_is_no_confusion() {
    let (Some(one), Some(two)) = (lay("calm"), lay("helper-two")) else { return };
    for _ in 0..5 {
        // Each is dropped before the next, so that the same numbers are free again.
        tells(&one, "");
        tells(&two, "helper own");
    }
}
