//! `rin backtest`: on the shipped exports, on logs of anybody's, and on what cannot be tested.

use std::{fmt::Write as _, fs, path::Path};

use serde_json::Value;

use crate::{Home, data, root, stderr};

/// The same numbers on every machine.
struct Lcg(u64);

impl Lcg {
    fn unit(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap()) / f64::from(1_u32 << 31)
    }
}

/// Rows of people who meet at rates of their own until each pair falls silent at a day of its own.
fn rows() -> Vec<String> {
    let mut random = Lcg(3);
    let mut rows = Vec::new();
    for pair in 0..220 {
        let (one, other) = (pair % 12, 12 + pair / 3);
        let gap = 5.0 + 50.0 * random.unit();
        let mut day = 500.0 * random.unit();
        let end = day + 1_400.0 * random.unit();
        while day < end.min(1_100.0) {
            let (from, to) = if random.unit() < 0.5 { (one, other) } else { (other, one) };
            let second = 1_640_995_200.0 + 86_400.0 * day;
            rows.push(format!("p{from:02},p{to:02},{second:.0},reply"));
            day += 0.05 - gap * (1.0 - random.unit()).ln();
        }
    }
    rows
}

fn write(path: &Path, rows: &[String]) {
    let mut text = "src,dst,t,kind\n".to_owned();
    for row in rows {
        writeln!(text, "{row}").unwrap();
    }
    fs::write(path, text).unwrap();
}

/// Whether every element that is opened is closed in turn, and every attribute is quoted.
fn assert_well_formed(text: &str) {
    let mut open = Vec::new();
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('<') {
        assert!(
            !before.contains('>')
                || before.trim_start().starts_with('\n')
                || open.last() == Some(&"style")
        );
        let (tag, after) = tail.split_once('>').unwrap();
        assert!(!tag.contains('<') && tag.matches('"').count() % 2 == 0, "<{tag}>");
        let name = tag.split([' ', '/']).find(|word| !word.is_empty()).unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "</{name}>");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
        rest = after;
    }
    assert_eq!((open.len(), rest.trim()), (0, ""));
    for entity in text.split('&').skip(1) {
        assert!(["amp;", "lt;", "gt;", "quot;"].iter().any(|one| entity.starts_with(one)));
    }
}

/// Returns the verdict as it stands at the head of the text, lines joined.
fn verdict(said: &str) -> String {
    said.split("\n\n").next().unwrap().replace('\n', " ")
}

fn model<'a>(view: &'a Value, name: &str) -> &'a Value {
    view["models"].as_array().unwrap().iter().find(|model| model["name"] == name).unwrap()
}

#[test]
fn the_shipped_exports_are_looked_back_at() {
    let home = Home::demo();
    let view = home.json(&["backtest"]);
    assert_eq!(view["schema"], "rin.backtest/1");
    assert_eq!(view["source"]["kind"], "network");
    assert_eq!(view["source"]["platforms"], serde_json::json!(["bluesky", "mastodon"]));
    assert_eq!(view["platforms"].as_array().unwrap().len(), 2);
    assert_eq!(view["reference"], "rin");
    assert!(model(&view, "rin")["metrics"][0]["value"].is_number(), "{view}");
    assert_eq!(view, home.json(&["backtest"]), "deterministic");
    let one = home.json(&["backtest", "--platform", "mastodon"]);
    assert_eq!(one["source"]["platforms"], serde_json::json!(["mastodon"]));
    assert_eq!(one["models"], view["platforms"][1]["models"]);
    assert_eq!(
        verdict(&home.ok(&["backtest"])),
        "On your past, Rin would have warned of 8 of 15 lapses; simple reminders (days since) of 4, drawing lots of 2, with as many warnings each. Asked which of two ties goes on, Rin was right 96 times in 100, reminders 94 times; the difference is more than chance. Better than Rin here was √ rule: right 97 times in 100, by more than chance. Of 19 ties it gave about 66 %, 100 % were heard of again; on the whole its percentages were too low: 59 % said, 68 % came."
    );
    assert_eq!(
        verdict(&home.ok(&["backtest", "--lang", "de"])),
        "In deiner Vergangenheit hätte Rin bei 8 von 15 Beziehungen gewarnt, die dann verfielen; einfache Erinnerungen (Tage seit Kontakt) bei 4, das Los bei 2, mit je gleich vielen Warnungen. Gefragt, welche von zwei Beziehungen weitergeht, lag Rin in 96 von 100 Fällen richtig, Erinnerungen in 94; der Unterschied ist mehr als Zufall. Besser als Rin war hier √-Regel: in 97 von 100 Fällen richtig, und das ist mehr als Zufall. Von 19 Beziehungen, denen es rund 66 % gab, kam bei 100 % wieder Kontakt; im Ganzen waren seine Prozente zu niedrig: 59 % gesagt, 68 % gekommen."
    );
}

