//! The words by which somebody picks a part of the network: `platform:mastodon level:fading -tag:press silent>90`.
//!
//! Every word narrows; a minus before it turns it round; what is no `key:value` is looked for in names and handles. The
//! keys are understood in both languages whatever the language of the page, so that a filter can be passed on.

use rin_core::{Assessment, Level, Moment, Text, Tier};

use super::relation::Relation;
use crate::{Lang, people::clean};

/// Why a filter cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// A word asks for something that is not known.
    #[error("`{word}` asks for something unknown")]
    UnknownKey {
        /// The word.
        word: String,
    },
    /// A word has a value that its key does not take.
    #[error("`{word}` cannot be understood: {key} takes {}", wants(key).0)]
    BadValue {
        /// The word.
        word: String,
        /// Its key.
        key: &'static str,
    },
}

impl NetworkError {
    /// Says in the language what is wrong.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::UnknownKey { word } => {
                lang.pick(self.to_string(), format!("`{word}` fragt nach etwas Unbekanntem"))
            }
            Self::BadValue { word, key } => lang.pick(
                self.to_string(),
                format!("`{word}` ist nicht zu verstehen: möglich ist {}", wants(key).1),
            ),
        }
    }

    pub(crate) fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::UnknownKey { .. } => (
                "Known are platform: level: tag: tier: group: is:waiting alive< silent> lapses<; put quotes round a text that has a colon.",
                "Bekannt sind plattform: stand: schlagwort: stufe: gruppe: ist:wartend lebendig< still> verfall<; einen Text mit Doppelpunkt in Anführungszeichen setzen.",
            ),
            Self::BadValue { .. } => (
                "For example: platform:mastodon level:fading alive<50 silent>90 lapses<14",
                "Zum Beispiel: plattform:mastodon stand:verblassend lebendig<50 still>90 verfall<14",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}

/// Which part of the network is meant.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Filter(Vec<Term>);

/// One word of a filter.
#[derive(Clone, PartialEq, Debug)]
struct Term {
    is_not: bool,
    test: Test,
}

