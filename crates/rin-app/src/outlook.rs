//! What is to be expected of a relationship, in sentences with the dated facts behind it.

use jiff::tz::TimeZone;
use rin_core::{Assessment, Interval, Level, Moment};

use crate::Lang;

/// Lapse dates further away than this are not told as a day: ten years.
const FAR_DAYS: f64 = 3_650.0;

/// Says how probable contact is and when it lapses, on what that rests, how the pace has changed, who owes an answer.
pub(crate) fn told(seen: &Assessment, horizon: f64, lang: Lang, zone: &TimeZone) -> Vec<String> {
    let teller = Teller { seen, lang, zone };
    let sentences = [
        Some(teller.alive(horizon)),
        Some(teller.lapse()),
        Some(teller.rests_on()),
        teller.momentum(),
        teller.owed(),
    ];
    sentences.into_iter().flatten().collect()
}

struct Teller<'a> {
    seen: &'a Assessment,
    lang: Lang,
    zone: &'a TimeZone,
}

impl Teller<'_> {
    fn date(&self, moment: Moment) -> String {
        self.lang.date(moment, self.zone)
    }

    fn alive(&self, horizon: f64) -> String {
        let seen = self.seen;
        let alive = Lang::chance(seen.alive);
        let (low, high) = percents(seen.alive_range);
        self.lang.pick(
            format!(
                "Contact within {horizon:.0} days: {alive} ({low} to {high}); {}.",
                self.expected()
            ),
            format!(
                "Kontakt binnen {horizon:.0} Tagen: {alive} ({low} bis {high}); {}.",
                self.expected()
            ),
        )
    }

    fn expected(&self) -> String {
        let seen = self.seen;
        let (few, many) = (seen.expected_range.low.round(), seen.expected_range.high.round());
        if many < 1.0 {
            return self
                .lang
                .pick("most likely no interaction", "höchstwahrscheinlich keine Interaktion")
                .to_owned();
        }
        let expected = self.lang.number(seen.expected);
        let is_one = expected == "1";
        self.lang.pick(
            format!(
                "{expected} {} expected ({few} to {many})",
                if is_one { "interaction" } else { "interactions" }
            ),
            format!(
                "{expected} {} zu erwarten ({few} bis {many})",
                if is_one { "Interaktion" } else { "Interaktionen" }
            ),
        )
    }

    fn lapse(&self) -> String {
        let seen = self.seen;
        if FAR_DAYS < seen.lapse.days_since(seen.as_of) {
            return self
                .lang
                .pick(
                    "It is not expected to lapse within ten years.",
                    "Binnen zehn Jahren ist kein Verfall zu erwarten.",
                )
                .to_owned();
        }
        let lapse = self.date(seen.lapse);
        let early = self.date(seen.lapse_range.0);
        let is_far = FAR_DAYS < seen.lapse_range.1.days_since(seen.as_of);
        let late = if is_far {
            self.lang.pick("in more than ten years", "in über zehn Jahren").to_owned()
        } else {
            self.date(seen.lapse_range.1)
        };
        if seen.as_of < seen.lapse {
            return self.lang.pick(
                format!("If nobody acts it lapses on {lapse} (between {early} and {late})."),
                format!("Tut niemand etwas, verfällt die Beziehung am {lapse} (zwischen {early} und {late})."),
            );
        }
        let doubt = if seen.level == Level::Lapsed {
            ""
        } else if seen.received.is_none() {
            self.lang.pick(
                " That is not sure, since what they write is not covered.",
                " Sicher ist das nicht, denn was sie schreiben, ist nicht abgedeckt.",
            )
        } else {
            self.lang.pick(" That is less than two weeks ago.", " Das ist keine zwei Wochen her.")
        };
        self.lang.pick(
            format!("By the forecast it lapsed on {lapse} (between {early} and {late}).{doubt}"),
            format!("Nach der Vorhersage verfiel die Beziehung am {lapse} (zwischen {early} und {late}).{doubt}"),
        )
    }

    fn rests_on(&self) -> String {
        let seen = self.seen;
        let days = self.lang.count(
            u64::from(seen.contact_days),
            ("day of contact", "Tag mit Kontakt"),
            ("days of contact", "Tage mit Kontakt"),
        );
        let (first, last) = (self.date(seen.first), self.date(seen.last));
        let silence = self.lang.count(
            rounded(seen.silence_days),
            ("day of silence", "Tag Stille"),
            ("days of silence", "Tage Stille"),
        );
        let rhythm = seen.rhythm_days.map_or_else(String::new, |days| {
            let days = self.lang.number(days);
            self.lang.pick(
                format!(", every {days} days on average"),
                format!(", im Mittel alle {days} Tage"),
            )
        });
        let until = self.date(seen.as_of);
        self.lang.pick(
            format!("Behind it: {days} from {first} to {last}{rhythm}; {silence} until {until}."),
            format!("Dahinter: {days} vom {first} bis {last}{rhythm}; {silence} bis {until}."),
        )
    }

    /// Says whether the pace has changed; nothing where that cannot be told from chance.
    fn momentum(&self) -> Option<String> {
        let pace = self.seen.momentum?;
        let (low, high) = (self.lang.number(pace.range.low), self.lang.number(pace.range.high));
        let ratio = self.lang.number(pace.ratio);
        let rises = 1.0 < pace.range.low;
        (rises || pace.range.high < 1.0).then(|| {
            let way = if rises { ("more", "häufiger") } else { ("less", "seltener") };
            self.lang.pick(
                format!("In contact {} often of late: {ratio} times the earlier pace ({low} to {high}).", way.0),
                format!("Zuletzt {} in Kontakt: das {ratio}-Fache des früheren Tempos ({low} bis {high}).", way.1),
            )
        })
    }

    fn owed(&self) -> Option<String> {
        let seen = self.seen;
        let by_us = seen.open_since.map(|since| {
            let since = self.date(since);
            self.lang.pick(
                format!("They have been waiting for your answer since {since}."),
                format!("Sie warten seit {since} auf deine Antwort."),
            )
        });
        by_us.or_else(|| {
            let since = self.date(seen.awaited_since?);
            Some(self.lang.pick(
                format!("You have been waiting for their answer since {since}."),
                format!("Du wartest seit {since} auf ihre Antwort."),
            ))
        })
    }
}

