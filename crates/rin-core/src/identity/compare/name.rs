//! Names and handles of a pair: how well they agree, and how much that says for names this frequent.

use super::{Comparison, HANDLE, Pair, SIMILAR_HANDLE};
use crate::identity::{EvidenceKind, feature::Feature, frequency::to_f64};

/// Shares of pairs of one human whose names agree so: as they stand, with a short form.
const FULL: f64 = 0.5;
const SHORT: f64 = 0.12;
/// The same for two names that are one word each.
const WORD: f64 = 0.3;
/// Bits against: one of the two names differs (a family, a namesake; a wedding is rarer), or all of it.
const OTHER_GIVEN: f64 = -6.0;
const OTHER_FAMILY: f64 = -5.0;
const OTHER: f64 = -6.0;
/// Bits against where one shows a word and the other a name.
const OTHER_WORD: f64 = -1.0;
/// Bits against other handles: two in five change them from place to place.
const OTHER_HANDLE: f64 = -1.2;
/// Bits for each digit that a handle made of a name has behind it, here as there.
const DIGIT: f64 = 2.5;
/// Bits for a handle made of a name that agrees already.
const AS_NAMED: f64 = 1.0;

/// Compares the names shown.
pub(super) fn names(pair: &Pair<'_>, found: &mut Comparison) {
    match (pair.one.full_name(), pair.other.full_name()) {
        (Some(one), Some(other)) => full_names(pair, one, other, found),
        (Some(full), None) => word_and_name(pair, pair.other.only_word(), full, found),
        (None, Some(full)) => word_and_name(pair, pair.one.only_word(), full, found),
        (None, None) => {
            let Some((one, other)) = pair.one.only_word().zip(pair.other.only_word()) else {
                return;
            };
            if one == other {
                let bits = (WORD / pair.known.given(one)).log2();
                found.add(EvidenceKind::Name, bits, one);
            } else if pair.names.may_be_one(one, other) {
                let share = pair.known.given(one).min(pair.known.given(other));
                found.add(EvidenceKind::Nickname, (SHORT / share).log2(), other);
            } else {
                found.add(EvidenceKind::OtherName, OTHER_WORD, "");
            }
        }
    }
}

fn full_names(pair: &Pair<'_>, one: (&str, &str), other: (&str, &str), found: &mut Comparison) {
    let ((one_given, one_family), (other_given, other_family)) = (one, other);
    let known = pair.known;
    let shared = format!("{one_given} {one_family}");
    if one_family != other_family {
        // Both in another order are one name: "Nguyen Thi" and "Thi Nguyen".
        if one == (other_family, other_given) {
            let share = known.given(one_given) * known.family(one_family);
            found.add(EvidenceKind::Name, (FULL / share).log2(), &shared);
            return;
        }
        let is_same_given = pair.names.may_be_one(one_given, other_given);
        let bits = if is_same_given { OTHER_FAMILY } else { OTHER };
        found.add(EvidenceKind::OtherName, bits, "");
        return;
    }
    let family = known.family(one_family);
    if one_given == other_given {
        let given =
            if is_initial(one_given) { known.initial(one_given) } else { known.given(one_given) };
        found.add(EvidenceKind::Name, (FULL / (given * family)).log2(), &shared);
    } else if is_initial(one_given) || is_initial(other_given) {
        if one_given.chars().next() == other_given.chars().next() {
            // Strangers are shown by an initial as often, so only the letter and the family name count.
            let share = known.initial(one_given) * family;
            found.add(EvidenceKind::Initial, (FULL / share).log2(), one_family);
        } else {
            found.add(EvidenceKind::OtherName, OTHER_GIVEN, "");
        }
    } else if pair.names.may_be_one(one_given, other_given) {
        // The rarer form is the one that was chosen; how often strangers show it, its frequency says.
        let share = known.given(one_given).min(known.given(other_given)) * family;
        found.add(EvidenceKind::Nickname, (SHORT / share).log2(), one_family);
    } else {
        found.add(EvidenceKind::OtherName, OTHER_GIVEN, "");
    }
}

fn word_and_name(pair: &Pair<'_>, word: Option<&str>, full: (&str, &str), found: &mut Comparison) {
    let Some(word) = word else { return };
    let (given, family) = full;
    if pair.names.may_be_one(word, given) {
        // Strangers show nothing but a given name as often, so only how frequent it is counts.
        let share = pair.known.given(given).min(pair.known.given(word));
        found.add(EvidenceKind::GivenName, (FULL / share).log2(), word);
    } else if word == family {
        found.add(EvidenceKind::GivenName, (FULL / pair.known.family(family)).log2(), word);
    } else if !(is_initial(given) && word.starts_with(given)) {
        found.add(EvidenceKind::OtherName, OTHER_WORD, "");
    }
}

fn is_initial(given: &str) -> bool {
    given.chars().count() == 1
}