#[test]
fn a_log_of_anybodys_needs_no_network_and_its_order_does_not_matter() {
    let home = Home::new();
    fs::remove_dir_all(home.path()).unwrap();
    let mut rows = rows();
    assert!((2_000..20_000).contains(&rows.len()), "{}", rows.len());
    let dir = home.dir.path();
    write(&dir.join("log.csv"), &rows);
    let words = ["backtest", "log.csv", "--svg", "log.svg"];
    let said = home.ok(&words);
    assert_eq!(
        verdict(&said),
        "In this log, Rin would have warned of 35 of 59 lapses; simple reminders (days since) of 37, drawing lots of 11, with as many warnings each. Asked which of two ties goes on, Rin was right 94 times in 100, reminders 94 times; the difference may be chance. Of 17 other methods none was better by more than chance; 8 were worse, 9 too close to tell. Of 43 ties it gave about 70 %, 91 % were heard of again; what it said fits what came on the whole and in 7 of 10 such groups."
    );
    assert!(said.ends_with("Picture: log.svg\n"), "{said}");
    let picture = fs::read_to_string(dir.join("log.svg")).unwrap();
    assert_well_formed(&picture);
    assert!(
        picture.contains("prefers-color-scheme: dark") && picture.contains("days since contact")
    );
    assert_eq!(home.ok(&words), said, "deterministic");
    assert_eq!(fs::read_to_string(dir.join("log.svg")).unwrap(), picture);
    let german = home.ok(&["backtest", "log.csv", "--lang", "de", "--svg", "log.svg"]);
    assert_eq!(
        verdict(&german),
        "In diesem Log hätte Rin bei 35 von 59 Beziehungen gewarnt, die dann verfielen; einfache Erinnerungen (Tage seit Kontakt) bei 37, das Los bei 11, mit je gleich vielen Warnungen. Gefragt, welche von zwei Beziehungen weitergeht, lag Rin in 94 von 100 Fällen richtig, Erinnerungen in 94; der Unterschied kann Zufall sein. Von 17 anderen Verfahren war keines um mehr als Zufall besser; 8 waren schlechter, 9 zu nah für ein Urteil. Von 43 Beziehungen, denen es rund 70 % gab, kam bei 91 % wieder Kontakt; das Gesagte passt zum Eingetroffenen im Ganzen und in 7 von 10 solchen Gruppen."
    );
    let german = fs::read_to_string(dir.join("log.svg")).unwrap();
    assert_well_formed(&german);
    assert!(german.contains("Stimmen Rins Prozente?") && german.contains("Tage seit Kontakt"));

    let mut random = Lcg(5);
    rows.sort_by_cached_key(|_| random.unit().to_bits());
    write(&dir.join("other.csv"), &rows);
    let mut views =
        ["log.csv", "other.csv"].map(|name| home.json(&["backtest", name, "--cut", "2024-01-01"]));
    assert_eq!(views[1]["source"]["name"], "other.csv");
    views[1]["source"]["name"] = "log.csv".into();
    assert_eq!(views[0], views[1]);
    let one = home.json(&[
        "backtest",
        "log.csv",
        "--ego",
        "p03",
        "--cut",
        "2024-01-01",
        "--replicates",
        "0",
    ]);
    assert!(one["ties"].as_u64() < views[0]["ties"].as_u64());
    assert_eq!(model(&one, "days since")["metrics"][0]["compared"], Value::Null);
}

