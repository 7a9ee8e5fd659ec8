//! What a campaign brought, from the export to the sentences, on a log in which that is plain.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{Home, stderr};

/// Days from 1 January 2022 to the campaign's first day, 3 June 2024, a Monday.
const START: i64 = 884;
/// Days of the campaign.
const LENGTH: i64 = 42;
/// Days of the whole log.
const END: i64 = 1_430;

/// Writes an export in which somebody new comes every second day and is written to for two hundred days, and in which a
/// campaign wins three a day with whom there is contact on two days only.
fn export(dir: &Path) {
    let mut items = Vec::new();
    let mut post = |day: i64, who: &str, number: usize| {
        let at = format!("{}T{:02}:{:02}:00Z", date(day), 8 + number % 10, number % 60);
        items.push((day, number, reply(&at, who, number)));
    };
    let mut number = 0;
    for (n, first) in (0..END).step_by(2).enumerate() {
        // Not everybody comes on the day it would be their turn: weeks differ.
        let first = first + i64::from(n % 7 == 3) * 3;
        let life = 40 + 35 * i64::try_from(n % 11).unwrap();
        for day in (first..(first + life).min(END)).step_by(15) {
            number += 1;
            post(day, &format!("ordinary{n}"), number);
        }
    }
    for n in 0..3 * LENGTH {
        for day in [START + n / 3, START + n / 3 + 4] {
            number += 1;
            post(day, &format!("summer{n}"), number);
        }
    }
    items.sort_by_key(|(day, number, _)| (*day, *number));
    let items: Vec<Value> = items.into_iter().map(|(_, _, item)| item).collect();
    write(dir, &items);
}

/// Writes an export with these activities.
pub(crate) fn write(dir: &Path, items: &[Value]) {
    let outbox = json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": "outbox.json", "type": "OrderedCollection", "totalItems": items.len(), "orderedItems": items,
    });
    let actor = json!({
        "@context": ["https://www.w3.org/ns/activitystreams"],
        "id": US, "type": "Person", "preferredUsername": "us", "name": "Us",
        "url": "https://home.example/@us", "published": "2021-12-31T00:00:00Z", "outbox": "outbox.json",
    });
    fs::create_dir_all(dir).unwrap();
    fs::write(dir.join("outbox.json"), outbox.to_string()).unwrap();
    fs::write(dir.join("actor.json"), actor.to_string()).unwrap();
}

pub(crate) const US: &str = "https://home.example/users/us";

pub(crate) fn reply(at: &str, who: &str, number: usize) -> Value {
    let them = format!("https://social.example/users/{who}");
    let id = format!("{US}/statuses/{number}");
    json!({
        "id": format!("{id}/activity"), "type": "Create", "actor": US, "published": at,
        "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [them],
        "object": {
            "id": id, "type": "Note", "inReplyTo": format!("{them}/statuses/{number}"), "published": at,
            "attributedTo": US, "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [them],
            "content": "<p>.</p>",
            "tag": [{ "type": "Mention", "href": them, "name": format!("@{who}@social.example") }],
        },
    })
}

/// Returns the day so many days after 1 January 2022.
pub(crate) fn date(days: i64) -> String {
    let lengths = |year: i64| {
        let february = if year % 4 == 0 { 29 } else { 28 };
        [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    };
    let (mut year, mut left) = (2022, days);
    loop {
        for (month, length) in (1..).zip(lengths(year)) {
            if left < length {
                return format!("{year}-{month:02}-{:02}", left + 1);
            }
            left -= length;
        }
        year += 1;
    }
}

fn home() -> Home {
    Home::made("report", make)
}

/// Makes a network of the export, and a campaign that was planned, started and ended.
fn make() -> Home {
    let home = Home::new();
    let dir = home.dir.path().join("export");
    export(&dir);
    home.ok(&["import", dir.to_str().unwrap()]);
    let past = |words: &[&str], now: &str| {
        let output = home.at(words, now).output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 3)), "{words:?}: {}", stderr(&output));
    };
    past(
        &["programme", "new", "Library", "--member", "anna=60", "--until", "2027-01-01"],
        "2024-01-01",
    );
    past(
        &["campaign", "new", "Summer", "--from", &date(START), "--until", &date(START + LENGTH)],
        "2024-05-01",
    );
    let file = home.path().join("campaigns/summer.toml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("2024-06-03"), "{text}");
    past(&["campaign", "start", "summer", "--despite", "it is a test"], "2024-06-01");
    past(&["campaign", "end", "summer", "--minutes", "1260", "--money", "400"], "2024-07-15");
    home
}

