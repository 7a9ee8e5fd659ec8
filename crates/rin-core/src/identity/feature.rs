//! One account as it is compared: names, handle and facts folded once, not once for every pair.

use super::{
    Fact, FactKind, Profile,
    fact::address,
    fold::{handle_core, name_words, organisation, place},
};

/// Local parts of mail addresses that belong to an office and to nobody.
const OFFICES: [&str; 22] = [
    "info",
    "kontakt",
    "contact",
    "office",
    "mail",
    "hello",
    "hallo",
    "team",
    "support",
    "presse",
    "press",
    "admin",
    "post",
    "service",
    "verwaltung",
    "sekretariat",
    "redaktion",
    "buero",
    "noreply",
    "no-reply",
    "sales",
    "webmaster",
];
/// Providers of mail that say nothing about whom somebody works with.
const PROVIDERS: [&str; 28] = [
    "gmail.com",
    "googlemail.com",
    "gmx.de",
    "gmx.net",
    "gmx.at",
    "gmx.ch",
    "web.de",
    "outlook.com",
    "outlook.de",
    "hotmail.com",
    "hotmail.de",
    "live.com",
    "live.de",
    "msn.com",
    "yahoo.com",
    "yahoo.de",
    "icloud.com",
    "me.com",
    "mac.com",
    "t-online.de",
    "freenet.de",
    "posteo.de",
    "mailbox.org",
    "proton.me",
    "protonmail.com",
    "aol.com",
    "arcor.de",
    "users.noreply.github.com",
];

/// An account as it is compared.
pub(super) struct Feature<'a> {
    pub(super) profile: &'a Profile<'a>,
    /// The words of its name, the given one first.
    pub(super) words: Vec<String>,
    /// Its handle without host and separators.
    pub(super) handle: String,
    /// The handle without digits at its end.
    pub(super) stem: String,
    /// What handles are made of the name, if there is one.
    pub(super) of_name: Vec<String>,
    /// Its own addresses.
    pub(super) pages: Vec<String>,
    /// Addresses its profile names.
    pub(super) links: Vec<&'a str>,
    /// Addresses somebody vouches for.
    pub(super) vouched: Vec<&'a str>,
    pub(super) mails: Vec<&'a str>,
    /// Employers, by name and by the domain of a mail address.
    pub(super) organisations: Vec<String>,
    pub(super) places: Vec<String>,
}

impl<'a> Feature<'a> {
    pub(super) fn new(profile: &'a Profile<'a>) -> Self {
        let texts = |kind: FactKind| {
            profile
                .facts
                .iter()
                .filter(move |fact| fact.kind == kind)
                .map(|fact: &Fact<'a>| fact.text)
        };
        let handle = handle_core(profile.handle);
        let stem = handle.trim_end_matches(|end: char| end.is_ascii_digit()).to_owned();
        let mut words = name_words(profile.name);
        // Who shows the handle where others show a name shows no name.
        if words.len() < 3 && [&handle, &stem].contains(&&words.concat()) && words.len() != 2 {
            words.clear();
        }
        let mut pages: Vec<String> = texts(FactKind::Page).map(str::to_owned).collect();
        pages.extend(pages_of_handle(profile.handle));
        pages.sort_unstable();
        pages.dedup();
        let mut mails: Vec<&str> = texts(FactKind::Mail).collect();
        mails.sort_unstable();
        let mut organisations: Vec<String> =
            texts(FactKind::Organisation).map(organisation).collect();
        organisations.extend(mails.iter().filter_map(|mail| Some(own_domain(mail)?.1)));
        organisations.sort_unstable();
        organisations.dedup();
        Self {
            of_name: handles_of(&words),
            stem: if stem.len() < 3 { handle.clone() } else { stem },
            links: texts(FactKind::Link).collect(),
            vouched: texts(FactKind::Vouched).collect(),
            places: texts(FactKind::Place).map(place).filter(|place| !place.is_empty()).collect(),
            profile,
            words,
            handle,
            pages,
            mails,
            organisations,
        }
    }

    /// Returns given and family name; `None` if the name shown is one word or none.
    pub(super) fn full_name(&self) -> Option<(&str, &str)> {
        match self.words.as_slice() {
            [given, .., family] => Some((given, family)),
            _ => None,
        }
    }

    /// Returns the name if it is one word.
    pub(super) fn only_word(&self) -> Option<&str> {
        match self.words.as_slice() {
            [word] => Some(word),
            _ => None,
        }
    }

    /// Whether its handle is made of its own name.
    pub(super) fn is_named_by_name(&self) -> bool {
        self.of_name.contains(&self.stem) || self.only_word() == Some(&self.stem)
    }
}

/// Whether a mail address is one of an office.
pub(super) fn is_office(mail: &str) -> bool {
    mail.split('@').next().is_some_and(|local| OFFICES.contains(&local))
}

/// Returns the domain of a mail address and the name in it, unless anybody may have one there.
pub(super) fn own_domain(mail: &str) -> Option<(&str, String)> {
    let (_, domain) = mail.rsplit_once('@')?;
    let name = domain.rsplit('.').nth(1)?;
    (!PROVIDERS.contains(&domain)).then(|| (domain, organisation(name)))
}

/// Returns the addresses that a handle is itself: a domain, or a name at a host.
fn pages_of_handle(handle: &str) -> Option<String> {
    let handle = handle.trim().trim_start_matches('@');
    match handle.split_once('@') {
        Some((user, host)) => address(&format!("{host}/@{user}")),
        None => address(handle),
    }
}

/// Returns the handles people make of a name: together in both orders, and with one of both as initial.
fn handles_of(words: &[String]) -> Vec<String> {
    let [given, .., family] = words else { return Vec::new() };
    let first = |word: &str| word.chars().take(1).collect::<String>();
    vec![
        format!("{given}{family}"),
        format!("{family}{given}"),
        format!("{}{family}", first(given)),
        format!("{family}{}", first(given)),
        format!("{given}{}", first(family)),
        given.clone(),
        family.clone(),
    ]
}
