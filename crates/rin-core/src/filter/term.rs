//! The single questions: what each name means, what may be said of it, and what the facts answer.

use super::{
    DaySpan, FilterError, FilterFacts, FilterFault, TieRole,
    lex::{Said, Sign},
};
use crate::{Day, Level, PartyKind, Tier, near_miss};

/// A day, in days.
const WEEK: f64 = 7.0;
/// A mean month of the Gregorian calendar, in days.
const MONTH: f64 = 30.436_875;
/// A mean year of the Gregorian calendar, in days.
const YEAR: f64 = 365.242_5;
/// Figures beyond this are slips.
const LARGEST: f64 = 1e9;

/// One question about a party.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Term {
    Text { field: TextField, wanted: Wanted },
    Party(u32),
    Kind(PartyKind),
    Level(Level),
    Tier(Tier),
    Tie(TieRole),
    Day { field: DayField, span: DaySpan },
    Number { figure: Figure, relation: Relation, value: f64 },
    Is(Flag),
}

/// What a text is looked for in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TextField {
    Name,
    Handle,
    Note,
    Platform,
    Tag,
    Campaign,
}

/// What is looked for in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Wanted {
    /// Anything at all: `*`.
    Anything,
    /// A word, in lower case.
    Word(String),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DayField {
    Won,
    First,
    Last,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Figure {
    Alive,
    Strength,
    Expected,
    Reciprocity,
    Contacts,
    Sent,
    Received,
    Silent,
    Lapses,
    Rhythm,
    Known,
}

/// In what a figure is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    /// A share, also written in percent.
    Share,
    /// Days, also written as weeks, months or years.
    Days,
    /// A plain number.
    Number,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flag {
    Waiting,
    Awaited,
    Unseen,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Relation {
    Below,
    AtMost,
    Equal,
    AtLeast,
    Above,
}

impl Relation {
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::AtLeast => ">=",
            Self::Above => ">",
        }
    }

    fn holds(self, a: f64, b: f64) -> bool {
        match self {
            Self::Below => a < b,
            Self::AtMost => a <= b,
            Self::Equal => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()),
            Self::AtLeast => b <= a,
            Self::Above => b < a,
        }
    }
}

/// What a name of the language stands for.
#[derive(Clone, Copy)]
enum Name {
    Text(TextField),
    Party,
    Kind,
    Level,
    Tier,
    Tie,
    Day(DayField),
    Number(Figure),
}

/// All names that something is said of.
const NAMES: [(&str, Name); 25] = [
    ("platform", Name::Text(TextField::Platform)),
    ("tag", Name::Text(TextField::Tag)),
    ("name", Name::Text(TextField::Name)),
    ("handle", Name::Text(TextField::Handle)),
    ("note", Name::Text(TextField::Note)),
    ("campaign", Name::Text(TextField::Campaign)),
    ("party", Name::Party),
    ("kind", Name::Kind),
    ("level", Name::Level),
    ("tier", Name::Tier),
    ("tie", Name::Tie),
    ("won", Name::Day(DayField::Won)),
    ("first", Name::Day(DayField::First)),
    ("last", Name::Day(DayField::Last)),
    ("alive", Name::Number(Figure::Alive)),
    ("silent", Name::Number(Figure::Silent)),
    ("lapses", Name::Number(Figure::Lapses)),
    ("contacts", Name::Number(Figure::Contacts)),
    ("sent", Name::Number(Figure::Sent)),
    ("received", Name::Number(Figure::Received)),
    ("strength", Name::Number(Figure::Strength)),
    ("expected", Name::Number(Figure::Expected)),
    ("reciprocity", Name::Number(Figure::Reciprocity)),
    ("rhythm", Name::Number(Figure::Rhythm)),
    ("known", Name::Number(Figure::Known)),
];

/// Words that stand alone.
const ALONE: [(&str, Term); 6] = [
    ("waiting", Term::Is(Flag::Waiting)),
    ("awaited", Term::Is(Flag::Awaited)),
    ("unseen", Term::Is(Flag::Unseen)),
    ("alive", Term::Level(Level::Alive)),
    ("fading", Term::Level(Level::Fading)),
    ("lapsed", Term::Level(Level::Lapsed)),
];

const KINDS: [PartyKind; 3] = [PartyKind::Person, PartyKind::Organisation, PartyKind::Bot];
const LEVELS: [Level; 3] = [Level::Alive, Level::Fading, Level::Lapsed];

pub(super) const fn kind_name(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Person => "person",
        PartyKind::Organisation => "organisation",
        PartyKind::Bot => "bot",
        PartyKind::Unknown => "unknown",
    }
}

/// Returns the question whether a name holds a text.
pub(super) fn name_holds(text: &str) -> Term {
    Term::Text { field: TextField::Name, wanted: Wanted::Word(text.to_lowercase()) }
}

