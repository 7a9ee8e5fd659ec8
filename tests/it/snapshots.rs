//! Two exports of one account: who is missing from the later one has gone in between, where a whole list says so.

use crate::{
    Home,
    exports::{self, MOMENTS, Pair, lay_out},
};

/// Imports the exports of a pair one after the other, unpacked.
fn import(pair: &Pair) -> Home {
    let home = Home::new();
    for (name, files) in [("earlier", &pair.earlier), ("later", &pair.later)] {
        let folder = lay_out(files, &home.dir.path().join(name));
        home.ok(&["import", folder.to_str().unwrap(), "--platform", pair.platform]);
    }
    home
}

/// Returns the ties as `from kind to`, with when they ended.
fn ties(home: &Home) -> Vec<(String, String)> {
    let dump = home.dump();
    let lines = dump.lines().filter_map(|line| line.strip_prefix("tie\t"));
    let mut ties: Vec<_> = lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            (format!("{} {} {}", fields[1], fields[3], fields[2]), fields[5].to_owned())
        })
        .collect();
    ties.sort();
    ties
}

#[track_caller]
fn check(pair: &Pair, ended: &[&str], open: &[&str]) {
    let home = import(pair);
    let (standing, gone): (Vec<_>, Vec<_>) =
        ties(&home).into_iter().partition(|tie| tie.1 == "open");
    let names =
        |ties: &[(String, String)]| ties.iter().map(|tie| tie.0.clone()).collect::<Vec<_>>();
    assert_eq!(names(&gone), ended, "{} ended", pair.platform);
    assert_eq!(names(&standing), open, "{} stands", pair.platform);
    let between = format!("between {} {}", MOMENTS[0], MOMENTS[1]);
    // A table says itself when.
    let is_dated =
        |end: &str| end == between || (pair.platform == "table" && end == "exact 1725148800000");
    assert!(gone.iter().all(|tie| is_dated(&tie.1)), "{}: {gone:?}", pair.platform);
}

#[test]
fn who_is_missing_from_a_later_whole_list_has_gone_between_the_two() {
    for pair in exports::all() {
        check(&pair, pair.ended, pair.open);
    }
}

#[test]
fn a_contact_of_linkedin_who_may_only_hide_has_not_gone() {
    let pair = exports::linkedin(",,,,,,08 Feb 2021\n");
    let open = [
        "mara-1 contact ann-1",
        "mara-1 contact ben-1",
        "mara-1 follow name:zoe",
        "mara-1 follow organisation:town",
    ];
    check(&pair, &["mara-1 follow organisation:club"], &open);
}

#[test]
fn who_is_missing_from_a_damaged_or_partial_list_has_not_gone() {
    for mut pair in exports::all() {
        let (name, from, to) = match pair.platform {
            "facebook" => ("connections/friends/your_friends.json", "Ben\"", "Ben"),
            "instagram" => {
                ("connections/followers_and_following/followers_1.json", "[{\"media", "[7,{\"media")
            }
            "mastodon" => ("following_accounts.csv", "ben@b.example", "nobody"),
            "tiktok" => ("user_data.json", "\"FansList\":[", "\"FansList\":[7,"),
            "x" => ("data/manifest.js", "\"isPartialArchive\":false", "\"isPartialArchive\":true"),
            _ => continue,
        };
        let file = pair.later.iter_mut().find(|file| file.0 == name).unwrap();
        let text = String::from_utf8(file.1.clone()).unwrap();
        assert!(text.contains(from), "{}: {text}", pair.platform);
        file.1 = text.replace(from, to).into_bytes();
        let first = match pair.platform {
            "facebook" => "name:Mara B friend name:Ann",
            "mastodon" => "https://a.example/users/mara follow acct:ann@a.example",
            "x" => "2001 follow 1001",
            _ => "ann follow mara",
        };
        let tie = ties(&import(&pair)).into_iter().find(|tie| tie.0 == first);
        assert_eq!(tie.unwrap().1, "open", "{}", pair.platform);
    }
}
