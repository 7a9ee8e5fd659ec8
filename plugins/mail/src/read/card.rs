//! One card of an address book, in the versions 2.1, 3.0 and 4.0, and where cards begin and end.
//!
//! A book is cut into its cards before they are parsed, so that a damaged one costs itself and its line can be named.

use calcard::{
    Entry, Parser,
    common::PartialDateTime,
    vcard::{VCard, VCardEntry, VCardKind, VCardParameterName, VCardProperty, VCardValue},
};
use mail_parser::DateTime;
use rin_plugin::prelude::{FactKind, Moment, normal_fact};

use super::letter::address;

/// What a card is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum About {
    #[default]
    Person,
    Organisation,
    /// A list of other cards, a device, a place.
    Else,
}

/// One card.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Card {
    /// The line it begins on, counted from 1.
    pub(super) place: u64,
    pub(super) about: About,
    pub(super) name: String,
    pub(super) organisation: String,
    pub(super) addresses: Vec<String>,
    /// Numbers, in digits with a `+` before them if there was one.
    pub(super) phones: Vec<String>,
    pub(super) uid: String,
    /// The first category it stands in.
    pub(super) category: String,
    /// When it was changed last.
    pub(super) changed: Option<Moment>,
    /// Addresses of related people, each with what they are: `spouse`.
    pub(super) related: Vec<(String, String)>,
    /// Relations that name nobody by an address.
    pub(super) loose_relations: u64,
    /// Profiles and messengers on other platforms that are no address of a page.
    pub(super) profiles: u64,
    /// Addresses of pages and profiles.
    pub(super) pages: Vec<String>,
    /// What the person does.
    pub(super) role: String,
    /// The town of the first address that has one.
    pub(super) town: String,
}

/// A card's text and the line it begins on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Piece<'t> {
    pub(super) place: u64,
    pub(super) text: &'t str,
    /// Whether the text ends before the card does.
    pub(super) is_cut: bool,
}

/// Cuts a book into its cards; a card inside another belongs to it.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut found, mut depth, mut begin, mut at) = (Vec::new(), 0_u32, (0, 0), 0);
    for (number, line) in (1_u64..).zip(text.split_inclusive('\n')) {
        let word: String = line.chars().filter(|letter| !letter.is_whitespace()).take(12).collect();
        // A card inside a card is written `AGENT:BEGIN:VCARD` as well, and ends like any other.
        let is_begin = word.eq_ignore_ascii_case("BEGIN:VCARD")
            || (0 < depth && line.trim().to_ascii_uppercase().ends_with(":BEGIN:VCARD"));
        if is_begin {
            if depth == 0 {
                begin = (at, number);
            }
            depth += 1;
        } else if 0 < depth && word.eq_ignore_ascii_case("END:VCARD") {
            depth -= 1;
            if depth == 0 {
                let text = text.get(begin.0..at + line.len()).unwrap_or_default();
                found.push(Piece { place: begin.1, text, is_cut: false });
            }
        }
        at += line.len();
    }
    if 0 < depth {
        let text = text.get(begin.0..).unwrap_or_default();
        found.push(Piece { place: begin.1, text, is_cut: true });
    }
    found
}

/// Reads one card; `None` if it is none.
pub(super) fn read(piece: Piece<'_>, now: Moment) -> Option<Card> {
    let Entry::VCard(card) = Parser::new(piece.text).entry() else { return None };
    let mut found = Card { place: piece.place, about: about(&card), ..Card::default() };
    let one = |property: VCardProperty| card.property(&property).map(text).unwrap_or_default();
    found.organisation = card.property(&VCardProperty::Org).map(first_text).unwrap_or_default();
    found.name = one(VCardProperty::Fn);
    if found.name.is_empty() {
        found.name = card.property(&VCardProperty::N).map(full_name).unwrap_or_default();
    }
    if found.name.is_empty() {
        found.name.clone_from(&found.organisation);
        if found.about == About::Person && !found.name.is_empty() {
            found.about = About::Organisation;
        }
    }
    found.uid = one(VCardProperty::Uid);
    found.category = card.property(&VCardProperty::Categories).map(first_text).unwrap_or_default();
    found.changed = changed(&card).filter(|at| *at <= now);
    for entry in &card.entries {
        add(&mut found, entry);
    }
    Some(found)
}

