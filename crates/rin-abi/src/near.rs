//! Which known word somebody meant who wrote an unknown one.

/// Returns the word of `known` that is nearest to `word`, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A third of the word may be wrong; more is a guess.
    let limit = (word.chars().count() / 3).max(1);
    let measured = known.into_iter().map(|candidate| (distance(word, candidate), candidate));
    let (_, nearest) = measured.filter(|(d, _)| *d <= limit).min_by_key(|(d, _)| *d)?;
    Some(nearest)
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
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
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
