//! Does a filter mean what it says, and does it say so when it means nothing?

use proptest::prelude::*;

use super::*;
use crate::{Day, Level, PartyKind, Tier};

fn read(text: &str) -> Filter {
    text.parse().unwrap()
}

fn ann() -> FilterFacts {
    FilterFacts {
        names: vec!["Ada Lovelace".into()],
        handles: vec!["ada@example.org".into()],
        platforms: vec!["linkedin".into(), "mastodon".into()],
        kind: PartyKind::Person,
        tags: vec!["press".into(), "local radio".into()],
        notes: vec!["Met at the Reading Summer, likes tea".into()],
        ties: [(TieRole::Follower, true), (TieRole::Following, false)].into(),
        campaign: Some(Some("reading-summer".into())),
        won: Some(day_of_date(2026, 3, 31).unwrap()),
        last: Some(day_of_date(2026, 7, 1).unwrap()),
        level: Some(Level::Fading),
        tier: Some(Tier::Close),
        alive: Some(0.5),
        silent_days: Some(91.0),
        lapse_days: Some(-3.0),
        contacts: Some(12.0),
        is_waiting: Some(true),
        ..FilterFacts::default()
    }
}

#[test]
fn each_question_is_answered_yes_no_or_not_at_all() {
    for (text, expected) in [
        ("", Some(true)),
        ("   ", Some(true)),
        ("platform:linkedin", Some(true)),
        ("PLATFORM:LinkedIn", Some(true)),
        ("platform:linked", Some(false)),
        ("tag:press", Some(true)),
        ("tag:\"Local Radio\"", Some(true)),
        ("tag:*", Some(true)),
        ("tag:\"*\"", Some(false)),
        ("name:ada", Some(true)),
        ("\"ada love\"", Some(true)),
        ("name:\"Ada L\"", Some(true)),
        ("handle:example.org", Some(true)),
        ("note:tea", Some(true)),
        ("-note:*", Some(false)),
        ("kind:person", Some(true)),
        ("kind:bot", Some(false)),
        ("tie:follower", Some(true)),
        ("tie:following", Some(false)),
        ("tie:friend", None),
        ("-tie:friend", None),
        ("campaign:reading-summer", Some(true)),
        ("campaign:*", Some(true)),
        ("won:2026-03", Some(true)),
        ("won:2026-04..", Some(false)),
        ("first:2026", None),
        ("last:..2026-06", Some(false)),
        ("fading", Some(true)),
        ("level:alive", Some(false)),
        ("tier:close", Some(true)),
        ("alive<0.5", Some(false)),
        ("alive<=50%", Some(true)),
        ("alive = 50 %", None),
        ("silent>90d", Some(true)),
        ("silent>13w", Some(false)),
        ("silent>=13w", Some(true)),
        ("silent>3m", Some(false)),
        ("lapses<30d", Some(true)),
        ("lapses<-2", Some(true)),
        ("contacts=12", Some(true)),
        ("received>0", None),
        ("not received>0", None),
        ("waiting", Some(true)),
        ("awaited", None),
        ("-waiting", Some(false)),
        ("unseen", Some(false)),
        ("- -waiting", Some(true)),
        ("party:12", None),
    ] {
        let Ok(filter) = text.parse::<Filter>() else {
            assert_eq!(text, "alive = 50 %");
            continue;
        };
        assert_eq!(filter.answer(&ann()), expected, "{text}");
        assert_eq!(filter.matches(&ann()), expected == Some(true), "{text}");
    }
}

#[test]
fn or_binds_least_and_what_is_unknown_is_decided_by_what_is_not() {
    for (text, expected) in [
        ("kind:bot tag:press or waiting", Some(true)),
        ("kind:bot (tag:press or waiting)", Some(false)),
        ("kind:bot and awaited", Some(false)),
        ("waiting or awaited", Some(true)),
        ("waiting awaited", None),
        ("kind:bot or awaited", None),
        ("-(waiting awaited)", None),
        ("-(kind:bot awaited)", Some(true)),
    ] {
        assert_eq!(read(text).answer(&ann()), expected, "{text}");
    }
}