/// Returns an interval in percent.
fn percents(range: Interval) -> (String, String) {
    (Lang::chance(range.low), Lang::chance(range.high))
}

/// Returns whole days.
fn rounded(days: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float to int saturates, and days are never below zero"
    )]
    let days = days.round() as u64;
    days
}

#[cfg(test)]
mod tests {
    use rin_core::{
        Coverage, Direction, ForecastModel, InteractionKind, InteractionKinds, TieState, assess,
    };

    use super::*;

    fn day(n: f64) -> Moment {
        Moment::from_unix_ms(1_600_041_600_000).plus_days(n)
    }

    fn monthly() -> Assessment {
        let mut state = TieState::default();
        for month in 0..12 {
            let direction = if month % 2 == 0 { Direction::Sent } else { Direction::Received };
            state.add(day(30.0 * f64::from(month)), direction, InteractionKind::Message);
        }
        let received = InteractionKinds::of(&[InteractionKind::Message]);
        let coverage = Coverage { received, ..Coverage::default() };
        assess(&state, &coverage, day(400.0), &ForecastModel::by_sqrt_rule(1.0)).unwrap()
    }

    #[test]
    fn sentences_carry_figures_intervals_and_dates() {
        let zone = TimeZone::UTC;
        let en = told(&monthly(), 180.0, Lang::En, &zone);
        assert_eq!(
            en,
            [
                "Contact within 180 days: 58 % (28 % to 90 %); 1.7 interactions expected (1 to 3).",
                "If nobody acts it lapses on 21 Nov 2021 (between 22 Aug 2021 and 11 Sep 2022).",
                "Behind it: 12 days of contact from 14 Sep 2020 to 10 Aug 2021, every 30 days on average; 70 days of silence until 19 Oct 2021.",
                "They have been waiting for your answer since 10 Aug 2021.",
            ]
        );
        let de = told(&monthly(), 180.0, Lang::De, &zone);
        assert!(de[0].starts_with("Kontakt binnen 180 Tagen: "), "{de:?}");
        assert!(de[3].ends_with("auf deine Antwort."), "{de:?}");
        assert_eq!(en.len(), de.len());
    }
}
