//! A generated export, whose every record is known beforehand, is read completely.

#[expect(unreachable_pub, reason = "there it is public, here it is a module of a test")]
#[path = "../../../../../crates/xtask/src/generate/car.rs"]
mod generator;

use super::*;

#[test]
fn a_generated_repository_is_read_completely() {
    for n_records in [1, 2, 10, 5_000] {
        let made = generator::repository(n_records, 7);
        assert_eq!(made.likes + made.follows + made.replies + made.posts, n_records);
        let taken = read_one("a.car", &made.bytes).unwrap();
        assert_eq!(taken.troubles("a.car"), BTreeMap::new(), "{n_records}");
        let kinds = taken.kinds();
        assert_eq!(kinds.get("reaction").copied().unwrap_or(0), made.likes);
        assert_eq!(kinds.get("reply").copied().unwrap_or(0), made.replies);
        assert_eq!(taken.ties.len(), made.follows);
        assert_eq!(taken.accounts[0].0, made.did);
        assert_eq!(taken.count("odd-date"), 0);
        // The claimed dates are the keys' times, so the newest record is not after the export.
        let newest = taken.interactions.iter().map(|interaction| interaction.1).max();
        assert!(newest <= taken.coverage[0].3, "{n_records}");
    }
    assert_eq!(generator::repository(100, 7), generator::repository(100, 7));
    assert_ne!(generator::repository(100, 7), generator::repository(100, 8));
}

#[test]
fn an_empty_repository_is_a_whole_one_without_records() {
    let taken = read_one("a.car", &generator::repository(0, 7).bytes).unwrap();
    assert_eq!((taken.interactions.len(), taken.ties.len()), (0, 0));
    assert_eq!(taken.troubles("a.car"), BTreeMap::new());
    assert!(taken.coverage[0].2.contains(TieKind::Follow));
}