#[test]
fn whoever_is_known_by_nothing_matches_only_what_needs_nothing() {
    let nobody = FilterFacts::default();
    for text in [
        "alive<0.5",
        "alive>=0.5",
        "-alive<0.5",
        "kind:person",
        "-kind:person",
        "waiting",
        "won:2026",
    ] {
        assert!(!read(text).matches(&nobody), "{text}");
    }
    assert!(read("-tag:press unseen").matches(&nobody));
    assert_eq!(read("-unseen").answer(&nobody), Some(false));
}

#[test]
fn a_filter_is_printed_in_one_spelling() {
    for (text, printed) in [
        ("a", None),
        ("Tag:press   AND not ( Kind:Bot )", Some("tag:press -kind:bot")),
        ("((tag:a or (tag:b or tag:c)))", Some("tag:a or tag:b or tag:c")),
        ("(tag:a tag:b) (tag:c or tag:d)", Some("tag:a tag:b (tag:c or tag:d)")),
        ("not (tag:a tag:b)", Some("-(tag:a tag:b)")),
        ("silent>2w alive < 5%", Some("silent>14d alive<0.05")),
        ("won:2026-02 alive", Some("won:2026-02-01..2026-02-28 level:alive")),
        ("name:\"say \\\"hi\\\" \\\\ (x)\"", Some("name:\"say \\\"hi\\\" \\\\ (x)\"")),
        ("tag:a:b", Some("tag:a:b")),
        ("\"Ada\"", Some("name:ada")),
        ("party:#7", Some("party:7")),
    ] {
        let found = text.parse::<Filter>().map(|filter| filter.to_string()).ok();
        assert_eq!(found.as_deref(), printed, "{text}");
    }
}

#[test]
fn a_mistake_is_named_with_its_place_and_what_was_meant() {
    let deep = format!("{}tag:a{}", "(".repeat(30), ")".repeat(30));
    for (text, expected) in [
        ("alvie<0.5", "`alvie` at character 1 is no word of the filter language, perhaps `alive`"),
        (
            "tag:a waitng",
            "`waitng` at character 7 is no word of the filter language, perhaps `waiting`",
        ),
        ("xyzzy", "`xyzzy` at character 1 is no word of the filter language"),
        (
            "kind:persn",
            "`persn` at character 6 is no kind, which may be person, organisation, bot, perhaps `person`",
        ),
        ("alive:0.5", "`alive` at character 1 is compared with a number by <, <=, >, >= or ="),
        ("silent", "`silent` at character 1 is compared with a number by <, <=, >, >= or ="),
        ("alive<", "`alive` at character 1 is compared with a number by <, <=, >, >= or ="),
        ("alive<high", "`high` at character 7 is no number for alive, such as 0.5 or 50%"),
        ("silent>90x", "`90x` at character 8 is no number for silent, such as 90d, 12w, 3m or 1y"),
        ("alive<inf", "`inf` at character 7 is no number for alive, such as 0.5 or 50%"),
        ("tag: press", "`tag` at character 1 takes a word right after a colon"),
        ("tag<3", "`tag` at character 1 takes a word right after a colon"),
        (
            "tier",
            "`tier` at character 1 takes a word right after a colon: loose, regular, close, inner",
        ),
        (
            "won:march",
            "`march` at character 5 is no time for won, such as 2026, 2026-03, 2026-03-05 or 2026-01..2026-03",
        ),
        ("(tag:a", "the parenthesis at character 1 is never closed"),
        ("tag:a)", "the parenthesis at character 6 closes nothing"),
        ("name:\"ada", "the quotation mark at character 6 is never closed"),
        ("tag:a or", "something to look for is missing at the end"),
        ("or tag:a", "something to look for is missing before `or` at character 1"),
        ("()", "something to look for is missing before `)` at character 2"),
        ("-", "something to look for is missing at the end"),
        (&deep, "more than 24 parentheses within one another at character 25"),
        (&"(".repeat(3_000), "a filter has at most 2000 characters"),
    ] {
        let error = text.parse::<Filter>().unwrap_err();
        assert_eq!(error.to_string(), expected, "{text}");
    }
}

#[test]
fn what_is_asked_about_is_known_beforehand() {
    let filter = read("note:tea or -(campaign:* tag:press tag:radio)");
    let names: Vec<_> = filter.asks_about().into_iter().collect();
    assert_eq!(names, ["campaign", "note", "tag"]);
    assert_eq!(filter.words_of("tag"), ["press", "radio"]);
    assert_eq!(filter.words_of("campaign"), Vec::<&str>::new());
}

