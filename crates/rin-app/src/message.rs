//! What a person reads as a result, in German and English.
//!
//! A message is made for both languages in one place ([`Lang::pick`]), so that a missing one does not compile. Flags,
//! JSON keys and logs stay English everywhere.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use rin_core::{Day, Moment, Text};

/// The language of results.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Lang {
    /// Returns the language of a tag or locale such as `de`, `de_DE.UTF-8` or `en-GB`; `None` if it is neither.
    ///
    /// # Example
    /// ```
    /// use rin_app::Lang;
    /// assert_eq!(Lang::from_tag("de_AT.UTF-8"), Some(Lang::De));
    /// assert_eq!(Lang::from_tag("fr"), None);
    /// ```
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['_', '-', '.', '@']).next()?.to_ascii_lowercase().as_str() {
            "de" => Some(Self::De),
            "en" | "c" | "posix" => Some(Self::En),
            _ => None,
        }
    }

    /// Returns the text in this language.
    pub fn pick<T>(self, en: T, de: T) -> T {
        match self {
            Self::En => en,
            Self::De => de,
        }
    }

    /// Returns the sentence in this language.
    pub fn text(self, text: &Text) -> &str {
        self.pick(&text.en, &text.de)
    }

    /// Returns a day as people write it: `17 Aug 2026`, `17.08.2026`.
    pub fn day(self, day: Day) -> String {
        self.date(day.start(), &TimeZone::UTC)
    }

    /// Returns the day of a moment in a time zone, as people write it.
    pub fn date(self, moment: Moment, zone: &TimeZone) -> String {
        let Ok(timestamp) = Timestamp::from_millisecond(moment.unix_ms()) else {
            return self.pick("never", "nie").to_owned();
        };
        let zoned = timestamp.to_zoned_datetime(zone.clone());
        zoned.strftime(self.pick("%-d %b %Y", "%d.%m.%Y")).to_string()
    }

    /// Returns an ISO 8601 day out of a view as people write it; anything else as it is.
    pub fn shown(self, iso: &str) -> String {
        iso.parse::<Date>().map_or_else(
            |_| iso.to_owned(),
            |date| date.strftime(self.pick("%-d %b %Y", "%d.%m.%Y")).to_string(),
        )
    }

    /// Returns a share as people write it: `37 %`.
    pub fn percent(share: f64) -> String {
        format!("{:.0} %", 100.0 * share)
    }

    /// Returns a probability as people write it; what is not sure is not called so: `> 99 %`.
    pub fn chance(share: f64) -> String {
        if share < 0.005 {
            "< 1 %".to_owned()
        } else if 0.995 <= share {
            "> 99 %".to_owned()
        } else {
            Self::percent(share)
        }
    }

    /// Returns a share as people write it, with a decimal where nothing would be left without: `0.4 %`.
    pub fn share(self, share: f64) -> String {
        if 0.1 <= share {
            return Self::percent(share);
        }
        let text = format!("{:.1} %", 100.0 * share);
        self.pick(text.clone(), text.replace('.', ","))
    }

    /// Returns a number with one decimal where it is not whole, with the language's own separator.
    pub fn number(self, number: f64) -> String {
        let text = format!("{number:.1}");
        let text = text.strip_suffix(".0").unwrap_or(&text);
        // What rounds to nothing has no sign.
        let text = if text == "-0" { "0".to_owned() } else { text.replace('-', "−") };
        self.pick(text.clone(), text.replace('.', ","))
    }

    /// Returns a number with its sign, which a zero has not.
    pub fn signed(self, number: f64) -> String {
        let text = self.number(number.abs());
        match text.as_str() {
            "0" => text,
            _ if number < 0.0 => format!("−{text}"),
            _ => format!("+{text}"),
        }
    }

    /// Returns a count with its noun: `1 day`, `3 Tage`.
    pub fn count(self, n: u64, one: (&str, &str), many: (&str, &str)) -> String {
        let (en, de) = if n == 1 { one } else { many };
        format!("{n} {}", self.pick(en, de))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_follow_the_language() {
        let day = Day::from_number(20_682);
        assert_eq!(
            (Lang::En.day(day), Lang::De.day(day)),
            ("17 Aug 2026".into(), "17.08.2026".into())
        );
        assert_eq!((Lang::En.number(2.5), Lang::De.number(2.5)), ("2.5".into(), "2,5".into()));
        assert_eq!(Lang::De.shown("2026-08-17"), "17.08.2026");
        assert_eq!(Lang::De.shown("<= 2026-08-17"), "<= 2026-08-17");
        assert_eq!(Lang::De.number(3.0), "3");
        let signed = [-1.26, -0.01, 0.0, 2.0].map(|value| Lang::De.signed(value));
        assert_eq!(signed, ["−1,3", "0", "0", "+2"]);
        assert_eq!([Lang::De.number(-0.04), Lang::De.number(-0.06)], ["0", "−0,1"]);
        assert_eq!([Lang::De.share(0.004), Lang::En.share(0.37)], ["0,4 %", "37 %"]);
        assert_eq!([Lang::chance(0.999), Lang::chance(0.001)], ["> 99 %", "< 1 %"]);
        assert_eq!(Lang::De.count(1, ("day", "Tag"), ("days", "Tage")), "1 Tag");
        assert_eq!(Lang::En.date(Moment::from_unix_ms(i64::MAX), &TimeZone::UTC), "never");
    }
}