/// Reads one question.
pub(super) fn read(word: &str, said: Option<&Said>, at: usize) -> Result<Term, FilterError> {
    let lower = word.to_lowercase();
    let alone = ALONE.iter().find(|(name, _)| *name == lower);
    let known = NAMES.iter().find(|(name, _)| *name == lower);
    match (known, alone, said) {
        (_, Some((_, term)), None) => Ok(term.clone()),
        (Some((name, meaning)), _, said) => with_value((name, *meaning), said, at),
        _ => {
            let words =
                NAMES.iter().map(|(name, _)| *name).chain(ALONE.iter().map(|(name, _)| *name));
            let fault =
                FilterFault::UnknownWord { word: word.to_owned(), nearest: near_miss(word, words) };
            Err(FilterError { at, fault })
        }
    }
}

fn with_value(
    (name, meaning): (&'static str, Name),
    said: Option<&Said>,
    at: usize,
) -> Result<Term, FilterError> {
    let fail = |fault| Err(FilterError { at, fault });
    let said = said.filter(|said| said.is_quoted || !said.value.is_empty());
    if let Name::Number(figure) = meaning {
        return match said.map(|said| (said, said.sign)) {
            Some((said, Sign::Compare(relation))) => number((name, figure), relation, said),
            _ => fail(FilterFault::NoComparison { name }),
        };
    }
    let Some(said) = said.filter(|said| said.sign == Sign::Colon) else {
        return fail(FilterFault::NoValue { name, allowed: allowed(meaning) });
    };
    let value = said.value.to_lowercase();
    let unknown = || unknown_value(name, allowed(meaning), said);
    match meaning {
        Name::Text(field) => {
            let wanted = match value.as_str() {
                "*" if !said.is_quoted => Wanted::Anything,
                _ => Wanted::Word(value),
            };
            Ok(Term::Text { field, wanted })
        }
        Name::Party => {
            let number = value.trim_start_matches('#').parse().ok();
            let (value, example) = (said.value.clone(), "12");
            let fault = FilterFault::NotANumber { name, value, example };
            number.map(Term::Party).ok_or(FilterError { at: said.at, fault })
        }
        Name::Day(field) => {
            let fault = FilterFault::NotADay { name, value: said.value.clone() };
            let span = DaySpan::parse(&value).ok_or(FilterError { at: said.at, fault })?;
            Ok(Term::Day { field, span })
        }
        Name::Kind => one_of(KINDS, kind_name, &value).map(Term::Kind).ok_or_else(unknown),
        Name::Level => one_of(LEVELS, Level::name, &value).map(Term::Level).ok_or_else(unknown),
        Name::Tier => one_of(Tier::ALL, Tier::name, &value).map(Term::Tier).ok_or_else(unknown),
        Name::Tie => one_of(TieRole::ALL, TieRole::name, &value).map(Term::Tie).ok_or_else(unknown),
        Name::Number(_) => fail(FilterFault::NoComparison { name }),
    }
}

fn one_of<T: Copy>(
    all: impl IntoIterator<Item = T>,
    name: fn(T) -> &'static str,
    value: &str,
) -> Option<T> {
    all.into_iter().find(|one| name(*one) == value)
}

/// Returns the words a name may take, if there are only some.
fn allowed(meaning: Name) -> Vec<&'static str> {
    match meaning {
        Name::Kind => KINDS.map(kind_name).to_vec(),
        Name::Level => LEVELS.map(Level::name).to_vec(),
        Name::Tier => Tier::ALL.map(Tier::name).to_vec(),
        Name::Tie => TieRole::ALL.map(TieRole::name).to_vec(),
        Name::Text(_) | Name::Party | Name::Day(_) | Name::Number(_) => Vec::new(),
    }
}

fn unknown_value(name: &'static str, allowed: Vec<&'static str>, said: &Said) -> FilterError {
    let nearest = near_miss(&said.value, allowed.iter().copied());
    let value = said.value.clone();
    FilterError { at: said.at, fault: FilterFault::UnknownValue { name, value, allowed, nearest } }
}

fn number(
    (name, figure): (&'static str, Figure),
    relation: Relation,
    said: &Said,
) -> Result<Term, FilterError> {
    let value = said.value.to_lowercase();
    let (digits, factor) = match figure.unit() {
        Unit::Share => value.strip_suffix('%').map_or((value.as_str(), 1.0), |rest| (rest, 0.01)),
        Unit::Number => (value.as_str(), 1.0),
        Unit::Days => {
            let units = [('d', 1.0), ('w', WEEK), ('m', MONTH), ('y', YEAR)];
            let unit =
                units.iter().find_map(|(unit, days)| Some((value.strip_suffix(*unit)?, *days)));
            unit.unwrap_or((value.as_str(), 1.0))
        }
    };
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let parsed = digits.parse::<f64>().ok().map(|parsed| parsed * factor);
    // A negative zero would be printed with its sign.
    let parsed =
        parsed.filter(|parsed| is_plain && parsed.abs() <= LARGEST).map(|parsed| parsed + 0.0);
    let example = figure.unit().example();
    let fault = FilterFault::NotANumber { name, value: said.value.clone(), example };
    let value = parsed.ok_or(FilterError { at: said.at, fault })?;
    Ok(Term::Number { figure, relation, value })
}

impl Unit {
    const fn example(self) -> &'static str {
        match self {
            Self::Share => "0.5 or 50%",
            Self::Days => "90d, 12w, 3m or 1y",
            Self::Number => "12",
        }
    }
}

