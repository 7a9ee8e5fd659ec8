//! What the header of one letter says: who wrote to whom, when, in which folder it lies, and whether a person wrote it.

use mail_parser::{Address, DateTime, Message, MessageParser};
use rin_plugin::prelude::Moment;

use super::folder::{self, Folder};

/// 1982-08-13, the day of RFC 822: no letter of that form is older.
const FIRST: Moment = Moment::from_unix_ms(398_044_800_000);
const DAY_MS: i64 = 86_400_000;
/// Longest address (RFC 5321, section 4.5.3.1, with its errata 1690).
const LONGEST: usize = 254;

/// Somebody named in a header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Named {
    pub(super) address: String,
    /// The name shown; empty if there is none.
    pub(super) name: String,
}

/// One letter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Letter {
    /// The letter's own id; empty if it has none.
    pub(super) id: String,
    /// When it was written; `None` if no possible date is given.
    pub(super) at: Option<Moment>,
    /// Whether the date is that of the delivery, because the writer's is missing or impossible.
    pub(super) is_dated_by_mark: bool,
    pub(super) from: Option<Named>,
    /// Those it was for.
    pub(super) to: Vec<Named>,
    /// Those who got a copy.
    pub(super) cc: Vec<Named>,
    /// The mailbox it was delivered to, if that is noted.
    pub(super) delivered: Vec<String>,
    pub(super) folder: Option<Folder>,
    /// Addresses of the list it went through.
    pub(super) lists: Vec<String>,
    /// Whether it went through a list.
    pub(super) is_of_list: bool,
    /// Whether a program wrote it: a newsletter, a notice of absence, a delivery report.
    pub(super) is_automatic: bool,
}

/// Reads headers.
pub(super) struct Letterbox {
    parser: MessageParser,
    now: Moment,
}

impl Letter {
    /// Returns about how many bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        /// A text and a place in a list, and what the memory itself needs for both.
        const TEXT: usize = 64;
        let people = self.from.iter().chain(&self.to).chain(&self.cc);
        let named = people.map(|one| one.address.len() + one.name.len() + 2 * TEXT);
        let others = self.delivered.iter().chain(&self.lists).chain([&self.id]);
        let others = others.map(|one| one.len() + TEXT);
        size_of::<Self>() + named.chain(others).sum::<usize>()
    }
}

/// Fields of a header that are read as they stand.
const TEXTS: [&str; 8] = [
    "X-Gmail-Labels",
    "Precedence",
    "Auto-Submitted",
    "List-Id",
    "List-Post",
    "List-Unsubscribe",
    "Delivered-To",
    "X-Original-To",
];
/// Fields that the library takes apart.
const TAKEN_APART: [&str; 7] = ["Date", "From", "Sender", "To", "Cc", "Bcc", "Message-ID"];

/// Whether a field of a header is read, by its first line. Most of a header is the way that the letter took.
pub(super) fn is_read(line: &[u8]) -> bool {
    // What has no name is the library's to judge.
    let Some(colon) = memchr::memchr(b':', line) else { return true };
    let name = line.get(..colon).unwrap_or_default().trim_ascii_end();
    TEXTS.iter().chain(&TAKEN_APART).any(|known| known.as_bytes().eq_ignore_ascii_case(name))
}

impl Letterbox {
    pub(super) fn new(now: Moment) -> Self {
        let parser =
            MessageParser::new().with_date_headers().with_address_headers().with_message_ids();
        let parser = TEXTS.into_iter().fold(parser, MessageParser::header_text);
        Self { parser: parser.default_header_ignore(), now }
    }

    /// Reads one header; `mark` is the line before it.
    pub(super) fn read(&self, head: &[u8], mark: &[u8]) -> Option<Letter> {
        let message = self.parser.parse_headers(head)?;
        let written = message.date().and_then(|date| self.possible(date));
        let marked = || mark_date(mark).and_then(|date| self.possible(&date));
        let at = written.or_else(marked);
        let from = message.from().or_else(|| message.sender());
        let from = from.and_then(|from| named(from).next());
        let said = Said::of(&message);
        let lists = [list_address(said.list_id), address(said.list_post)];
        Some(Letter {
            id: message.message_id().unwrap_or_default().trim().to_owned(),
            at,
            is_dated_by_mark: at.is_some() && written.is_none(),
            is_automatic: said.is_automatic(from.as_ref()),
            from,
            to: message.all_to().chain(message.all_bcc()).flat_map(named).collect(),
            cc: message.all_cc().flat_map(named).collect(),
            delivered: [said.delivered_to, said.original_to]
                .into_iter()
                .filter_map(address)
                .collect(),
            folder: folder::of_labels(said.labels),
            lists: lists.into_iter().flatten().collect(),
            is_of_list: !said.list_id.is_empty(),
        })
    }

