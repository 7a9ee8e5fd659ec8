//! `rin people`: who is proposed as one human on two platforms, and what joining, parting, importing again and forgetting do.
//!
//! Bekir Öztürk stands in two of the shipped exports: letters and a card in one, a contact with messages in the other. No
//! address ties them together, so that he is a proposal and nothing more.

use std::fs;

use serde_json::Value;

use crate::{Home, data, forget::found, stderr};

const EXPORTS: [&str; 2] = ["mail/synth-dev", "linkedin/synth-2024"];
const MAIL: &str = "bekirztrk4@example.org";
const CONTACT: &str = "bekirztrk4-1fac61";

fn home(exports: [&str; 2]) -> Home {
    Home::made(&format!("people {exports:?}"), || make(exports))
}

fn make(exports: [&str; 2]) -> Home {
    let home = Home::new();
    for export in exports {
        home.ok(&["import", &data(export)]);
    }
    home
}

/// Returns the number of the party with that handle.
fn party(home: &Home, handle: &str) -> String {
    home.json(&["party", "show", handle])["party"].to_string()
}

fn merge(home: &Home) -> String {
    home.ok(&["people", "merge", MAIL, CONTACT, "--why", "met him"]);
    party(home, MAIL)
}

fn list<'a>(view: &'a Value, name: &str) -> &'a [Value] {
    view[name].as_array().unwrap()
}

/// Returns the proposal that names both of his accounts, if there is one.
fn proposal(home: &Home) -> Option<Value> {
    let view = home.json(&["people", "suggest", "--limit", "1000"]);
    assert_eq!(view["schema"], "rin.people.suggest/1");
    let is_him = |one: &&Value| {
        let mut handles = [&one["one"]["handle"], &one["other"]["handle"]].map(Value::to_string);
        handles.sort_unstable();
        handles[0].contains(CONTACT) && handles[1].contains(MAIL)
    };
    list(&view, "proposals").iter().find(is_him).cloned()
}

/// Returns everything that is shown of the network and depends on who is one.
fn views(home: &Home) -> Vec<Value> {
    let exit = ["exit", "simulate", "--platform", "linkedin", "--from", "2026-09-01"];
    [
        &["party", "list", "--limit", "1000"][..],
        &["tag", "list"],
        &["note", "list"],
        &["people", "show"],
        &exit,
    ]
    .map(|words| home.json(words))
    .to_vec()
}

#[test]
fn a_proposal_says_why_in_both_languages_and_joins_nobody() {
    let home = home(EXPORTS);
    let before = home.dump();
    let one = proposal(&home).unwrap();
    let probability = one["probability"].as_f64().unwrap();
    assert!((0.2..1.0).contains(&probability), "{one}");
    let kinds: Vec<&str> =
        list(&one, "evidence").iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"name") && kinds.contains(&"organisation"), "{one}");
    let english = home.ok(&["people", "suggest", MAIL]);
    let german = home.ok(&["people", "suggest", MAIL, "--lang", "de"]);
    let percent = format!("{:.0}", 100.0 * probability);
    // Either side is enough for a filter; nobody else is shown.
    let total = |filter: &str| {
        let view = home.json(&["people", "suggest", "--filter", filter]);
        let [total, hidden] = [&view["total"], &view["only"]["hidden"]].map(Value::as_u64);
        (total.unwrap(), hidden.unwrap())
    };
    let (his, others) = total(&format!("handle:{MAIL}"));
    assert!(0 < his && 0 < others, "{his} {others}");
    assert_eq!(total(&format!("-handle:{MAIL}")), (his + others, 0));
    assert_eq!(total("name:nobody-at-all"), (0, his + others));
    for (said, words) in [(&english, "the same organisation"), (&german, "dieselbe Organisation")] {
        for word in [words, MAIL, CONTACT, &percent, one["command"].as_str().unwrap()] {
            assert!(said.contains(word), "`{word}` is missing in:\n{said}");
        }
    }
    assert!(!german.contains("the same"), "{german}");
    // Nobody's card vouches for a contact of these two exports, so nobody is joined.
    assert_eq!(list(&home.json(&["people", "show"]), "parties"), [] as [Value; 0]);
    assert_ne!(party(&home, MAIL), party(&home, CONTACT));
    assert_eq!(home.dump(), before);
}

