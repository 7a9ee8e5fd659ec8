//! A campaign's file says what it says, and every mistake is named with its line.

use std::error::Error as _;

use rin_core::Day;

use super::*;

/// A whole file; mistakes are made in it by replacing a line.
const WHOLE: &str = r#"name = "Lesesommer"
programme = "Stadtbücherei"
from = 2027-06-01
until = "2027-07-13"
minutes = 1800
money = 400.5

[goal]
words = "Leute, die wiederkommen"
measure = "alive"
alive-after-days = 90
target = 25

[[team]]
name = "clara"
minutes-per-week = 300
platforms = ["mastodon"]
until = 2027-07-13

[[platform]]
name = "mastodon"
posts-per-week = 5
minutes-per-week = 200

[marks]
hashtags = ["LeseSommer"]
links = ["https://www.example.org/lesen/"]

[aftercare]
minutes-per-week = 45
days = 90
"#;

fn read(text: &str) -> Result<Campaign, CampaignError> {
    parse(text, "lesesommer", Path::new("lesesommer.toml"), &TimeZone::UTC)
}

#[test]
fn a_whole_file_is_read() {
    let campaign = read(WHOLE).unwrap();
    let day = |number| Day::from_number(number).start();
    assert_eq!((campaign.id.as_str(), campaign.name.as_str()), ("lesesommer", "Lesesommer"));
    assert_eq!(campaign.window, Window::new(day(20_970), day(21_012)));
    assert_eq!((campaign.minutes, campaign.money), (Minutes::new(1_800.0), Some(400.5)));
    assert_eq!(campaign.goal.measure, Some(Measure::AliveAfter { days: 90 }));
    assert_eq!(campaign.team[0].until, Some(day(21_012)));
    assert!(campaign.is_on("mastodon") && !campaign.platforms[0].automated);
    assert_eq!(campaign.marks.hashtags, ["#lesesommer"]);
    assert_eq!(campaign.marks.links, ["example.org/lesen"]);
    assert_eq!(campaign.aftercare_window(), Window::new(day(21_012), day(21_102)));
}

/// Reads the whole file with `line` replaced and returns what is said.
fn said(line: &str, by: &str) -> String {
    assert!(WHOLE.contains(line), "{line}");
    let error = read(&WHOLE.replace(line, by)).unwrap_err();
    assert!(error.is_usage());
    assert_ne!(error.remedy().en, error.remedy().de);
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

#[test]
fn what_cannot_be_meant_is_named_with_its_line() {
    for (line, by, expected) in [
        ("until = \"2027-07-13\"", "until = 2027-05-01", "line 4: `until` is not after `from`"),
        ("until = \"2027-07-13\"", "until = \"soon\"", "line 4: `soon` is no day"),
        ("name = \"Lesesommer\"", "name = \" \"", "line 1: `name` is empty"),
        ("minutes = 1800", "minutes = -1", "line 5: `minutes` must be 0 to 71000000, got -1"),
        ("money = 400.5", "money = nan", "line 6: `money` must be 0 to"),
        (
            "alive-after-days = 90\n",
            "",
            "line 10: the measure is `alive`, but `alive-after-days` is missing",
        ),
        (
            "measure = \"alive\"",
            "measure = \"won\"",
            "line 11: `alive-after-days` belongs to the measure `alive`",
        ),
        ("hashtags = [\"LeseSommer\"]", "hashtags = [\"a.b/c\"]", "line 26: `a.b/c` is no hashtag"),
        (
            "links = [\"https://www.example.org/lesen/\"]",
            "links = [\"#a\"]",
            "line 27: `#a` is no link",
        ),
        (
            "[marks]",
            "[[platform]]\nname = \"mastodon\"\nminutes-per-week = 1\n[marks]",
            "line 26: platform mastodon is named twice",
        ),
    ] {
        let said = said(line, by);
        assert!(said.starts_with(&format!("lesesommer.toml, {expected}")), "{said}");
    }
}

#[test]
fn syntax_types_and_keys_are_named_with_their_line() {
    for (line, by, expected) in [
        ("minutes = 1800", "minuten = 1800", ["line 5", "unknown field `minuten`"]),
        ("minutes = 1800\n", "", ["line 1", "missing field `minutes`"]),
        ("minutes = 1800", "minutes = \"many\"", ["line 5", "invalid type: string"]),
        ("from = 2027-06-01", "from = 20270601", ["line 3", "expected a day such as 2027-06-01"]),
        ("target = 25", "target = -25", ["line 12", "expected u32"]),
        ("measure = \"alive\"", "measure = \"fame\"", ["line 10", "unknown variant `fame`"]),
        ("days = 90\n", "days = 90\nweeks = 3\n", ["line", "unknown field `weeks`"]),
        ("[goal]", "[goal", ["line 8", ""]),
    ] {
        let said = said(line, by);
        assert!(said.starts_with("lesesommer.toml is not valid: "), "{said}");
        assert!(expected.iter().all(|part| said.contains(part)), "{said}");
    }
}

#[test]
fn a_team_and_a_platform_are_needed() {
    let without = |part: &str| {
        let lines: Vec<&str> =
            WHOLE.split("\n\n").filter(|lines| !lines.starts_with(part)).collect();
        read(&lines.join("\n\n")).unwrap_err().source().unwrap().to_string()
    };
    assert!(without("[[team]]").contains("missing field `team`"));
    assert!(without("[[platform]]").contains("missing field `platform`"));
    let empty = read(
        &WHOLE
            .replace("minutes = 1800", "minutes = 1\nplatform = []")
            .replace("[[platform]]", "[[x]]"),
    );
    assert!(empty.is_err());
}
