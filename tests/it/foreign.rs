//! Real archives that lie beside the project but never in it: read where they are, skipped where they are not.

use crate::{Home, foreign};

/// Imports an archive through the program and returns new interactions and owners.
fn import(name: &str, platform: &str) -> Option<(u64, String)> {
    let path = foreign(name)?;
    let home = Home::new();
    let view = home.json(&["import", path.to_str().unwrap(), "--platform", platform]);
    let source = &view["sources"][0];
    assert_eq!(source["error"], serde_json::Value::Null, "{source}");
    let owner = source["owners"][0][0].as_str().unwrap().to_owned();
    Some((source["interactions"][0].as_u64().unwrap(), owner))
}

#[test]
fn mastodon_archives_of_both_eras() {
    let dir = "mastodon/fossilizer/src/resources/test";
    if let Some((interactions, owner)) =
        import(&format!("{dir}/mastodon-export.tar.gz"), "mastodon")
    {
        assert_eq!(owner, "lmorchard@mastodon.social");
        assert!((130..=170).contains(&interactions), "{interactions}");
    }
    if let Some((interactions, owner)) = import(&format!("{dir}/mastodon-export.zip"), "mastodon") {
        assert_eq!(owner, "lmorchard@toot.lmorchard.com");
        assert!((15..=25).contains(&interactions), "{interactions}");
    }
}

#[test]
fn bluesky_repositories_of_2023_have_commits_of_version_2() {
    if let Some((interactions, owner)) = import("bluesky/indigo/greenground.repo.car", "bluesky") {
        assert_eq!(owner, "Green Ground");
        assert!(0 < interactions, "{interactions}");
    }
}