#[test]
fn who_is_joined_counts_once_everywhere_and_keeps_what_was_said_of_both() {
    let home = home(EXPORTS);
    let [mail, contact] = [MAIL, CONTACT].map(|who| home.json(&["party", "show", who]));
    let parties = [&mail, &contact].map(|view| view["party"].to_string());
    home.ok(&["tag", "add", MAIL, "press"]);
    home.ok(&["tag", "add", CONTACT, "choir"]);
    home.ok(&["note", "add", MAIL, "Likes tea"]);
    home.ok(&["note", "add", CONTACT, "Plays chess"]);
    let counts = || {
        let total = home.json(&["party", "list", "--limit", "1000"]);
        let status = home.json(&["status"]);
        [&total["total"], &status["parties"], &status["interactions"]].map(|n| n.as_u64().unwrap())
    };
    let reached = || {
        let words = ["exit", "simulate", "--platform", "linkedin", "--from", "2026-09-01"];
        home.json(&words)["reachable"].as_u64().unwrap()
    };
    let lines = |of: &[String]| {
        let week = home.json(&["week", "--minutes", "2000", "--dry-run"]);
        list(&week, "lines").iter().filter(|line| of.contains(&line["party"].to_string())).count()
    };
    let (counts_before, reached_before, lines_before) = (counts(), reached(), lines(&parties));

    let one = merge(&home);
    assert!(parties.contains(&one));
    assert_eq!(one, party(&home, CONTACT));
    let [total, n_parties, interactions] = counts_before;
    assert_eq!(counts(), [total - 1, n_parties - 1, interactions]);
    assert_eq!(reached(), reached_before + 1);
    assert_eq!((lines_before, lines(&parties)), (1, 1));
    let view = home.json(&["party", "show", &one]);
    assert_eq!(list(&view, "accounts").len(), 2, "{view}");
    let n_events = |view: &Value| view["n_events"].as_u64().unwrap();
    assert!(0 < n_events(&mail) && 0 < n_events(&contact));
    assert_eq!(n_events(&view), n_events(&mail) + n_events(&contact));
    let (tags, notes) = (home.json(&["tag", "list"]), home.json(&["note", "list", &one]));
    let mut tags: Vec<&str> = list(&tags, "tags")
        .iter()
        .inspect(|row| assert_eq!(row["party"].to_string(), one))
        .map(|row| row["tag"].as_str().unwrap())
        .collect();
    tags.sort_unstable();
    assert_eq!(tags, ["choir", "press"]);
    assert_eq!(list(&notes, "notes").len(), 2, "{notes}");
    let again = home.run(&["people", "merge", MAIL, CONTACT]);
    assert_eq!(again.status.code(), Some(2), "{}", stderr(&again));
}

#[test]
fn a_split_takes_back_exactly_and_is_remembered() {
    let home = home(EXPORTS);
    home.ok(&["tag", "add", CONTACT, "choir"]);
    home.ok(&["note", "add", MAIL, "Likes tea"]);
    let before = (home.dump(), views(&home));
    let one = merge(&home);
    assert_ne!(views(&home), before.1);
    assert_eq!(proposal(&home), None, "they are one already");
    let view = home.json(&["people", "split", &one]);
    assert_eq!(list(&view, "parties").len(), 2, "{view}");
    assert_eq!((home.dump(), views(&home)), before);
    assert_eq!(proposal(&home), None, "the user said that they are two");
    home.ok(&["import", &data(EXPORTS[1])]);
    assert_eq!(proposal(&home), None, "an import does not ask anew");
    let alone = home.run(&["people", "split", MAIL]);
    assert_eq!(alone.status.code(), Some(2), "{}", stderr(&alone));
}

#[test]
fn the_order_of_imports_changes_nothing() {
    let [first, second] = EXPORTS;
    let homes = [home([first, second]), home([second, first])];
    let [one, other] = homes.each_ref().map(|home| proposal(home).unwrap()["probability"].clone());
    assert_eq!(one, other);
    for home in &homes {
        merge(home);
    }
    let [one, other] = &homes;
    let dump = one.dump();
    assert_eq!(dump, other.dump());
    let shown = |home: &Home| {
        let view = home.json(&["people", "show", MAIL]);
        list(&view["parties"][0], "facts").to_vec()
    };
    assert_ne!(shown(one), Vec::<Value>::new());
    assert_eq!(shown(one), shown(other));
    for export in [second, first] {
        one.ok(&["import", &data(export)]);
    }
    assert_eq!(one.dump(), dump);
    assert_eq!(party(one, MAIL), party(one, CONTACT));
}

#[test]
fn both_accounts_of_one_human_are_forgotten_and_stay_away() {
    let home = home(EXPORTS);
    let one = merge(&home);
    let texts: Vec<String> = ["bekirztrk4", MAIL, CONTACT, "x.com/bekirztrk4", "Bekir Öztürk"]
        .map(str::to_owned)
        .to_vec();
    for text in &texts {
        assert_ne!(found(&home, std::slice::from_ref(text)), Vec::<String>::new(), "{text}");
    }
    let view = home.json(&["forget", &one, "--yes"]);
    assert_eq!(view["is_done"], true);
    assert_eq!(view["remains"], Value::Array(Vec::new()));
    assert_eq!(found(&home, &texts), Vec::<String>::new());
    let n_before = home.json(&["status"])["parties"].clone();
    for export in EXPORTS {
        home.ok(&["import", &data(export)]);
    }
    assert_eq!(found(&home, &texts), Vec::<String>::new());
    assert_eq!(home.json(&["status"])["parties"], n_before);
    home.ok(&["doctor"]);
}

