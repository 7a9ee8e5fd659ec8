//! Whose post a comment or a reaction was for, which an export says in one sentence of the owner's language only.
//!
//! `Mara Beispiel commented on Ann Example's post.` Two ways lead to the name. English and German sentences have known
//! shapes. In any language the name of somebody known (a friend, somebody in a conversation) may stand in the sentence;
//! where exactly one does, it is they. Beyond that nobody is guessed.

use std::collections::{HashMap, HashSet};

/// What stands between the owner and the other, in English.
const ENGLISH: [&str; 8] = [
    " commented on ",
    " replied to ",
    " likes ",
    " liked ",
    " reacted to ",
    " loves ",
    " was reacting to ",
    " posted in ",
];
/// What stands before the other in German, where the other ends before the last word or with a genitive.
const GERMAN: [&str; 9] = [
    " Beitrag von ",
    " Foto von ",
    " Video von ",
    " Kommentar von ",
    " Link von ",
    " Album von ",
    " Reel von ",
    " Beiträge von ",
    " Status von ",
];
/// What may stand behind the other in German.
const GERMAN_ENDS: [&str; 4] = [" kommentiert", " geantwortet", " reagiert", " geteilt"];
/// How a sentence says that the post is the owner's.
const OWN: [&str; 12] = [
    " own ",
    " his own",
    " her own",
    " their own",
    " seinen eigenen",
    " seinem eigenen",
    " ihren eigenen",
    " ihrem eigenen",
    " seinen Beitrag",
    " ihren Beitrag",
    " eigenen Beitrag",
    " eigenes ",
];
/// Names that are kept to be looked for.
const MOST_NAMES: usize = 100_000;

/// What a sentence says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Target {
    /// The one whose post it was.
    Somebody(String),
    /// The owner's own post.
    Own,
    /// Nobody, or several who might be meant.
    Unknown,
}

/// The names of those known, by their first word.
#[derive(Clone, Default, Debug)]
pub(super) struct Names {
    by_first: HashMap<String, Vec<String>>,
    all: HashSet<String>,
}

impl Names {
    /// Adds somebody.
    pub(super) fn add(&mut self, name: &str) {
        if name.is_empty() || MOST_NAMES <= self.all.len() || !self.all.insert(name.to_owned()) {
            return;
        }
        let first = name.split(' ').next().unwrap_or_default().to_owned();
        self.by_first.entry(first).or_default().push(name.to_owned());
    }

    fn has(&self, name: &str) -> bool {
        self.all.contains(name)
    }

    /// Returns the one known name in a text; `None` if there is none, or several.
    fn only(&self, text: &str) -> Option<&str> {
        let mut found: Option<&str> = None;
        let mut is_start = true;
        let mut skip_to = 0;
        for (at, letter) in text.char_indices() {
            let starts = is_start && letter.is_alphanumeric();
            is_start = !letter.is_alphanumeric();
            if !starts || at < skip_to {
                continue;
            }
            let Some(name) = self.longest(text.get(at..).unwrap_or_default()) else { continue };
            if found.is_some_and(|other| other != name) {
                return None;
            }
            found = Some(name);
            skip_to = at + name.len();
        }
        found
    }

    /// Returns the longest known name that the text begins with.
    fn longest(&self, text: &str) -> Option<&str> {
        let first = text.split([' ', ',', '.', '\'', '’', '\n']).next().unwrap_or_default();
        // A name of one word may carry a German genitive: `Annas Beitrag`.
        let firsts = [Some(first), first.strip_suffix('s')];
        let all =
            firsts.into_iter().flatten().filter_map(|first| self.by_first.get(first)).flatten();
        let fits = |name: &&String| {
            text.strip_prefix(name.as_str()).is_some_and(|rest| {
                let rest =
                    rest.strip_prefix('s').filter(|rest| rest.starts_with(' ')).unwrap_or(rest);
                !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '-')
            })
        };
        all.filter(fits).max_by_key(|name| name.len()).map(String::as_str)
    }
}

/// Returns whose post a sentence is about.
pub(super) fn target(sentence: &str, owner: &str, names: &Names) -> Target {
    let sentence = sentence.trim().trim_end_matches('.');
    let rest = sentence.strip_prefix(owner).unwrap_or(sentence);
    if OWN.iter().any(|own| rest.contains(own)) {
        return Target::Own;
    }
    // An English sentence that names no author may name a group, and no friend of that name is meant.
    let found = match ENGLISH.iter().find_map(|verb| rest.strip_prefix(verb)) {
        Some(after) => english(after, names),
        None => german(rest).or_else(|| names.only(rest).map(str::to_owned)),
    };
    match found {
        Some(name) if name == owner => Target::Own,
        Some(name) => Target::Somebody(name),
        None => Target::Unknown,
    }
}