fn term() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        "[a-z*]{1,6}",
        r#""[ -~äöü]{0,8}""#.prop_map(|text: String| {
            let inner = text.trim_matches('"').replace(['\\', '"'], "");
            format!("\"{inner}\"")
        })
    ];
    prop_oneof![
        (
            prop::sample::select(vec!["tag", "name", "handle", "note", "platform", "campaign"]),
            value
        )
            .prop_map(|(name, value)| format!("{name}:{value}")),
        (
            prop::sample::select(vec!["alive", "silent", "contacts", "lapses"]),
            prop::sample::select(vec!["<", "<=", ">", ">=", "="]),
            -2_000.0..2_000.0_f64
        )
            .prop_map(|(name, sign, value)| format!("{name}{sign}{value}")),
        prop::sample::select(vec![
            "waiting",
            "fading",
            "kind:bot",
            "tie:friend",
            "won:2026-02",
            "last:..2024",
            "tier:inner",
            "silent>3m",
            "alive<12.5%",
            "party:3",
        ])
        .prop_map(str::to_owned),
    ]
}

fn filter_text() -> impl Strategy<Value = String> {
    term().prop_recursive(5, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|parts| format!("({})", parts.join(" or "))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.join(" ")),
            inner.prop_map(|part| format!("not ({part})")),
        ]
    })
}

fn facts() -> impl Strategy<Value = FilterFacts> {
    let figure = || prop::option::of(0.0..200.0_f64);
    let yes = || prop::option::of(any::<bool>());
    (figure(), figure(), figure(), yes(), yes(), prop::option::of(-500..30_000_i32)).prop_map(
        |(alive, silent_days, lapse_days, is_waiting, friend, last)| FilterFacts {
            alive: alive.map(|alive| alive / 200.0),
            silent_days,
            lapse_days,
            is_waiting,
            ties: friend.map(|friend| (TieRole::Friend, friend)).into_iter().collect(),
            last: last.map(Day::from_number),
            ..FilterFacts::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_printed_reads_as_the_same(text in filter_text()) {
        let filter = read(&text);
        let again = read(&filter.to_string());
        prop_assert_eq!(&again, &filter, "{}", filter);
        prop_assert_eq!(again.to_string(), filter.to_string());
    }

    #[test]
    fn a_filter_and_its_negation_share_nobody(text in filter_text(), facts in facts()) {
        let (filter, negation) = (read(&text), read(&format!("-({text})")));
        prop_assert_eq!(filter.answer(&facts), negation.answer(&facts).map(|answer| !answer));
    }

    #[test]
    fn text_of_strangers_is_read_or_refused(text in "[-()a-z:<>=\"\\\\*0-9. äß]{0,60}") {
        if let Ok(filter) = text.parse::<Filter>() {
            prop_assert_eq!(filter.to_string().parse::<Filter>(), Ok(filter));
        }
    }

    #[test]
    fn any_text_at_all_does_no_harm(text in any::<String>()) {
        if let Err(error) = text.parse::<Filter>() {
            prop_assert!(1 <= error.at && error.at <= text.chars().count() + 1);
        }
    }
}

/// The user's page on the language; its examples are read here, so that none of them can be wrong.
const PAGE: &str = include_str!("../../../../docs/FILTER.md");

#[test]
fn every_example_of_the_documentation_is_a_filter() {
    let rows = PAGE.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.filter_map(|row| row.trim_start_matches('|').split(" | ").next());
    let in_tables = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let commands =
        PAGE.lines().filter_map(|line| line.split_once("--filter ").map(|(_, rest)| rest));
    let on_the_line =
        commands.filter(|rest| !rest.contains('`')).map(|rest| match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split('\'').next().unwrap(),
            None => rest.split(' ').next().unwrap(),
        });
    let examples: Vec<&str> = in_tables.chain(on_the_line).collect();
    assert!(40 <= examples.len(), "{}", examples.len());
    for example in examples {
        assert!(example.parse::<Filter>().is_ok(), "{example}: {:?}", example.parse::<Filter>());
    }
    for (limit, shown) in [(LONGEST, "2,000 characters"), (DEEPEST, "24 parentheses")] {
        assert!(PAGE.contains(shown), "{limit}");
    }
}
