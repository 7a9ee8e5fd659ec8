//! Several people in one field: addresses joined by commas, and names joined by a comma that names may hold themselves.

use std::borrow::Cow;

use crate::read::people::profile;

/// Returns the ids of addresses joined by commas; one that is no profile's stands as an empty text.
pub(super) fn profiles(addresses: &str) -> Vec<Cow<'_, str>> {
    let all = addresses.split(',').map(str::trim).filter(|address| !address.is_empty());
    all.map(profile).collect()
}

/// Parts names joined by ", ": the longest run of parts that is a known name is one, and what looks like a degree
/// belongs to the name before it.
pub(super) fn split_names(text: &str, is_name: &dyn Fn(&str) -> bool) -> Vec<String> {
    let parts: Vec<&str> =
        text.split(", ").map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut names: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(rest) = parts.get(at..).filter(|rest| !rest.is_empty()) {
        // No name has more than four degrees.
        let longest = (1..=rest.len().min(5))
            .rev()
            .find(|length| is_name(&rest.get(..*length).unwrap_or_default().join(", ")));
        let length = longest.unwrap_or(1);
        let name = rest.get(..length).unwrap_or_default().join(", ");
        match names.last_mut() {
            Some(last) if longest.is_none() && is_degree(&name) => {
                last.push_str(", ");
                last.push_str(&name);
            }
            _ => names.push(name),
        }
        at += length;
    }
    names
}

/// Whether a part is a degree or the like and no name: Ph.D., MBA, Jr.
fn is_degree(part: &str) -> bool {
    let letters: Vec<char> = part.chars().filter(|letter| letter.is_alphabetic()).collect();
    let is_short = letters.len() <= 5 && !part.contains(' ');
    is_short
        && (part.contains('.')
            || letters.iter().filter(|letter| letter.is_uppercase()).count() != 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_belongs_to_the_name_before_it() {
        let known = |name: &str| ["Ann Bee, Ph.D.", "Cy"].contains(&name);
        let split = |text: &str| split_names(text, &known);
        assert_eq!(split("Ann Bee, Ph.D."), ["Ann Bee, Ph.D."]);
        assert_eq!(split("Ann Bee, Ph.D., Cy, Di Moe"), ["Ann Bee, Ph.D.", "Cy", "Di Moe"]);
        assert_eq!(split("Ed Foe, MBA, PhD, Gil Hay, Jr."), ["Ed Foe, MBA, PhD", "Gil Hay, Jr."]);
        assert_eq!(split("Ina, Jo"), ["Ina", "Jo"]);
        assert_eq!(split(""), [""; 0]);
    }
}
