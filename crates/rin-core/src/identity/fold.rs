//! One form for all spellings of a name or handle: without case, accents, titles, signs and doubled umlauts.
//!
//! "Müller", "Mueller" and "Muller" are one name; so `ae`, `oe` and `ue` fold to the plain vowel everywhere. That makes
//! "Joel" and "Jol" one as well, which costs less than to miss every second German.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words before and behind names that are no names.
const TITLES: [&str; 22] = [
    "dr",
    "prof",
    "professor",
    "dipl",
    "ing",
    "med",
    "phil",
    "phd",
    "msc",
    "bsc",
    "mba",
    "ma",
    "ba",
    "mr",
    "mrs",
    "ms",
    "herr",
    "frau",
    "sir",
    "jun",
    "jr",
    "mag",
];
/// Small words inside family names.
const PARTICLES: [&str; 14] =
    ["van", "von", "de", "der", "den", "del", "della", "di", "da", "zu", "zum", "vom", "la", "le"];
/// What a company is before the law, which is not its name.
const LEGAL: [&str; 16] = [
    "gmbh", "mbh", "ag", "kg", "co", "ug", "ev", "inc", "ltd", "llc", "plc", "corp", "limited",
    "bv", "sa", "ggmbh",
];
/// Last labels of handles that are domains.
const DOMAINS: [&str; 26] = [
    "com", "de", "org", "net", "social", "app", "dev", "io", "eu", "at", "ch", "me", "example",
    "blog", "xyz", "fr", "uk", "nl", "info", "cloud", "page", "it", "es", "pl", "dk", "se",
];

/// Returns the letters and digits of a text in lower case without accents; everything else becomes one space.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            '\'' | '’' | '`' | '´' | '.' => {}
            'ß' => folded.push_str("ss"),
            'ø' | 'Ø' | 'œ' | 'Œ' => folded.push('o'),
            'æ' | 'Æ' => folded.push('a'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'ı' => folded.push('i'),
            letter if letter.is_alphanumeric() => folded.extend(letter.to_lowercase()),
            _ if folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    // Lower case of `İ` and the like brings marks of its own.
    folded.retain(|letter| !is_combining_mark(letter));
    for (two, one) in [("ae", "a"), ("oe", "o"), ("ue", "u")] {
        if folded.contains(two) {
            folded = folded.replace(two, one);
        }
    }
    folded.trim().to_owned()
}

/// Returns the words of a name that are names, the given one first.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let name = name.split(['(', '[', '|', '/', '•', '·', '–']).next().unwrap_or_default();
    let name = match name.split_once(',') {
        // "Müller, Anna" but not "Anna Müller, MBA".
        Some((family, given)) if !family.trim().contains(' ') => format!("{given} {family}"),
        Some((name, _)) => name.to_owned(),
        None => name.to_owned(),
    };
    // A full stop behind a title or an initial parts words as well: "Dr.Anna", "A.Müller".
    let mut words: Vec<String> = name
        .replace('.', " ")
        .split_whitespace()
        .map(fold)
        .flat_map(|word| word.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    words.retain(|word| word.chars().any(char::is_alphabetic) && !TITLES.contains(&&**word));
    if 2 < words.len() {
        words.retain(|word| !PARTICLES.contains(&&**word));
    }
    words
}

/// Returns an organisation's name without its form before the law, as one word.
pub(super) fn organisation(name: &str) -> String {
    let folded = fold(name);
    folded.split(' ').filter(|word| !LEGAL.contains(word)).collect()
}

/// Returns the first part of a place: the town of "Bonn, NRW, Germany".
pub(super) fn place(text: &str) -> String {
    fold(text.split([',', '/', '(', '|']).next().unwrap_or_default()).replace(' ', "")
}

/// Returns what a person chose of a handle: without host, domain and separators.
pub(super) fn handle_core(handle: &str) -> String {
    let handle = handle.trim().trim_start_matches('@');
    let handle = handle.split('@').next().unwrap_or_default();
    let is_domain = handle.rsplit_once('.').is_some_and(|(_, last)| DOMAINS.contains(&last));
    let handle = if is_domain { handle.split('.').next().unwrap_or_default() } else { handle };
    // A network that gives one name once puts a random tail behind it: anna-mueller-1b2a3c4d.
    let is_random = |tail: &str| {
        4 <= tail.len()
            && tail.bytes().all(|byte| byte.is_ascii_hexdigit())
            && tail.bytes().any(|byte| byte.is_ascii_digit())
    };
    let handle = handle
        .rsplit_once('-')
        .filter(|(_, tail)| is_random(tail))
        .map_or(handle, |(front, _)| front);
    let parts: Vec<&str> = handle.split(['-', '_', '.']).collect();
    fold(&parts.concat()).replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        for name in [
            "Jürgen Müller",
            "Juergen Mueller",
            "jurgen MULLER",
            "Ju\u{308}rgen Müller 🌻",
            "Dr. Jürgen Müller (Bonn)",
            "Müller, Jürgen",
            "Prof.Dr.Jürgen Müller, MBA",
        ] {
            assert_eq!(name_words(name), ["jurgen", "muller"], "{name}");
        }
        assert_eq!(name_words("Łukasz Søren-Großkopf"), ["lukasz", "soren", "grosskopf"]);
        assert_eq!(name_words("Jan van Dijk"), ["jan", "dijk"]);
        assert_eq!(name_words("A. O’Brien"), ["a", "obrien"]);
        assert_eq!(name_words("🌻"), Vec::<String>::new());
        assert_eq!(name_words("Иван"), ["иван"]);
    }

    #[test]
    fn a_handle_is_what_was_chosen() {
        for (handle, core) in [
            ("@Anna_Mueller", "annamuller"),
            ("anna.mueller@example.org", "annamuller"),
            ("anna@example.social", "anna"),
            ("anna.bsky.social", "anna"),
            ("anna.mueller", "annamuller"),
            ("anna-mueller-1b2a3c4d", "annamuller"),
            ("nachteule42", "nachteule42"),
        ] {
            assert_eq!(handle_core(handle), fold(core), "{handle}");
        }
    }

    #[test]
    fn companies_and_towns_lose_what_is_not_their_name() {
        assert_eq!(organisation("Lichtwerk Köln GmbH & Co. KG"), organisation("lichtwerk koeln"));
        assert_eq!(place("Köln, NRW, Deutschland"), place("Koeln"));
    }
}
