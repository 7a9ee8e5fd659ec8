//! Which known word was probably meant, when somebody types one that does not exist.
//!
//! One slip is the rule, two in a longer word: a letter changed, left out, added, or two swapped (the optimal string
//! alignment distance: F. J. Damerau, Communications of the ACM 7 (1964) 171). Anything further off is a guess that misleads.

/// Longer words are nobody's slip; it also bounds the work.
const LONGEST: usize = 40;

/// Returns the known word nearest to `word`, letter case aside, if it is near enough to have been meant; of two equally
/// near the first.
///
/// # Example
/// ```
/// use rin_core::near_miss;
/// assert_eq!(near_miss("platfrom", ["platform", "party"]), Some("platform"));
/// assert_eq!(near_miss("sky", ["platform", "party"]), None);
/// ```
pub fn near_miss<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = letters(word);
    if word.is_empty() || LONGEST < word.len() {
        return None;
    }
    let near = known.into_iter().filter_map(|one| {
        let other = letters(one);
        let allowed = if word.len().max(other.len()) <= 4 { 1 } else { 2 };
        let is_begun = 3 <= word.len() && other.starts_with(&word);
        let slips = if LONGEST < other.len() { LONGEST } else { distance(&word, &other) };
        (slips <= allowed || is_begun).then_some((slips.min(allowed + 1), one))
    });
    near.min_by_key(|(slips, _)| *slips).map(|(_, one)| one)
}

fn letters(word: &str) -> Vec<char> {
    word.to_lowercase().chars().collect()
}

/// Returns the least number of slips that turn one word into the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (i, &letter) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        let mut left = None;
        for (j, &other) in b.iter().enumerate() {
            let at = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(LONGEST);
            let changed = at(&above, j) + usize::from(letter != other);
            let mut least = changed.min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            if 0 < j && previous == Some(other) && left == Some(letter) {
                least = least.min(at(&before, j - 1) + 1);
            }
            row.push(least);
            left = Some(other);
        }
        previous = Some(letter);
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_in_a_short_word_two_in_a_long_one() {
        let known = ["alive", "kind", "tag", "platform", "campaign"];
        let near = |word| near_miss(word, known);
        for (word, meant) in [
            ("alvie", Some("alive")),
            ("kin", Some("kind")),
            ("tga", Some("tag")),
            ("TAGS", Some("tag")),
            ("plattfrom", Some("platform")),
            ("camp", Some("campaign")),
            ("", None),
            ("cat", None),
            ("mastodon", None),
        ] {
            assert_eq!(near(word), meant, "{word}");
        }
        assert_eq!(near_miss(&"a".repeat(5_000), known), None);
    }

    proptest::proptest! {
        #[test]
        fn a_distance_is_the_same_both_ways_and_bounded(a in "[abc]{0,8}", b in "[abc]{0,8}") {
            let (one, other) = (letters(&a), letters(&b));
            let slips = distance(&one, &other);
            assert_eq!(slips, distance(&other, &one));
            assert_eq!(slips == 0, a == b);
            assert!(one.len().abs_diff(other.len()) <= slips && slips <= one.len().max(other.len()));
        }
    }
}