/// `… commented on NAME's post in GROUP`: the shortest name that is known, else the first possessive.
fn english(after: &str, names: &Names) -> Option<String> {
    let mut first = None;
    for (at, mark) in after.match_indices(['\'', '’']) {
        let (name, behind) = (after.get(..at)?, after.get(at + mark.len()..)?);
        // `James' post` stands beside `James's post`; in `D'Amico's` the first mark is no possessive.
        let is_possessive =
            behind.starts_with("s ") || (behind.starts_with(' ') && name.ends_with('s'));
        if !is_possessive {
            continue;
        }
        if names.has(name) {
            return Some(name.to_owned());
        }
        first = first.or(Some(name));
    }
    let first = first?.trim();
    // `a post in Ann's group` names a group and no author.
    let is_name = !first.is_empty() && !first.starts_with("a ") && !first.starts_with("an ");
    is_name.then(|| first.to_owned())
}

/// `… hat den Beitrag von NAME kommentiert`, `… gefällt der Beitrag von NAME`.
fn german(rest: &str) -> Option<String> {
    let after = GERMAN.iter().find_map(|before| rest.split_once(before)).map(|(_, after)| after)?;
    let end = GERMAN_ENDS.iter().filter_map(|end| after.find(end)).min();
    let name = after.get(..end.unwrap_or(after.len()))?.trim();
    let name = name.split(" in der Gruppe ").next().unwrap_or(name);
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARA: &str = "Mara Beispiel";

    #[track_caller]
    fn check(sentence: &str, expected: &str) {
        let mut names = Names::default();
        for name in ["İpek Müller", "Ann", "Anna Lang", "Jörg D’Amico", "Ann Ex"] {
            names.add(name);
        }
        let found = match target(sentence, MARA, &names) {
            Target::Somebody(name) => name,
            Target::Own => "(own)".to_owned(),
            Target::Unknown => "(unknown)".to_owned(),
        };
        assert_eq!(found, expected, "{sentence}");
    }

    #[test]
    fn comment_targets_stand_in_a_localised_sentence() {
        check("Mara Beispiel commented on İpek Müller's post.", "İpek Müller");
        check("Mara Beispiel replied to Nobody Known's comment.", "Nobody Known");
        check("Mara Beispiel likes Jörg D’Amico's photo.", "Jörg D’Amico");
        check("Mara Beispiel likes Pia D'Angelo's photo.", "Pia D'Angelo");
        check("Mara Beispiel reacted to James' post.", "James");
        check("Mara Beispiel commented on Ann's post in Ann's Garden.", "Ann");
        check("Mara Beispiel hat den Beitrag von Anna Lang kommentiert.", "Anna Lang");
        check("Mara Beispiel gefällt der Beitrag von Nora Neu.", "Nora Neu");
        check(
            "Mara Beispiel hat auf den Kommentar von Nora Neu in der Gruppe X geantwortet.",
            "Nora Neu",
        );
        // Any other language, by those who are known.
        check("Mara Beispiel a commenté la publication de Anna Lang.", "Anna Lang");
        check("Mara Beispiel hat Anna Langs Beitrag kommentiert.", "Anna Lang");
        check("Mara Beispiel gefällt Anns Beitrag.", "Ann");
        check("Mara Beispiel İpek Müller'in gönderisine yorum yaptı.", "İpek Müller");
    }

    #[test]
    fn where_nobody_or_several_are_named_nobody_is_guessed() {
        check("Mara Beispiel commented on a post.", "(unknown)");
        check("Mara Beispiel commented on a post in Ann's Garden.", "(unknown)");
        check("Mara Beispiel a commenté la publication de Nora Neuve.", "(unknown)");
        check("Mara Beispiel a commenté: Anna Lang, Ann Ex.", "(unknown)");
        check("", "(unknown)");
        for own in [
            "commented on her own post.",
            "hat ihren Beitrag kommentiert.",
            "commented on Mara Beispiel's post.",
        ] {
            check(&format!("{MARA} {own}"), "(own)");
        }
    }

    #[test]
    fn a_name_inside_another_word_is_not_meant() {
        check("Mara Beispiel aime Annabelle.", "(unknown)");
        check("Mara Beispiel aime Ann-Kathrin.", "(unknown)");
        check("Mara Beispiel aime Ann Ex.", "Ann Ex");
    }
}