    fn possible(&self, date: &DateTime) -> Option<Moment> {
        let ms = date.is_valid().then(|| date.to_timestamp().checked_mul(1000)).flatten()?;
        let last = self.now.unix_ms().saturating_add(DAY_MS);
        let at = Moment::from_unix_ms(ms);
        (FIRST <= at && ms <= last).then_some(at)
    }
}

/// Returns the address in a text, in lower case, without what stands around it; `None` if it is none.
pub(crate) fn address(text: &str) -> Option<String> {
    if is_plain(text) {
        return Some(text.to_owned());
    }
    let text = text.trim().trim_start_matches('<').trim_end_matches('>');
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let text = text.split(['?', '>']).next().unwrap_or_default();
    let text = text.trim_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '\'' | '"' | '<' | '>')
    });
    let (local, domain) = text.rsplit_once('@')?;
    let is_odd = |letter: char| {
        letter.is_whitespace() || letter.is_control() || matches!(letter, ',' | ';' | '<' | '>')
    };
    let is_one = !local.is_empty() && !domain.is_empty() && !local.contains('@');
    (is_one && text.len() <= LONGEST && !text.contains(is_odd)).then(|| text.to_lowercase())
}

/// Whether a text is seen at a glance to be an address as it is written here.
fn is_plain(text: &str) -> bool {
    let is_usual = |byte: u8| {
        byte.is_ascii_lowercase()
            || byte.is_ascii_digit()
            || matches!(byte, b'.' | b'-' | b'_' | b'+')
    };
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(is_usual);
    let parts = text.split_once('@').filter(|_| text.len() <= LONGEST);
    parts.is_some_and(|(local, domain)| is_word(local) && is_word(domain))
}

fn named<'a>(all: &'a Address<'_>) -> impl Iterator<Item = Named> + 'a {
    all.iter().filter_map(|one| {
        let address = address(one.address()?)?;
        let name = one.name().unwrap_or_default();
        let name = name
            .trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '\'' | '"'));
        // Programs put the address where a name belongs.
        let name = if name.contains('@') { "" } else { name };
        Some(Named { address, name: single_spaced(name) })
    })
}

fn single_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// What a header says in words; of a field that is there twice the last one counts.
#[derive(Default)]
struct Said<'m> {
    labels: &'m str,
    precedence: &'m str,
    auto_submitted: &'m str,
    delivered_to: &'m str,
    original_to: &'m str,
    list_id: &'m str,
    list_post: &'m str,
    list_unsubscribe: &'m str,
}

impl<'m> Said<'m> {
    /// Gathers all in one way through the header, since it is searched from end to end for each name.
    fn of(message: &'m Message<'_>) -> Self {
        let mut said = Self::default();
        for header in message.headers() {
            // By its text: which names have a number of their own in the library changes.
            let is = |name: &str| header.name.as_str().eq_ignore_ascii_case(name);
            let place = match () {
                () if is("X-Gmail-Labels") => &mut said.labels,
                () if is("Precedence") => &mut said.precedence,
                () if is("Auto-Submitted") => &mut said.auto_submitted,
                () if is("Delivered-To") => &mut said.delivered_to,
                () if is("X-Original-To") => &mut said.original_to,
                () if is("List-Id") => &mut said.list_id,
                () if is("List-Post") => &mut said.list_post,
                () if is("List-Unsubscribe") => &mut said.list_unsubscribe,
                () => continue,
            };
            *place = header.value.as_text().unwrap_or_default().trim();
        }
        said
    }

    /// Whether a program wrote it, by what it says of itself (RFC 3834, RFC 2076, RFC 2369) and by its sender.
    fn is_automatic(&self, from: Option<&Named>) -> bool {
        let begins = |text: &str, words: &[&str]| {
            let text = text.to_lowercase();
            words.iter().any(|word| text.starts_with(word))
        };
        let local = from.and_then(|from| from.address.split('@').next()).unwrap_or_default();
        let plain = || local.bytes().filter(u8::is_ascii_alphanumeric);
        let is_program =
            ["noreply", "donotreply", "mailerdaemon", "postmaster", "bounce", "bounces"];
        begins(self.auto_submitted, &["auto-"])
            || begins(self.precedence, &["bulk", "junk"])
            // Discussion lists let unsubscribe as well; without a list behind it, it is a mass mailing.
            || (self.list_id.is_empty() && !self.list_unsubscribe.is_empty())
            || is_program.iter().any(|name| plain().eq(name.bytes()))
    }
}

/// Returns the address that an id of a list stands for: `liste.example.org` is `liste@example.org`.
fn list_address(id: &str) -> Option<String> {
    let id = id.rsplit('<').next()?.trim_end_matches('>');
    let (local, domain) = id.split_once('.')?;
    address(&format!("{local}@{domain}"))
}

