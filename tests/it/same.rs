//! Importing twice, in another order or in parts gives the same network, byte for byte.

use std::fs;

use crate::{Home, data};

#[test]
fn twice_in_another_order_and_in_halves_is_the_same() {
    let once = Home::demo();
    let expected = once.dump();
    assert!(10_000 < expected.len());

    once.ok(&["import", &data("mastodon")]);
    once.ok(&["import", &data("bluesky/pds")]);
    assert_eq!(once.dump(), expected, "twice");

    let other = Home::new();
    other.ok(&["import", &data("bluesky/pds"), "--own", "stadtbuecherei-dev.test"]);
    other.ok(&["import", &data("mastodon")]);
    assert_eq!(other.dump(), expected, "in another order");

    let halves = Home::new();
    let parts = halves.dir.path().join("parts");
    let names =
        ["stadtbuecherei", "anna", "bekir", "chiara", "dmitri", "elif", "fynn", "kulturverein"];
    for (half, names) in names.chunks(4).enumerate() {
        let dir = parts.join(half.to_string());
        fs::create_dir_all(&dir).unwrap();
        for name in names {
            for file in [format!("{name}.car"), format!("{name}.didDoc.json")] {
                fs::copy(data(&format!("bluesky/pds/{file}")), dir.join(&file)).unwrap();
            }
        }
    }
    for half in ["1", "0"] {
        let dir = parts.join(half);
        halves.ok(&["import", dir.to_str().unwrap()]);
    }
    halves.ok(&["own", "add", "stadtbuecherei-dev.test"]);
    halves.ok(&["import", &data("mastodon")]);
    assert_eq!(halves.dump(), expected, "in halves");
}
