//! The short name of a campaign: what its file is called and what commands name it by.

/// The longest short name, in bytes: far below what file systems allow.
const LONGEST: usize = 60;

/// Returns the short name that a name makes: ASCII lower case and digits with hyphens between; `None` if nothing is left.
///
/// German letters are written out, so that `Lesesommer für Große` is `lesesommer-fuer-grosse`.
pub(super) fn short(name: &str) -> Option<String> {
    let mut short = String::new();
    let name = name.strip_suffix(".toml").unwrap_or(name);
    for letter in name.to_lowercase().chars() {
        let written = match letter {
            'ä' => "ae",
            'ö' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            letter if letter.is_ascii_alphanumeric() => {
                short.push(letter);
                continue;
            }
            _ => "-",
        };
        if written != "-" || !(short.is_empty() || short.ends_with('-')) {
            short.push_str(written);
        }
    }
    short.truncate(LONGEST);
    let short = short.trim_end_matches('-');
    (!short.is_empty()).then(|| short.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_names_a_file_everywhere() {
        for (name, expected) in [
            ("Lesesommer für Große!", Some("lesesommer-fuer-grosse")),
            ("lesesommer", Some("lesesommer")),
            ("lesesommer.toml", Some("lesesommer")),
            ("../../etc/passwd", Some("etc-passwd")),
            ("  2027 -- Frühling  ", Some("2027-fruehling")),
            ("!?", None),
            ("", None),
        ] {
            assert_eq!(short(name).as_deref(), expected, "{name}");
        }
        assert_eq!(short(&"é1".repeat(99)).unwrap().len(), 60 - 1);
    }

    #[test]
    fn a_short_name_is_its_own() {
        for name in ["A - B_c", "ÄÖÜ", "-x-", "a.toml.toml", &"wort ".repeat(40)] {
            let once = short(name).unwrap();
            assert_eq!(short(&once), Some(once.clone()), "{name}");
        }
    }
}
