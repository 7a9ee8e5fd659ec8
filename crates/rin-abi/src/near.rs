//! Which known word somebody meant who wrote an unknown one.

/// Letters of a word that is taken for the beginning of a longer one.
const MIN_BEGINNING: usize = 4;

/// Returns the word of `known` that is nearest to `word`, if one is near enough to be meant.
///
/// Near is a word with at most a third of its letters wrong, else the only one that begins like it.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // More than a third is a guess.
    let limit = (word.chars().count() / 3).max(1);
    let (mut nearest, mut longer) = (None, Vec::new());
    for candidate in known {
        let far = distance(word, candidate);
        if far <= limit && nearest.is_none_or(|(least, _)| far < least) {
            nearest = Some((far, candidate));
        }
        if MIN_BEGINNING <= word.len() && candidate.starts_with(word) {
            longer.push(candidate);
        }
    }
    match (nearest, longer.as_slice()) {
        (Some((_, candidate)), _) => Some(candidate),
        (None, [only]) => Some(only),
        _ => None,
    }
}

/// Returns how many letters must be added, dropped or changed (Levenshtein), for words of at most 64 letters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<_> = b.chars().take(64).collect();
    let mut row: Vec<_> = (0..=b.len()).collect();
    for (i, letter) in a.chars().take(64).enumerate() {
        let mut before = i;
        let mut left = i + 1;
        for (cell, other) in row.iter_mut().skip(1).zip(&b) {
            let changed = before + usize::from(letter != *other);
            before = *cell;
            left = changed.min(left + 1).min(*cell + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_a_guess_is_not_made() {
        let known = ["license", "platform", "provides", "version"];
        for (word, expected) in [
            ("licence", Some("license")),
            ("plattform", Some("platform")),
            ("versoin", Some("version")),
            ("plat", Some("platform")),
            ("pro", None),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }

    #[test]
    fn a_beginning_that_two_words_share_means_neither() {
        let known = ["silence-days", "silence-ms", "cooldown-days"];
        assert_eq!(nearest("silence", known), None);
        assert_eq!(nearest("cooldown", known), Some("cooldown-days"));
    }

    #[test]
    fn the_distance_is_levenshteins() {
        for (a, b, expected) in
            [("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("flaw", "lawn", 2)]
        {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }
}
