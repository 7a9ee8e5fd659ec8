//! Other people's repositories, kept outside the project: real ones of 2023 (commit version 2) and of other servers.

use super::*;
use crate::read::moment::{parse, tid};

/// Returns a foreign file; `None`, with a printed word, where the collection is not at hand.
fn foreign(name: &str) -> Option<Vec<u8>> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/archives/bluesky");
    let file = fs::read(folder.join(name)).ok();
    if file.is_none() {
        println!("skipped: {name} is not at hand");
    }
    file
}

/// What a foreign repository yields.
struct Expected {
    did: &'static str,
    kinds: &'static [(&'static str, usize)],
    follows: usize,
    troubles: &'static [(&'static str, u64)],
    has_revision: bool,
}

fn check(name: &str, expected: &Expected) {
    let Some(bytes) = foreign(name) else { return };
    let taken = read_one("a.car", &bytes).unwrap();
    assert_eq!(taken.accounts[0].0, expected.did, "{name}");
    assert_eq!(taken.kinds(), expected.kinds.iter().copied().collect(), "{name}");
    assert_eq!(taken.ties.len(), expected.follows, "{name}");
    assert_eq!(taken.troubles("a.car"), expected.troubles.iter().copied().collect(), "{name}");
    assert_eq!(taken.count("no-revision"), u64::from(!expected.has_revision), "{name}");
    // Without a revision the newest record stands for the end.
    if !expected.has_revision {
        let newest = taken.interactions.iter().map(|interaction| interaction.1).max();
        assert!(newest <= taken.coverage[0].3, "{name}");
    }
}

#[test]
fn a_real_repository_of_2023_with_its_history_yields_what_stands() {
    check(
        "indigo/fakermaker.repo.car",
        &Expected {
            did: "did:plc:dpg45vsnuir2vqqqadsn6afg",
            kinds: &[("mention", 1), ("reaction", 22), ("reply", 23), ("share", 15)],
            follows: 78,
            troubles: &[],
            has_revision: false,
        },
    );
}

#[test]
fn a_second_repository_of_2023_reads_too() {
    check(
        "indigo/greenground.repo.car",
        &Expected {
            did: "did:plc:wqgdnqlv2mwiio6pfchwtrff",
            kinds: &[("reaction", 15), ("share", 9)],
            follows: 1,
            troubles: &[],
            has_revision: false,
        },
    );
}

#[test]
fn mentions_of_2023_stand_in_entities() {
    check(
        "indigo/bafyreieovfuizojpw3zresz7sx3nk4trm2by23pt5rxbey3jme4uo5ogiu.car",
        &Expected {
            did: "did:plc:z5vnbioquyhivxirw3bbljmu",
            kinds: &[("mention", 2)],
            follows: 0,
            troubles: &[],
            has_revision: false,
        },
    );
}

#[test]
fn a_slice_of_a_repository_is_a_part() {
    check(
        "indigo/repo_slice.car",
        &Expected {
            did: "did:plc:6evlgoug7wwijzxhzt2riyic",
            kinds: &[("mention", 1)],
            follows: 0,
            troubles: &[("missing-records", 4), ("partial", 1)],
            has_revision: false,
        },
    );
}

#[test]
fn another_servers_repository_reads_too() {
    check(
        "arroba/arroba/tests/snarfed2.car",
        &Expected {
            did: "did:plc:5zspv27pk4iqtrl2ql2nykjh",
            kinds: &[("reaction", 1)],
            follows: 2,
            troubles: &[],
            has_revision: true,
        },
    );
}

#[test]
fn the_protocols_own_vectors_agree_on_dates_and_keys() {
    let lines = |name: &str| {
        let text = foreign(&format!("atproto-interop-tests/syntax/{name}"))?;
        let text = String::from_utf8(text).unwrap();
        let is_case = |line: &&str| !line.is_empty() && !line.starts_with('#');
        Some(text.lines().filter(is_case).map(str::to_owned).collect::<Vec<_>>())
    };
    for date in lines("datetime_syntax_valid.txt").unwrap_or_default() {
        assert!(parse(&date).is_some(), "{date}");
    }
    for date in lines("datetime_parse_invalid.txt").unwrap_or_default() {
        // The last vector is a moment before the year 0, which is a matter of taste.
        assert!(parse(&date).is_none() || date.starts_with("0000"), "{date}");
    }
    for key in lines("tid_syntax_valid.txt").unwrap_or_default() {
        assert!(tid(&key).is_some(), "{key}");
    }
    for key in lines("tid_syntax_invalid.txt").unwrap_or_default() {
        assert!(tid(&key).is_none(), "{key}");
    }
}