/// Returns the date in the line before a letter: `Mon Sep 04 07:11:05 +0000 2023`, in UTC if no zone is said.
fn mark_date(mark: &[u8]) -> Option<DateTime> {
    let text = std::str::from_utf8(mark).ok()?;
    let words: Vec<&str> = text.split_whitespace().skip(1).collect();
    let at = words.iter().position(|word| word.contains(':') && word.len() <= 8)?;
    let (month, day) = (words.get(at.checked_sub(2)?)?, words.get(at - 1)?);
    let rest = words.get(at + 1..)?;
    let year = rest.iter().find(|word| word.len() == 4 && word.parse::<u16>().is_ok())?;
    let zone = rest.iter().find(|word| word.len() == 5 && word.starts_with(['+', '-']));
    let zone = zone.unwrap_or(&"+0000");
    DateTime::parse_rfc822(&format!("{day} {month} {year} {} {zone}\n", words.get(at)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_unix_ms(1_800_000_000_000);

    fn letter(head: &str) -> Letter {
        let mark = b"From 1@xxx Mon Sep 04 07:11:05 +0200 2023";
        Letterbox::new(NOW).read(format!("{head}\n\n").as_bytes(), mark).unwrap()
    }

    #[test]
    fn addresses_are_taken_out_of_what_stands_around_them() {
        for text in [
            "Ann@A.example",
            " <ann@a.example> ",
            "mailto:ann@a.example?subject=x",
            "'ann@a.example'",
        ] {
            assert_eq!(address(text).as_deref(), Some("ann@a.example"), "{text}");
        }
        for none in ["", "ann", "@a.example", "ann@", "a b@c", "a@b@c", "a@b,c@d"] {
            assert_eq!(address(none), None, "{none}");
        }
        assert_eq!(address(&format!("{}@a.example", "x".repeat(300))), None);
    }

    #[test]
    fn encoded_names_commas_in_quotes_and_groups_are_read() {
        let letter = letter(
            "From: =?utf-8?b?SsO2cmcgR3Jvw58=?= <J@a.example>\nTo: \"Bee, Ann\" <ann@a.example>, Team: ben@a.example, \"cy@a.example\" <cy@a.example>;\nCc: undisclosed-recipients:;",
        );
        assert_eq!(letter.from.unwrap().name, "Jörg Groß");
        let to: Vec<(&str, &str)> =
            letter.to.iter().map(|one| (one.address.as_str(), one.name.as_str())).collect();
        assert_eq!(
            to,
            [("ann@a.example", "Bee, Ann"), ("ben@a.example", ""), ("cy@a.example", "")]
        );
        assert!(letter.cc.is_empty());
    }

    #[test]
    fn an_impossible_date_gives_way_to_that_of_the_delivery() {
        let ms = |head: &str| letter(head).at.map(Moment::unix_ms);
        assert_eq!(ms("Date: Mon, 04 Sep 2023 07:11:05 +0000"), Some(1_693_811_465_000));
        for odd in [
            "Date: Mon, 04 Sep 2093 07:11:05 +0000",
            "Date: Thu, 01 Jan 1970 00:00:00 +0000",
            "Date: soon",
            "X: 1",
        ] {
            let letter = letter(odd);
            assert_eq!(letter.at.map(Moment::unix_ms), Some(1_693_804_265_000), "{odd}");
            assert!(letter.is_dated_by_mark);
        }
        let none = Letterbox::new(NOW).read(b"Date: soon\n\n", b"From x").unwrap();
        assert_eq!(none.at, None);
        for (mark, is_date) in [
            ("From x Mon Sep  4 07:11:05 2023", true),
            ("From - 07:11:05", false),
            ("From :", false),
        ] {
            assert_eq!(
                mark_date(mark.as_bytes()).is_some_and(|date| date.is_valid()),
                is_date,
                "{mark}"
            );
        }
    }

    #[test]
    fn programs_and_lists_are_no_people() {
        for head in [
            "From: x@a.example\nAuto-Submitted: auto-replied",
            "From: x@a.example\nPrecedence: bulk",
            "From: x@a.example\nList-Unsubscribe: <https://a.example>",
            "From: No-Reply@a.example",
            "From: MAILER-DAEMON@a.example",
        ] {
            assert!(letter(head).is_automatic, "{head}");
        }
        let list = letter(
            "From: x@a.example\nList-Id: The list <liste.example.org>\nList-Post: <mailto:all@example.org>\nList-Unsubscribe: <https://a.example>",
        );
        assert!(list.is_of_list && !list.is_automatic);
        assert_eq!(list.lists, ["liste@example.org", "all@example.org"]);
        assert!(!letter("From: x@a.example\nAuto-Submitted: no").is_automatic);
    }
}