#[test]
fn what_cannot_be_tested_is_named_with_a_remedy() {
    let home = Home::demo();
    let dir = home.dir.path();
    fs::write(dir.join("bad.csv"), "src,dst,t\nann,ben,2024-01-01\nann,ben,soon\n").unwrap();
    fs::write(dir.join("short.csv"), "src,dst,t\nann,ben,2024-01-01\nann,ben,2024-02-01\n")
        .unwrap();
    let check = |words: &[&str], said: &[&str]| {
        let words: Vec<&str> = ["backtest"].into_iter().chain(words.iter().copied()).collect();
        let output = home.run(&words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty());
        for part in said {
            let all = stderr(&output);
            assert!(all.contains(part), "{words:?}: `{part}` is missing in:\n{all}");
        }
    };
    check(
        &["bad.csv"],
        &["error: bad.csv, line 3: `soon` is no moment\n", "what to do: src and dst are ids"],
    );
    check(
        &["nowhere.csv"],
        &["error: cannot read nowhere.csv\n", "because: No such file", "what to do: Check that"],
    );
    check(&["bad.txt"], &["bad.txt is neither .csv nor .jsonl nor .parquet"]);
    check(
        &["short.csv"],
        &[
            "error: the past spans 31 days, and testing a horizon of 14 days needs 70\n",
            "what to do: Look less far ahead: --horizon 6;",
        ],
    );
    check(
        &["short.csv", "--lang", "de"],
        &[
            "Fehler: die Vergangenheit umfasst 31 Tage, und eine Frist von 14 Tagen zu prüfen braucht 70\n",
            "was tun: Weniger weit vorausschauen: --horizon 6;",
        ],
    );
    check(&["--horizon", "900"], &["error: the past spans", "--horizon "]);
    check(
        &["--cut", "2026-08-01", "--horizon", "60"],
        &["within 60 days after 1 Aug 2026 is not known yet", "--cut 2026-06-"],
    );
    check(
        &["--platform", "chess"],
        &["there is nothing from `chess` in your network", "There is: bluesky, mastodon."],
    );
    check(&["--cut", "soon"], &["`soon` is neither a day"]);
    check(&["--horizon", "-3"], &["a horizon is a number of days from 1 to 3650"]);
    check(&["--ego", "nobody at all"], &["nobody is called"]);
}

#[test]
fn a_network_without_a_past_leads_to_the_next_step() {
    let empty = Home::new();
    let output = empty.run(&["backtest"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("what to do: Import an export: rin import PATH"),
        "{}",
        stderr(&output)
    );
    empty.ok(&["import", &data("bluesky/pds")]);
    let output = empty.run(&["backtest"]);
    assert!(stderr(&output).contains("rin own add HANDLE"), "{}", stderr(&output));
}

#[test]
fn a_public_data_set_gives_a_verdict() {
    let path = root().join("../shared/data/interactions/college.csv.gz");
    if !path.exists() {
        eprintln!("skipped: no data set at {}", path.display());
        return;
    }
    let home = Home::new();
    let words = ["backtest", path.to_str().unwrap(), "--platform", "social", "--replicates", "50"];
    let view = home.json(&words);
    assert_eq!((&view["is_enough"], &view["horizon"]["days"]), (&true.into(), &30.0.into()));
    let auc = |name: &str| model(&view, name)["metrics"][0]["value"].as_f64().unwrap();
    assert!(auc("days since") < auc("rin") && 0.9 < auc("rin"), "{}", auc("rin"));
}
