//! The page and its picture say the same of the same people, in both languages, whatever people are called.

use rin_app::{LevelsView, PlatformCountView};

use super::*;

const HOSTILE: &str = "</script><img src=x onerror=alert(1)>\"'&";

fn point(name: &str, party: Option<u32>, alive: Option<f64>) -> NetworkPointView {
    NetworkPointView {
        party,
        name: name.to_owned(),
        handle: None,
        parties: if party.is_some() { 1 } else { 12 },
        opens: party
            .is_none()
            .then(|| NetworkPartView { filter: "tag:press".to_owned(), group: Some(3) }),
        platforms: vec![0],
        level: alive.map(|_| "alive"),
        alive,
        alive_range: None,
        strength: 2.0,
        last: alive.map(|_| "2026-08-11".to_owned()),
        lapse: alive.map(|_| "2026-12-24".to_owned()),
        open_since: None,
        links: Some(1),
        fits: party != Some(2),
        woven: [0.5, -0.25],
        circle: [0.0, 1.0],
    }
}

fn view(filter: &str) -> NetworkView {
    NetworkView {
        schema: "rin.network/1",
        now: "2026-08-17".to_owned(),
        covered_until: Some("2026-08-15".to_owned()),
        horizon_days: 180.0,
        threshold: 0.5,
        filter: filter.to_owned(),
        group: None,
        total: 15,
        fitting: 14,
        undecided: 1,
        remarks: vec!["1 more cannot be decided.".to_owned()],
        levels: LevelsView { alive: 13, fading: 0, lapsed: 0, no_contact: 1 },
        platforms: vec![PlatformCountView { name: "mastodon".to_owned(), parties: 14 }],
        is_gathered: true,
        points: vec![
            point(HOSTILE, Some(1), Some(0.97)),
            point("left out", Some(2), Some(0.5)),
            point("idol", Some(3), None),
            point("12 around Ann", None, Some(0.4)),
        ],
        links: vec![[0, 3]],
        listed: vec![0, 2, 3],
        rings: vec![[0.5, 0.55]],
        sectors: Vec::new(),
    }
}

#[test]
fn names_are_text_wherever_they_stand() {
    let page = page(&view(HOSTILE), Lang::De).into_string();
    assert!(!page.contains("<img"), "{page}");
    assert_eq!(page.matches("</script>").count(), 1, "{page}");
    assert!(
        page.contains("filter=%3C%2Fscript%3E") || page.contains("filter=%3C/script%3E"),
        "{page}"
    );
    let shown = not_understood((HOSTILE, None), (HOSTILE, ""), Lang::En).into_string();
    assert!(!shown.contains("<img"), "{shown}");
}

#[test]
fn the_table_lists_whom_the_filter_means_with_the_same_facts() {
    let en = page(&view(""), Lang::En).into_string();
    assert!(en.contains("14 of 15 relationships, known until 15 Aug 2026"), "{en}");
    assert!(en.contains("href=\"/people/1\"") && !en.contains("href=\"/people/2\""), "{en}");
    assert!(en.contains("97 %") && en.contains("alive, lapses on 24 Dec 2026"), "{en}");
    assert!(en.contains("href=\"/network?filter=tag%3Apress&amp;group=3\""), "{en}");
    assert!(en.contains("href=\"/network?filter=unseen\""), "{en}");
    assert!(en.contains("1 more cannot be decided."), "{en}");
    let de = page(&view(""), Lang::De).into_string();
    assert!(de.contains("14 von 15 Beziehungen, bekannt bis 15.08.2026"), "{de}");
    assert!(de.contains("kein Kontakt zu sehen"), "{de}");
    // What is not known is a dash and no number.
    let idol = de.split(">idol<").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(idol.contains('–') && !idol.contains('%'), "{idol}");
}

#[test]
fn the_picture_is_columns_of_equal_length() {
    let view = view("");
    let json = serde_json::to_value(Picture::of(&view)).unwrap();
    for column in ["names", "parties", "platforms", "alive", "levels", "strengths", "last", "lapse"]
    {
        assert_eq!(json[column].as_array().unwrap().len(), 4, "{column}");
    }
    assert_eq!(json["places"].as_array().unwrap().len(), 16);
    assert_eq!(json["alive"], serde_json::json!([97, 50, -1, 40]));
    assert_eq!(json["last"], serde_json::json!([20_676, 20_676, null, 20_676]));
    assert_eq!(json["left_out"], serde_json::json!([1]));
    assert_eq!(
        (&json["members"]["3"], &json["opens"]["3"]),
        (&12.into(), &"/network?filter=tag%3Apress&group=3".into())
    );
    assert_eq!(json["links"], serde_json::json!([0, 3]));
}

#[test]
fn a_group_stays_asked_for_while_it_is_narrowed() {
    let mut of_group = view("");
    of_group.group = Some(3);
    for page in
        [page(&of_group, Lang::De), not_understood(("alvie", Some(3)), ("alvie", ""), Lang::De)]
    {
        let page = page.into_string();
        assert!(page.contains("type=\"hidden\" name=\"group\" value=\"3\""), "{page}");
        assert!(page.contains("href=\"/network\""), "{page}");
    }
    let all = page(&view(""), Lang::De).into_string();
    assert!(!all.contains("name=\"group\""), "{all}");
}

#[test]
fn what_can_be_asked_is_a_filter() {
    for (words, ..) in EXAMPLES {
        assert!(rin_app::parse_filter(words).is_ok(), "{words}");
    }
    for lang in [Lang::En, Lang::De] {
        let page = page(&view(""), lang).into_string();
        let linked =
            page.split("/network?filter=").skip(1).filter_map(|rest| rest.split('"').next());
        let linked: Vec<&str> = linked.filter(|words| !words.contains(['%', '&'])).collect();
        assert_eq!(linked, ["alive", "fading", "lapsed", "unseen"]);
        assert!(linked.iter().all(|words| rin_app::parse_filter(words).is_ok()), "{linked:?}");
    }
}