fn add(card: &mut Card, entry: &VCardEntry) {
    match &entry.name {
        VCardProperty::Email => {
            let address = address(&text(entry));
            card.addresses.extend(address.filter(|one| !card.addresses.contains(one)));
        }
        VCardProperty::Tel => {
            let phone = phone(&text(entry));
            card.phones.extend(phone.filter(|one| !card.phones.contains(one)));
        }
        VCardProperty::Related => match address(&text(entry)) {
            Some(address) => {
                let mut kinds = entry.parameters(&VCardParameterName::Type);
                let kind = kinds.find_map(|kind| kind.as_text()).unwrap_or_default();
                card.related.push((address, kind.to_lowercase()));
            }
            None => card.loose_relations += 1,
        },
        VCardProperty::Impp | VCardProperty::Socialprofile | VCardProperty::Url => {
            profile(card, entry);
        }
        VCardProperty::Title if card.role.is_empty() => card.role = text(entry),
        VCardProperty::Adr if card.town.is_empty() => {
            card.town = entry.values.get(3).map(|part| words(&value(part))).unwrap_or_default();
        }
        VCardProperty::Other(name) => {
            let name = name.to_uppercase();
            let messengers = ["X-JABBER", "X-SKYPE", "X-ICQ", "X-AIM", "X-MSN"];
            card.profiles += u64::from(messengers.contains(&name.as_str()));
            if name == "X-SOCIALPROFILE" {
                profile(card, entry);
            }
            card.loose_relations += u64::from(name == "X-ABRELATEDNAMES");
        }
        _ => {}
    }
}

/// Takes a profile: the address of its page, or the name at a service whose pages are known.
fn profile(card: &mut Card, entry: &VCardEntry) {
    let text = text(entry);
    let mut kinds = entry.parameters(&VCardParameterName::Type).filter_map(|kind| kind.as_text());
    let of_service = |service: &str| {
        let front = match service.to_ascii_lowercase().as_str() {
            "twitter" | "x" => "x.com/",
            "instagram" => "instagram.com/",
            "github" => "github.com/",
            "linkedin" => "linkedin.com/in/",
            "tiktok" => "tiktok.com/@",
            "bluesky" => "bsky.app/profile/",
            _ => return None,
        };
        Some(format!("{front}{}", text.trim_start_matches("x-apple:").trim_start_matches('@')))
    };
    let is_page = text.starts_with("https://") || text.starts_with("http://");
    let page = if is_page { Some(text.clone()) } else { kinds.find_map(of_service) };
    match page.and_then(|page| normal_fact(FactKind::Vouched, &page)) {
        Some(page) => card.pages.push(page),
        None => card.profiles += 1,
    }
}

fn about(card: &VCard) -> About {
    let value = |name: &VCardProperty| card.property(name).and_then(|entry| entry.values.first());
    match value(&VCardProperty::Kind) {
        Some(VCardValue::Kind(VCardKind::Org)) => return About::Organisation,
        Some(VCardValue::Kind(VCardKind::Individual)) => return About::Person,
        Some(VCardValue::Kind(_)) => return About::Else,
        _ => {}
    }
    // Apple writes it so in version 3.0.
    let other = |wanted: &str, word: &str| {
        card.entries.iter().any(|entry| {
            let is_it = |name: &str| name.eq_ignore_ascii_case(wanted);
            matches!(&entry.name, VCardProperty::Other(name) if is_it(name))
                && text(entry).eq_ignore_ascii_case(word)
        })
    };
    if other("X-ABShowAs", "COMPANY") || other("X-ADDRESSBOOKSERVER-KIND", "org") {
        About::Organisation
    } else if other("X-ADDRESSBOOKSERVER-KIND", "group") {
        About::Else
    } else {
        About::Person
    }
}

