//! What the shipped exports show: the network, the week, the town of `cargo demo`.

use crate::{Home, data};

#[test]
fn status_tells_what_is_there_and_what_is_not_seen() {
    let status = Home::demo().json(&["status"]);
    assert_eq!(status["covered_until"], "2026-08-15");
    let own: Vec<&str> = status["own"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| own["platform"].as_str().unwrap())
        .collect();
    assert_eq!(own.len(), 2, "{status}");
    assert!(own.contains(&"mastodon") && own.contains(&"bluesky"));
    for own in status["own"].as_array().unwrap() {
        assert!(own["missing"].as_str().unwrap().contains("what others wrote to you"), "{own}");
    }
    let levels = &status["levels"];
    for level in ["alive", "fading", "lapsed"] {
        assert!(0 < levels[level].as_u64().unwrap(), "{level}: {status}");
    }
}

#[test]
fn a_party_is_shown_by_number_handle_and_name() {
    let home = Home::demo();
    let by_handle = home.json(&["party", "show", "anna-dev.test"]);
    assert_eq!(by_handle["name"], "Anna Müller-Öztürk 🌻");
    let number = by_handle["party"].to_string();
    assert_eq!(home.json(&["party", "show", &number]), by_handle);
    // Her own repository is imported, so what she wrote to us is covered.
    assert!(by_handle["assessment"]["received"].is_number(), "{by_handle}");
    let nobody = home.run(&["party", "show", "nobody at all"]);
    assert_eq!(nobody.status.code(), Some(2));
}

#[test]
fn the_list_begins_with_who_is_fading() {
    let list = Home::demo().json(&["party", "list", "--limit", "1000"]);
    let levels: Vec<&str> = list["parties"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["level"].as_str().unwrap())
        .collect();
    let order = |level: &str| ["fading", "alive", "lapsed"].iter().position(|one| *one == level);
    assert!(levels.is_sorted_by_key(|level| order(level)), "{levels:?}");
    assert_eq!(levels.len() as u64, list["total"].as_u64().unwrap());
}

#[test]
fn the_doctor_finds_everything_sound() {
    let home = Home::demo();
    let view = home.json(&["doctor"]);
    assert_eq!(view["is_fine"], true, "{view}");
    std::fs::write(home.path().join("rin.toml"), "[plan]\nminutes = 3\n").unwrap();
    let output = home.run(&["doctor"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("rin.toml") && said.contains("minutes-per-week"), "{said}");
}

#[test]
fn plugins_show_norms_with_their_sources() {
    let home = Home::new();
    let list = home.json(&["plugin", "list"]);
    assert_eq!(list["plugins"].as_array().unwrap().len(), crate::PLATFORMS.len(), "{list}");
    for platform in crate::PLATFORMS {
        let info = home.json(&["plugin", "info", platform]);
        let norms = info["norms"].as_array().unwrap();
        assert!(2 < norms.len(), "{info}");
        assert!(norms.iter().all(|norm| 5 < norm["source"].as_str().unwrap().len()), "{info}");
    }
}

#[test]
fn a_folder_of_downloads_of_two_platforms_is_read_by_both() {
    let home = Home::new();
    let downloads = home.dir.path().join("downloads");
    std::fs::create_dir(&downloads).unwrap();
    for n in 0..80 {
        std::fs::write(downloads.join(format!("a{n}.txt")), "notes").unwrap();
    }
    std::fs::copy(data("bluesky/pds/anna.car"), downloads.join("z.car")).unwrap();
    for entry in std::fs::read_dir(data("mastodon")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, downloads.join(path.file_name().unwrap())).unwrap();
    }
    let view = home.json(&["import", downloads.to_str().unwrap()]);
    let mut platforms: Vec<&str> = view["sources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["platform"].as_str().unwrap())
        .collect();
    platforms.sort_unstable();
    assert_eq!(platforms, ["bluesky", "mastodon"], "{view}");
    for source in view["sources"].as_array().unwrap() {
        assert!(10 < source["interactions"][0].as_u64().unwrap(), "{source}");
    }
}

#[test]
fn an_account_that_is_not_there_does_not_hide_what_was_imported() {
    let home = Home::new();
    let output = home.run(&["import", &data("bluesky/pds"), "--own", "nobody at all"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("1948 interactions") && said.contains("nobody is called"), "{said}");
    // A part of the handle is enough where it fits one.
    home.ok(&["own", "add", "stadtb"]);
    assert_eq!(home.json(&["status"])["own"][0]["handle"], "stadtbuecherei-dev.test");
}

#[test]
fn the_town_is_read_whole_and_its_campaigns_may_start() {
    let home = Home::new();
    let town = ["town/instagram-stadtbuecherei-2026-08-15.zip", "town/mail", "town/besuche.csv"];
    let view = home.json(&["import", &data(town[0]), &data(town[1]), &data(town[2])]);
    for source in view["sources"].as_array().unwrap() {
        assert!(400 < source["interactions"][0].as_u64().unwrap(), "{source}");
        assert_eq!(source["owners"][0][1], true, "{source}");
    }
    assert_eq!(view["is_complete"], true, "{view}");
    let status = home.json(&["status"]);
    assert_eq!(status["covered_until"], "2026-08-14");
    for level in ["alive", "fading", "lapsed"] {
        assert!(0 < status["levels"][level].as_u64().unwrap(), "{level}: {status}");
    }
    let campaigns = home.path().join("campaigns");
    std::fs::create_dir_all(&campaigns).unwrap();
    let at = |line: &str, day: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let output = home.at(&words, day).output().unwrap();
        assert!(output.status.success(), "{line}: {}", crate::stderr(&output));
    };
    at(
        "programme new Stadtbücherei --from 2024-01-02 --until 2027-01-02 --member anna=60",
        "2024-01-02",
    );
    for (name, day) in [("lesesommer", "2025-05-26"), ("buchherbst", "2026-08-01")] {
        let file = format!("{name}.toml");
        std::fs::copy(data(&format!("town/campaigns/{file}")), campaigns.join(file)).unwrap();
        at(&format!("campaign start {name}"), day);
    }
}