/// Lays out a card that names a page, and an export in which the holder of that page and somebody else follow.
fn card_and_follower(home: &Home) -> [String; 2] {
    let write = |name: &str, text: &str| {
        let path = home.dir.path().join("downloads").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zita Quandt\r\nEMAIL:zq@quandt.example\r\nURL:https://www.instagram.com/Zita.Quandt/\r\nEND:VCARD\r\n";
    write("cards/contacts.vcf", card);
    let follower = |name: &str| {
        format!(
            r#"{{"title":"","media_list_data":[],"string_list_data":[{{"href":"https://www.instagram.com/{name}","value":"{name}","timestamp":1750000000}}]}}"#
        )
    };
    let list = format!("[{},{}]", follower("zita.quandt"), follower("zitaquandt"));
    let folder = "follows/instagram-mara-2026-08-01-abc";
    write(&format!("{folder}/connections/followers_and_following/followers_1.json"), &list);
    ["cards", "follows"]
        .map(|name| home.dir.path().join("downloads").join(name).to_str().unwrap().to_owned())
}

#[test]
fn who_is_named_on_a_card_is_joined_with_the_import_and_nobody_else() {
    let shown = [[0, 1], [1, 0]].map(|order| {
        let home = Home::new();
        let exports = card_and_follower(&home);
        let joined = order.map(|n| home.json(&["import", &exports[n]])["joined"].clone());
        assert_eq!(joined, [0, 1]);
        let view = home.json(&["people", "show"]);
        let parties = list(&view, "parties");
        assert_eq!(parties.len(), 1, "{view}");
        let handles: Vec<&str> = list(&parties[0]["joined"], "accounts")
            .iter()
            .map(|one| one["handle"].as_str().unwrap())
            .collect();
        assert_eq!(handles, ["zita.quandt", "zq@quandt.example"]);
        let other = home.json(&["people", "show", "--filter", "platform:mastodon"]);
        assert_eq!((list(&other, "parties").len(), &other["only"]["hidden"]), (0, &1.into()));
        let german = home.ok(&["people", "show", "zita.quandt", "--lang", "de"]);
        assert!(german.contains("nach Regel") && german.contains("instagram.com/zita.quandt"));
        // The user's word stands above the rule, after another import too.
        home.ok(&["people", "split", "zita.quandt"]);
        assert_eq!(home.json(&["import", &exports[0]])["joined"], 0);
        assert_eq!(list(&home.json(&["people", "show"]), "parties"), [] as [Value; 0]);
        parties[0]["facts"].clone()
    });
    assert_eq!(shown[0], shown[1]);
    assert_ne!(shown[0], Value::Array(Vec::new()));
}

#[test]
fn a_lifted_bar_lets_somebody_come_back() {
    let home = Home::new();
    let exports = card_and_follower(&home);
    home.ok(&["import", &exports[0]]);
    home.ok(&["forget", "zq@quandt.example", "--yes"]);
    home.ok(&["import", &exports[1]]);
    let there = |who: &str| home.run(&["party", "show", who]).status.success();
    assert!(!there("zita.quandt"), "the page on her card keeps her out on another platform");
    assert!(there("zitaquandt"));
    let nobody = home.run(&["forget", "--lift", "Zita Quandt", "--lang", "de"]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(stderr(&nobody).contains("Namen sind nicht aufgehoben"), "{}", stderr(&nobody));
    let view = home.json(&["forget", "--lift", "https://instagram.com/zita.quandt"]);
    assert_eq!(view["schema"], "rin.forget.lift/1");
    for export in &exports {
        home.ok(&["import", export]);
    }
    assert!(there("zita.quandt") && there("zq@quandt.example"));
}

#[test]
fn what_two_platforms_write_alike_is_asked_about_and_not_guessed() {
    let home = Home::new();
    let talk = r#"{"participants":[{"name":"Ann"},{"name":"Mara"}],"title":"Ann","messages":[{"sender_name":"Ann","timestamp_ms":1750000000000,"content":"x"},{"sender_name":"Mara","timestamp_ms":1750000100000,"content":"x"}]}"#;
    let export = home.dir.path().join("talks");
    for name in ["ann_1", "ann_2"] {
        let folder = export.join("messages/inbox").join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("message_1.json"), talk.replace("Ann", name)).unwrap();
    }
    let export = export.to_str().unwrap();
    let asked = home.run(&["import", export]);
    assert_eq!(asked.status.code(), Some(2), "{}", stderr(&asked));
    let said = String::from_utf8_lossy(&asked.stdout);
    for word in ["facebook", "instagram", "--platform"] {
        assert!(said.contains(word), "{said}");
    }
    let view = home.json(&["import", export, "--platform", "facebook"]);
    assert_eq!(view["sources"][0]["platform"], "facebook", "{view}");
    assert_eq!(home.json(&["status"])["interactions"], 4);
}