#[derive(Clone, PartialEq, Debug)]
enum Test {
    Name(String),
    Platform(String),
    /// `None` for those no source shows any contact with.
    Level(Option<Level>),
    Tag(String),
    Tier(Tier),
    Group(usize),
    /// They wait for our answer.
    Waiting,
    Figure(Figure, Side, f64),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Figure {
    /// Probability of being alive in percent.
    Alive,
    /// Days since the last contact.
    Silent,
    /// Days until it lapses.
    Lapses,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Below,
    Above,
}

impl Filter {
    /// Reads a filter; an empty one means everybody.
    pub(super) fn parse(text: &str) -> Result<Self, NetworkError> {
        words(text).iter().map(term).collect::<Result<_, _>>().map(Self)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether a relationship is meant; what is not known fits no figure.
    pub(super) fn fits(&self, relation: &Relation<'_>, now: Moment) -> bool {
        self.0.iter().all(|term| term.test.fits(relation, now) != term.is_not)
    }
}

impl Test {
    fn fits(&self, relation: &Relation<'_>, now: Moment) -> bool {
        let seen = relation.seen.as_ref();
        match self {
            Self::Name(part) => relation.is_called(part),
            Self::Platform(name) => relation.platforms.iter().any(|place| place == name),
            Self::Level(level) => seen.map(|seen| seen.level) == *level,
            Self::Tag(tag) => relation.tags.iter().any(|one| one == tag),
            Self::Tier(tier) => relation.tier == Some(*tier),
            Self::Group(group) => relation.group == *group,
            Self::Waiting => seen.is_some_and(|seen| seen.open_since.is_some()),
            Self::Figure(figure, side, limit) => seen.is_some_and(|seen| {
                let value = figure.of(seen, now);
                match side {
                    Side::Below => value < *limit,
                    Side::Above => *limit < value,
                }
            }),
        }
    }
}

impl Figure {
    /// Returns the figure in the unit in which it is asked for.
    fn of(self, seen: &Assessment, now: Moment) -> f64 {
        match self {
            Self::Alive => 100.0 * seen.alive,
            Self::Silent => now.days_since(seen.last),
            Self::Lapses => seen.lapse.days_since(now),
        }
    }
}

/// A word being read.
struct Word {
    text: String,
    /// Whether it began with a quote, so that it is a name whatever it holds.
    is_quoted: bool,
}

/// Breaks a text at blanks; quotes keep words together.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word = Word { text: String::new(), is_quoted: false };
    let mut is_within = false;
    for letter in text.chars() {
        match letter {
            '"' | '“' | '”' | '„' => {
                word.is_quoted |= word.text.is_empty() || word.text == "-";
                is_within = !is_within;
            }
            letter if letter.is_whitespace() && !is_within => {
                words.push(word);
                word = Word { text: String::new(), is_quoted: false };
            }
            letter => word.text.push(letter),
        }
    }
    words.push(word);
    words.retain(|word| !clean(&word.text).is_empty() && word.text != "-");
    words
}

fn term(word: &Word) -> Result<Term, NetworkError> {
    let text = clean(&word.text);
    let (is_not, rest) = text.strip_prefix('-').map_or((false, text.as_str()), |rest| (true, rest));
    Ok(Term { is_not, test: test(rest, word.is_quoted)? })
}

fn test(text: &str, is_quoted: bool) -> Result<Test, NetworkError> {
    let name = || Test::Name(text.trim_start_matches('@').to_lowercase());
    let Some(at) = text.find([':', '<', '>']).filter(|at| !is_quoted && 0 < *at) else {
        return Ok(name());
    };
    let (key, rest) = text.split_at(at);
    let (sign, value) = rest.split_at(1);
    let (key, value) = (key.to_lowercase(), value.trim().to_lowercase());
    let side = match sign {
        "<" => Some(Side::Below),
        ">" => Some(Side::Above),
        _ => None,
    };
    match (key.as_str(), side) {
        ("platform" | "plattform", None) => Ok(Test::Platform(value)),
        ("tag" | "schlagwort", None) => Ok(Test::Tag(value)),
        ("level" | "stand", None) => level(&value).ok_or_else(|| bad(text, "level")),
        ("tier" | "stufe", None) => {
            Tier::from_name(&value).map(Test::Tier).ok_or_else(|| bad(text, "tier"))
        }
        ("group" | "gruppe", None) => {
            value.parse().map(Test::Group).map_err(|_| bad(text, "group"))
        }
        ("is" | "ist", None) => match value.as_str() {
            "waiting" | "wartend" => Ok(Test::Waiting),
            _ => Err(bad(text, "is")),
        },
        (key, Some(side)) => {
            let (figure, key) = match key {
                "alive" | "lebendig" => (Figure::Alive, "alive"),
                "silent" | "still" => (Figure::Silent, "silent"),
                "lapses" | "verfall" | "verfällt" => (Figure::Lapses, "lapses"),
                _ => return Err(NetworkError::UnknownKey { word: text.to_owned() }),
            };
            let limit = number(&value).ok_or_else(|| bad(text, key))?;
            Ok(Test::Figure(figure, side, limit))
        }
        _ => Err(NetworkError::UnknownKey { word: text.to_owned() }),
    }
}

/// Returns the test for the level of that name in either language.
fn level(name: &str) -> Option<Test> {
    let level = match name {
        "alive" | "lebendig" => Some(Level::Alive),
        "fading" | "verblassend" => Some(Level::Fading),
        "lapsed" | "verfallen" => Some(Level::Lapsed),
        "unknown" | "unbekannt" => None,
        _ => return None,
    };
    Some(Test::Level(level))
}

fn number(text: &str) -> Option<f64> {
    let text = text.trim_end_matches(['%', 'd', 't']).trim_end().replace(',', ".");
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

fn bad(word: &str, key: &'static str) -> NetworkError {
    NetworkError::BadValue { word: word.to_owned(), key }
}

/// Returns what a key takes, in English and German.
fn wants(key: &str) -> (&'static str, &'static str) {
    match key {
        "level" => {
            ("alive, fading, lapsed or unknown", "lebendig, verblassend, verfallen oder unbekannt")
        }
        "tier" => ("inner, close, regular or loose", "inner, close, regular oder loose"),
        "group" => ("a number", "eine Nummer"),
        "is" => ("waiting", "wartend"),
        "alive" => ("a number of percent", "eine Zahl von Prozent"),
        _ => ("a number of days", "eine Zahl von Tagen"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(bool, Test)]) {
        let expected: Vec<Term> = expected
            .iter()
            .map(|(is_not, test)| Term { is_not: *is_not, test: test.clone() })
            .collect();
        assert_eq!(Filter::parse(text), Ok(Filter(expected)), "{text}");
    }

    #[test]
    fn words_are_read_in_both_languages() {
        check("", &[]);
        check("  Ann  ", &[(false, Test::Name("ann".into()))]);
        check(
            "@ann -\"Ben B: x\"",
            &[(false, Test::Name("ann".into())), (true, Test::Name("ben b: x".into()))],
        );
        check(
            "plattform:Mastodon -level:fading",
            &[(false, Test::Platform("mastodon".into())), (true, Test::Level(Some(Level::Fading)))],
        );
        check(
            "stand:unbekannt schlagwort:\"die presse\" stufe:inner",
            &[
                (false, Test::Level(None)),
                (false, Test::Tag("die presse".into())),
                (false, Test::Tier(Tier::Inner)),
            ],
        );
        check(
            "lebendig<37,5% silent>90d group:4 ist:wartend",
            &[
                (false, Test::Figure(Figure::Alive, Side::Below, 37.5)),
                (false, Test::Figure(Figure::Silent, Side::Above, 90.0)),
                (false, Test::Group(4)),
                (false, Test::Waiting),
            ],
        );
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (text, said) in [
            ("ann https://a.example", "`https://a.example` asks for something unknown"),
            (
                "level:dead",
                "`level:dead` cannot be understood: level takes alive, fading, lapsed or unknown",
            ),
            ("alive<half", "`alive<half` cannot be understood: alive takes a number of percent"),
            ("rank>3", "`rank>3` asks for something unknown"),
            ("is:blue", "`is:blue` cannot be understood: is takes waiting"),
        ] {
            let error = Filter::parse(text).unwrap_err();
            assert_eq!(error.to_string(), said);
            assert_ne!(error.message(Lang::De), said);
            assert!(!error.remedy().de.is_empty());
        }
    }
}