impl Figure {
    pub(super) const fn unit(self) -> Unit {
        match self {
            Self::Alive | Self::Reciprocity => Unit::Share,
            Self::Silent | Self::Lapses | Self::Rhythm | Self::Known => Unit::Days,
            Self::Strength | Self::Expected | Self::Contacts | Self::Sent | Self::Received => {
                Unit::Number
            }
        }
    }

    const fn of(self, facts: &FilterFacts) -> Option<f64> {
        match self {
            Self::Alive => facts.alive,
            Self::Strength => facts.strength,
            Self::Expected => facts.expected,
            Self::Reciprocity => facts.reciprocity,
            Self::Contacts => facts.contacts,
            Self::Sent => facts.sent,
            Self::Received => facts.received,
            Self::Silent => facts.silent_days,
            Self::Lapses => facts.lapse_days,
            Self::Rhythm => facts.rhythm_days,
            Self::Known => facts.known_days,
        }
    }
}

impl Term {
    /// Returns the name it asks about.
    pub(super) fn name(&self) -> &'static str {
        let is_it = |meaning: Name| match (meaning, self) {
            (Name::Text(a), Self::Text { field, .. }) => a == *field,
            (Name::Day(a), Self::Day { field, .. }) => a == *field,
            (Name::Number(a), Self::Number { figure, .. }) => a == *figure,
            (Name::Party, Self::Party(_))
            | (Name::Kind, Self::Kind(_))
            | (Name::Level, Self::Level(_))
            | (Name::Tier, Self::Tier(_))
            | (Name::Tie, Self::Tie(_)) => true,
            _ => false,
        };
        match self {
            Self::Is(Flag::Waiting) => "waiting",
            Self::Is(Flag::Awaited) => "awaited",
            Self::Is(Flag::Unseen) => "unseen",
            _ => NAMES.iter().find(|(_, meaning)| is_it(*meaning)).map_or("", |(name, _)| *name),
        }
    }

    /// Returns the word that is looked for, if it is one.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Text { wanted: Wanted::Word(word), .. } => Some(word),
            _ => None,
        }
    }

    /// Answers; `None` if it is not known.
    pub(super) fn answer(&self, facts: &FilterFacts) -> Option<bool> {
        match self {
            Self::Text { field, wanted } => text(*field, wanted, facts),
            Self::Party(number) => facts.party.map(|party| party.get() == *number),
            Self::Kind(_) if facts.kind == PartyKind::Unknown => None,
            Self::Kind(kind) => Some(facts.kind == *kind),
            Self::Level(level) => facts.level.map(|held| held == *level),
            Self::Tier(tier) => facts.tier.map(|held| held == *tier),
            Self::Tie(role) => facts.ties.get(role).copied(),
            Self::Day { field, span } => day(*field, facts).map(|day| span.contains(day)),
            Self::Number { figure, relation, value } => {
                figure.of(facts).map(|found| relation.holds(found, *value))
            }
            Self::Is(Flag::Waiting) => facts.is_waiting,
            Self::Is(Flag::Awaited) => facts.is_awaited,
            // Of whoever had contact it is known how they stand.
            Self::Is(Flag::Unseen) => Some(facts.level.is_none()),
        }
    }
}

const fn day(field: DayField, facts: &FilterFacts) -> Option<Day> {
    match field {
        DayField::Won => facts.won,
        DayField::First => facts.first,
        DayField::Last => facts.last,
    }
}

/// Names, handles and notes hold what is looked for; platforms, tags and campaigns are it.
fn text(field: TextField, wanted: &Wanted, facts: &FilterFacts) -> Option<bool> {
    let any = |all: &[String], is_it: fn(&str, &str) -> bool| match wanted {
        Wanted::Anything => !all.is_empty(),
        Wanted::Word(word) => all.iter().any(|one| is_it(&one.to_lowercase(), word)),
    };
    let holds = |text: &str, word: &str| text.contains(word);
    let is = |text: &str, word: &str| text == word;
    match field {
        TextField::Name => Some(any(&facts.names, holds)),
        TextField::Handle => Some(any(&facts.handles, holds)),
        TextField::Note => Some(any(&facts.notes, holds)),
        TextField::Platform => Some(any(&facts.platforms, is)),
        TextField::Tag => Some(any(&facts.tags, is)),
        TextField::Campaign => facts
            .campaign
            .as_ref()
            .map(|by| by.as_ref().is_some_and(|by| any(std::slice::from_ref(by), is))),
    }
}
