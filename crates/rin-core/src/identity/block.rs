//! Which pairs are compared at all: those that share a key.
//!
//! A key that more accounts share than [`MOST`] says little (a handle like "info"), so its pairs are left to their other
//! keys; that bounds the work. Keys are hashed, as a false pair only costs a comparison.

use super::{feature::Feature, nickname::Nicknames};

/// Accounts of one key that are compared with each other.
const MOST: usize = 60;

/// Keys that may join two accounts of one platform: those that are nearly proof.
const STRONG: u64 = 0;
const WEAK: u64 = 1;

/// Returns the positions of the pairs to compare, ascending, each once, the smaller position first.
pub(super) fn pairs(features: &[Feature<'_>], names: &Nicknames) -> Vec<(u32, u32)> {
    let mut keys: Vec<(u64, u32)> = Vec::new();
    for (position, feature) in (0_u32..).zip(features) {
        let mut take = |strength: u64, kind: &str, parts: &[&str]| {
            keys.push((hash(kind, parts) << 1 | strength, position));
        };
        addresses(feature, &mut take);
        of_names(feature, names, &mut take);
        of_handles(feature, &mut take);
    }
    keys.sort_unstable();
    keys.dedup();
    let mut pairs = Vec::new();
    for block in keys.chunk_by(|one, other| one.0 == other.0).filter(|block| block.len() <= MOST) {
        let is_strong = block.first().is_some_and(|(key, _)| key & 1 == STRONG);
        for (n, (_, a)) in block.iter().enumerate() {
            let rest = block.iter().skip(n + 1).map(|(_, b)| *b);
            let rest = rest.filter(|b| is_strong || are_elsewhere(features, *a, *b));
            pairs.extend(rest.map(|b| (*a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn are_elsewhere(features: &[Feature<'_>], a: u32, b: u32) -> bool {
    let platform = |at: u32| features.get(at as usize).map(|feature| feature.profile.platform);
    platform(a) != platform(b)
}

fn addresses(feature: &Feature<'_>, take: &mut impl FnMut(u64, &str, &[&str])) {
    let pages = feature.pages.iter().map(String::as_str);
    for page in pages.chain(feature.links.iter().copied()).chain(feature.vouched.iter().copied()) {
        take(STRONG, "page", &[page]);
    }
    for mail in &feature.mails {
        take(STRONG, "mail", &[mail]);
    }
}

fn of_names(feature: &Feature<'_>, names: &Nicknames, take: &mut impl FnMut(u64, &str, &[&str])) {
    let Some((given, family)) = feature.full_name() else {
        if let Some(word) = feature.only_word() {
            take(WEAK, "handle", &[word]);
            take(WEAK, "word", &[word]);
            with_circumstances(feature, "word", word, take);
        }
        return;
    };
    take(WEAK, "name", &[given, family]);
    for root in names.families(given) {
        take(WEAK, "root", &[&root.to_string(), family]);
    }
    let initial: String = given.chars().take(1).collect();
    take(WEAK, "initial", &[&initial, family]);
    take(WEAK, "word", &[given]);
    with_circumstances(feature, "word", given, take);
    with_circumstances(feature, "family", family, take);
    for handle in feature.of_name.iter().take(5) {
        take(WEAK, "handle", &[handle]);
    }
}

/// A frequent name is still one key together with an employer or a town.
fn with_circumstances(
    feature: &Feature<'_>,
    kind: &str,
    word: &str,
    take: &mut impl FnMut(u64, &str, &[&str]),
) {
    for organisation in &feature.organisations {
        take(WEAK, kind, &[word, organisation]);
    }
    for place in &feature.places {
        take(WEAK, kind, &[word, place]);
    }
    for neighbour in feature.profile.neighbours.iter().take(8) {
        take(WEAK, kind, &[word, &neighbour.get().to_string()]);
    }
}

fn of_handles(feature: &Feature<'_>, take: &mut impl FnMut(u64, &str, &[&str])) {
    if 3 <= feature.handle.len() {
        take(WEAK, "handle", &[&feature.handle]);
        take(WEAK, "handle", &[&feature.stem]);
    }
}

/// FNV-1a (Fowler, Noll, Vo), as it is the same on every machine.
fn hash(kind: &str, parts: &[&str]) -> u64 {
    let bytes =
        kind.bytes().chain(parts.iter().flat_map(|part| [0].into_iter().chain(part.bytes())));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