#[test]
fn a_campaign_whose_ties_do_not_last_is_told_so() {
    let home = home();
    let svg = home.dir.path().join("summer.svg");
    let english = home.ok(&["campaign", "report", "summer", "--svg", svg.to_str().unwrap()]);
    assert!(english.contains("The ties it won end sooner than those won otherwise"), "{english}");
    assert!(english.contains("It won more ties than would have come anyway"), "{english}");
    let german = home.ok(&["campaign", "report", "summer", "--lang", "de"]);
    assert!(german.contains("enden früher als die, die sonst entstanden"), "{german}");
    assert!(german.contains("mehr Beziehungen, als ohnehin gekommen wären"), "{german}");
    let picture = fs::read_to_string(svg).unwrap();
    assert!(picture.contains("life ours") && picture.contains("prefers-color-scheme"));

    let view = home.json(&["campaign", "report", "summer"]);
    assert_eq!(
        (&view["lasting"]["is"], &view["influx"]["is"]),
        (&json!("worse"), &json!("better"))
    );
    // Those who came of themselves in these weeks are credited by the dates too.
    let won = view["won"]["ties"].as_u64().unwrap();
    assert!((126..=150).contains(&won), "{won}");
    assert_eq!(view["won_by"]["dates"], won);
    assert_eq!(view["cost"]["minutes_per_won"], 1260.0 / f64::from(u32::try_from(won).unwrap()));
    assert!(view["new_ties"]["during"]["low"].as_f64().unwrap() < 21.0);
    assert!(21.0 < view["new_ties"]["during"]["high"].as_f64().unwrap());
    assert!(100 <= view["basket"]["ties"].as_u64().unwrap());
}

#[test]
fn origins_stay_and_cohorts_add_up() {
    let home = home();
    let won = |home: &Home| home.json(&["campaign", "report", "summer"])["won"]["ties"].clone();
    let before = won(&home);
    home.ok(&["campaign", "mark", "summer", "summer5@social.example", "--not"]);
    assert_eq!(won(&home), before, "an origin that was written is changed by nothing");
    let origins = home.json(&["cohort", "--by", "origin", "--months", "24"]);
    let groups = origins["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 2);
    assert!(groups.iter().any(|group| group["name"] == "summer" && group["ties"] == before));
    let months = home.json(&["cohort", "--months", "36"]);
    let months = months["groups"][0]["months"].as_array().unwrap();
    assert_eq!(months.len(), 36);
    for month in months {
        let figure = |name: &str| month["balance"][name].as_i64().unwrap();
        let came = figure("before") + figure("into_sight") + figure("won") + figure("revived");
        assert_eq!(came - figure("lost"), figure("alive"), "{month}");
    }
    let summer = months.iter().find(|month| month["from"] == "2024-06-01").unwrap();
    assert!(80 < summer["balance"]["won"].as_u64().unwrap());
    let table = home.ok(&["cohort", "--lang", "de"]);
    assert!(table.contains("wiederbelebt") && table.contains("der Gewonnenen"), "{table}");
}

#[test]
fn a_report_of_what_was_not_started_is_refused() {
    let home = Home::demo();
    let output = home.run(&["campaign", "report", "nothing"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nothing"), "{}", stderr(&output));
}
