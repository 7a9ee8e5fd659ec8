//! Every route of the page under drawn questions, forms, headers and bodies: refused or answered, never a fault of ours.

use crate::{Home, page::Page};

/// `SplitMix64` (Steele, Lea, Flood 2014): the same questions in every run.
struct Drawn(u64);

impl Drawn {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn of<'a>(&mut self, among: &[&'a str]) -> &'a str {
        let count = u64::try_from(among.len()).unwrap();
        among[usize::try_from(self.number() % count).unwrap()]
    }
}

/// Values that a form may hold, and many that it may not.
const VALUES: [&str; 40] = [
    "",
    "0",
    "1",
    "2",
    "7",
    "-1",
    "4294967295",
    "4294967296",
    "99999999999999999999",
    "1e309",
    "NaN",
    "-0.0",
    "0x10",
    "2026-08-17",
    "2026-02-30",
    "-9999-01-01",
    "9999-12-31",
    "262144-01-01",
    "17.08.2026",
    "mastodon",
    "bluesky",
    "done",
    "later",
    "never",
    "lapsed",
    "fading",
    "%00",
    "%ff%fe",
    "%F0%9F%A6%8A",
    "%22%3E%3Cscript%3E",
    "..%2F..%2Fx",
    "%2Fetc%2Fpasswd",
    "//evil.example",
    "alive%3C0.5",
    "platform%3A",
    "(((((((((((((((((",
    "tag%3A%22",
    "not%20not%20not",
    "seen%3E2026-13-40",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

/// What a question or a form of any route may name.
const NAMES: [&str; 26] = [
    "filter", "group", "text", "level", "said", "undone", "calendar", "plan", "line", "answer",
    "minutes", "until", "party", "tag", "day", "note", "account", "parties", "first", "apart",
    "platform", "from", "to", "name", "budget", "path",
];

/// Every route with a place for a value in it where it has one.
const ROUTES: [&str; 31] = [
    "/",
    "/asset/{}",
    "/language/{}",
    "/calendar/{}",
    "/week/calendar",
    "/campaigns",
    "/campaigns/{}",
    "/exit",
    "/exit/handover",
    "/network",
    "/network/picture",
    "/programme",
    "/week",
    "/week/answer",
    "/week/undo",
    "/people",
    "/people/{}",
    "/people/tag",
    "/people/untag",
    "/people/note",
    "/people/unnote",
    "/people/part",
    "/people/join",
    "/plugins",
    "/plugins/{}",
    "/import/{}",
    "/import/path",
    "/import/file/{}",
    "/import/start/{}",
    "/import/events/{}",
    "/own",
];

const KINDS: [&str; 6] = [
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/octet-stream",
    "",
];

/// How many are asked.
const ASKED: usize = 700;

fn pairs(drawn: &mut Drawn) -> String {
    let count = drawn.number() % 5;
    let pairs: Vec<String> =
        (0..count).map(|_| format!("{}={}", drawn.of(&NAMES), drawn.of(&VALUES))).collect();
    pairs.join("&")
}

#[test]
fn no_question_is_answered_by_a_fault_of_ours() {
    let home = Home::demo();
    let page = Page::of(&home);
    let mut drawn = Drawn(7);
    let mut seen = [0_usize; 6];
    for n in 0..ASKED {
        let route = drawn.of(&ROUTES).replace("{}", drawn.of(&VALUES));
        let path = format!("{route}?{}", pairs(&mut drawn));
        let body = match drawn.number() % 4 {
            0 => "{\"party\":1,\"text\":[[[[".to_owned(),
            1 => drawn.of(&VALUES).to_owned(),
            _ => pairs(&mut drawn),
        };
        let kind = if drawn.number().is_multiple_of(3) { drawn.of(&KINDS) } else { KINDS[0] };
        let answer = if n % 2 == 0 { page.get(&path) } else { page.post_as(&path, kind, &body) };
        // Nothing at all would be a connection that was dropped, or a question that hung for half a minute.
        assert!((200..500).contains(&answer.status), "{path}\n{kind}\n{body}\n{answer:?}");
        seen[usize::from(answer.status / 100)] += 1;
    }
    assert!(
        50 < seen[2] && 50 < seen[4],
        "both what is answered and what is refused is drawn: {seen:?}"
    );
    assert_eq!(page.get("/week").status, 200);
}