/// Compares the handles, or a handle with the other's name.
pub(super) fn handles(pair: &Pair<'_>, found: &mut Comparison) {
    let (one, other) = (pair.one, pair.other);
    let is_said = !one.handle.is_empty() && !other.handle.is_empty();
    let is_full = found.has(&[EvidenceKind::Name, EvidenceKind::Nickname, EvidenceKind::Initial]);
    if is_said && one.stem == other.stem {
        same_handle(pair, is_full, found);
    } else if !is_full && (is_made_of(one, other) || is_made_of(other, one)) {
        let shared = if is_made_of(one, other) { &one.stem } else { &other.stem };
        let bits = beyond_given_name((SIMILAR_HANDLE.same / share_of_handle(pair)).log2(), found);
        found.add(EvidenceKind::HandleOfName, bits, shared);
    } else if !found.has(&[EvidenceKind::Name, EvidenceKind::Nickname, EvidenceKind::GivenName])
        && let Some(word) = shown_handle(one, other).or_else(|| shown_handle(other, one))
    {
        // The word shown here is the handle there.
        let times = pair.known.stem(word) * short(word);
        found.add(EvidenceKind::SimilarHandle, pair.weight(&SIMILAR_HANDLE, times), word);
    } else if is_said {
        found.add(EvidenceKind::OtherHandle, OTHER_HANDLE, "");
    }
}

/// Weighs one handle, or one that differs in digits at its end; `is_full` if both names agree in full.
fn same_handle(pair: &Pair<'_>, is_full: bool, found: &mut Comparison) {
    let (one, other) = (pair.one, pair.other);
    let is_equal = one.handle == other.handle;
    let (kind, agreement) = if is_equal {
        (EvidenceKind::Handle, &HANDLE)
    } else {
        (EvidenceKind::SimilarHandle, &SIMILAR_HANDLE)
    };
    let is_made_of_name = one.is_named_by_name() || other.is_named_by_name();
    let mut bits = if is_full && is_made_of_name {
        AS_NAMED
    } else if is_made_of_name || pair.known.is_name(&one.stem) {
        beyond_given_name((agreement.same / share_of_handle(pair)).log2(), found)
    } else {
        // A stem that many have on one platform is a word.
        pair.weight(agreement, pair.known.stem(&one.stem) * short(&one.stem))
    };
    if is_equal && is_made_of_name {
        // Digits behind a name are chosen from ten, or from a hundred.
        let n_digits = one.handle.len().saturating_sub(one.stem.len()).min(2);
        bits += to_f64(n_digits) * DIGIT;
    }
    found.add(kind, bits.max(0.0), &one.handle);
}

/// Returns what a handle says beside a given name that agrees already.
fn beyond_given_name(bits: f64, found: &Comparison) -> f64 {
    let said = found.evidence.iter().filter(|it| it.kind == EvidenceKind::GivenName);
    let said: f64 = said.map(|it| it.bits).sum();
    (bits - said.max(0.0)).max(AS_NAMED)
}

/// Returns the one word shown instead of a name if it is the other's handle.
fn shown_handle<'f>(one: &'f Feature<'_>, other: &Feature<'_>) -> Option<&'f str> {
    one.only_word().filter(|word| 4 <= word.len() && *word == other.stem)
}

/// Whether `one`'s handle is made of both names of `other`.
fn is_made_of(one: &Feature<'_>, other: &Feature<'_>) -> bool {
    other.of_name.iter().take(5).any(|handle| *handle == one.stem)
}

/// Returns the share of names in the network that such a handle could be made of.
fn share_of_handle(pair: &Pair<'_>) -> f64 {
    let known = pair.known;
    let share = |feature: &Feature<'_>, stem: &str| {
        let (given, family) = feature.full_name()?;
        let position = feature.of_name.iter().position(|handle| handle == stem)?;
        Some(match position {
            0 | 1 => known.given(given) * known.family(family),
            2 | 3 => known.initial(given) * known.family(family),
            4 => known.given(given) * known.initial(family),
            5 => known.given(given),
            _ => known.family(family),
        })
    };
    let (one, other) = (pair.one, pair.other);
    let stems = [&*one.stem, &*other.stem];
    let of_names = stems.iter().flat_map(|stem| [share(one, stem), share(other, stem)]).flatten();
    // A stem that is a name by itself is as frequent as that name.
    let as_name = stems.iter().filter(|stem| one.stem == other.stem && known.is_name(stem));
    let as_name = as_name.map(|stem| known.given(stem).max(known.family(stem)));
    of_names.chain(as_name).fold(1e-9, f64::max)
}

/// Returns how much likelier a short handle is to be taken by two.
fn short(stem: &str) -> f64 {
    match stem.chars().count() {
        0..=3 => 20.0,
        4 | 5 => 4.0,
        _ => 1.0,
    }
}