/// Returns the values of a property as one text, with single spaces.
fn text(entry: &VCardEntry) -> String {
    let all: Vec<String> = entry.values.iter().map(value).collect();
    words(&all.join(" "))
}

fn first_text(entry: &VCardEntry) -> String {
    entry.values.first().map(value).map(|text| words(&text)).unwrap_or_default()
}

fn value(value: &VCardValue) -> String {
    match value {
        VCardValue::Text(text) => text.clone(),
        VCardValue::Component(parts) => parts.join(" "),
        VCardValue::Integer(number) => number.to_string(),
        _ => String::new(),
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a name of its parts: title, first, further and last name, what stands behind.
fn full_name(entry: &VCardEntry) -> String {
    let part = |at: usize| entry.values.get(at).map(value).unwrap_or_default();
    words(&[part(3), part(1), part(2), part(0), part(4)].join(" "))
}

/// Returns a number as it is dialled; `None` for what has fewer than four digits.
fn phone(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("tel:");
    let text = text.split(';').next().unwrap_or_default();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plus = if text.starts_with('+') { "+" } else { "" };
    (4 <= digits.len() && digits.len() <= 20).then(|| format!("{plus}{digits}"))
}

fn changed(card: &VCard) -> Option<Moment> {
    let entry = card.property(&VCardProperty::Rev)?;
    let seconds = match entry.values.first()? {
        VCardValue::PartialDateTime(date) => seconds(date)?,
        VCardValue::Text(text) => {
            let date = DateTime::parse_rfc3339(text.trim())?;
            date.is_valid().then(|| date.to_timestamp())?
        }
        _ => return None,
    };
    seconds.checked_mul(1000).map(Moment::from_unix_ms).filter(|at| 0 < at.unix_ms())
}

/// Returns the seconds of a date; one without a time or a zone is the end of its day in UTC, when the card stood.
fn seconds(date: &PartialDateTime) -> Option<i64> {
    let has_zone = date.tz_hour.is_some();
    let (hour, minute, second) = match (date.hour, has_zone) {
        (Some(hour), true) => (hour, date.minute.unwrap_or(0), date.second.unwrap_or(0)),
        _ => (23, 59, 59),
    };
    let date = DateTime {
        year: date.year?,
        month: date.month?,
        day: date.day?,
        hour,
        minute,
        second,
        tz_before_gmt: date.tz_minus,
        tz_hour: if has_zone { date.tz_hour.unwrap_or(0) } else { 0 },
        tz_minute: if has_zone { date.tz_minute.unwrap_or(0) } else { 0 },
    };
    date.is_valid().then(|| date.to_timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_unix_ms(1_800_000_000_000);

    fn card(lines: &str) -> Card {
        let text = format!("BEGIN:VCARD\n{lines}\nEND:VCARD\n");
        let pieces = pieces(&text);
        assert_eq!(pieces.len(), 1);
        read(pieces[0], NOW).unwrap()
    }

    #[test]
    fn a_card_of_version_2_1_is_read_with_its_quoted_printable() {
        let card = card(
            "VERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gro=C3=9F;J=C3=B6rg;;;\nEMAIL;INTERNET;HOME:J@a.example\nTEL;CELL:+49 (151) 23-45\nREV:20240501T100000Z",
        );
        assert_eq!(
            (card.name.as_str(), card.addresses.as_slice()),
            ("Jörg Groß", &["j@a.example".to_owned()][..])
        );
        assert_eq!(card.phones, ["+491512345"]);
        assert_eq!(card.changed, Some(Moment::from_unix_ms(1_714_557_600_000)));
    }

    #[test]
    fn a_latin_1_name_in_quoted_printable_is_read() {
        let card = card(
            "VERSION:2.1\nFN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F6rg\nEMAIL:j@a.example",
        );
        assert_eq!(card.name, "Jörg");
    }

    #[test]
    fn a_card_of_version_3_is_read_with_groups_folds_and_escapes() {
        let card = card(
            "VERSION:3.0\nFN:Ann\n  Bee\nORG:Tierheim \"Pfote\"\\, gGmbH;Vorstand\nitem1.EMAIL;type=INTERNET:ann@a.example\nitem1.X-ABLabel:Verein\nX-SOCIALPROFILE;type=twitter:https://twitter.com/ann\nIMPP;X-SERVICE-TYPE=Skype:skype:ann\nREV:2024-05-01T10:00:00Z",
        );
        assert_eq!(
            (card.name.as_str(), card.organisation.as_str()),
            ("Ann Bee", "Tierheim \"Pfote\", gGmbH")
        );
        assert_eq!(
            (card.addresses.as_slice(), card.profiles),
            (&["ann@a.example".to_owned()][..], 1)
        );
        assert_eq!(card.pages, ["x.com/ann"]);
        assert_eq!(card.changed, Some(Moment::from_unix_ms(1_714_557_600_000)));
    }

    #[test]
    fn pages_role_and_town_are_read() {
        let card = card(
            "VERSION:3.0\nFN:Ann\nTITLE:Chair\nADR:;;Street 1;Bonn;;53111;DE\nURL:https://ann.example/\nX-SOCIALPROFILE;type=instagram:ann_b\nX-SOCIALPROFILE;type=odd:ann",
        );
        assert_eq!((card.role.as_str(), card.town.as_str()), ("Chair", "Bonn"));
        assert_eq!(
            (card.pages, card.profiles),
            (vec!["ann.example".to_owned(), "instagram.com/ann_b".to_owned()], 1)
        );
    }

    #[test]
    fn a_card_of_version_4_is_read_with_relations_and_profiles() {
        let card = card(
            "VERSION:4.0\nKIND:individual\nFN:Ann\nEMAIL:ann@a.example\nRELATED;TYPE=friend:mailto:ben@a.example\nRELATED;TYPE=spouse;VALUE=text:Cy\nSOCIALPROFILE;SERVICE-TYPE=Mastodon:https://a.example/@ann\nCATEGORIES:press,friends\nUID:urn:uuid:1",
        );
        assert_eq!(card.related, [("ben@a.example".to_owned(), "friend".to_owned())]);
        assert_eq!((card.loose_relations, card.profiles), (1, 0));
        assert_eq!(card.pages, ["a.example/@ann"]);
        assert_eq!((card.category.as_str(), card.uid.as_str()), ("press", "urn:uuid:1"));
    }

    #[test]
    fn organisations_and_groups_are_told_from_people() {
        assert_eq!(card("KIND:org\nFN:Club").about, About::Organisation);
        assert_eq!(card("VERSION:3.0\nFN:Club\nX-ABShowAs:COMPANY").about, About::Organisation);
        assert_eq!(card("VERSION:3.0\nN:;;;;\nFN:\nORG:Club;").about, About::Organisation);
        assert_eq!(card("KIND:group\nFN:Friends").about, About::Else);
        assert_eq!(
            card("VERSION:3.0\nFN:Friends\nX-ADDRESSBOOKSERVER-KIND:group").about,
            About::Else
        );
        assert_eq!(card("FN:Ann").about, About::Person);
    }

    #[test]
    fn a_book_is_cut_into_its_cards() {
        let text = "x\nbegin:vcard\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:B\nEND:VCARD\nEND:VCARD\r\n\r\nBEGIN:VCARD\nFN:C\n";
        let found: Vec<(u64, bool)> =
            pieces(text).iter().map(|one| (one.place, one.is_cut)).collect();
        assert_eq!(found, [(2, false), (10, true)]);
    }
}
