//! A campaign's report in sentences, in both languages.

use rin_core::{Effect, InterruptedError, Outcome};

use crate::Lang;

/// What is put into words.
pub(super) struct Words<'a> {
    pub(super) found: &'a Effect,
    pub(super) lang: Lang,
}

impl Words<'_> {
    /// Says whether what the campaign won lasts.
    pub(super) fn lasting(&self) -> String {
        let (found, lang) = (self.found, self.lang);
        let figures = self.lives();
        match found.lasting.outcome {
            Outcome::Better => lang.pick(
                format!("The ties it won last longer than those won otherwise{figures}."),
                format!("Die gewonnenen Beziehungen halten länger als die, die sonst entstanden{figures}."),
            ),
            Outcome::Worse => lang.pick(
                format!("The ties it won end sooner than those won otherwise{figures}."),
                format!("Die gewonnenen Beziehungen enden früher als die, die sonst entstanden{figures}."),
            ),
            Outcome::NoDifferenceShown => lang.pick(
                format!("No difference is shown between how long its ties last and those won otherwise{figures}."),
                format!("Zwischen der Dauer der gewonnenen Beziehungen und der sonst entstandenen zeigt sich kein Unterschied{figures}."),
            ),
            Outcome::TooEarly => {
                let day = lang.day(found.lasting.not_before.day());
                lang.pick(
                    format!("Whether the ties it won last cannot be told yet: the sources have to reach {day}, since a tie has ended only after half a year of silence."),
                    format!("Ob die gewonnenen Beziehungen halten, lässt sich noch nicht sagen: Die Quellen müssen bis {day} reichen, denn zu Ende ist eine Beziehung erst nach einem halben Jahr Stille."),
                )
            }
            _ => {
                let (won, otherwise) = (found.won.ties, found.otherwise.ties);
                lang.pick(
                    format!("Whether the ties it won last cannot be told: {won} won and {otherwise} to compare with are too few."),
                    format!("Ob die gewonnenen Beziehungen halten, lässt sich nicht sagen: {won} gewonnene und {otherwise} zum Vergleich sind zu wenige."),
                )
            }
        }
    }

    /// Returns how many are there after the longest age that both were followed to.
    fn lives(&self) -> String {
        let pairs = self.found.won.alive.iter().zip(&self.found.otherwise.alive).rev();
        let mut both = pairs.filter_map(|(ours, theirs)| {
            Some((ours.days, ours.share?, ours.share_interval?, theirs.share?))
        });
        let Some((days, ours, range, theirs)) = both.next() else { return String::new() };
        let lang = self.lang;
        let (ours, theirs) = (lang.share(ours), lang.share(theirs));
        let (low, high) = (lang.share(range.low), lang.share(range.high));
        lang.pick(
            format!(": after {days} days {ours} ({low} to {high}) go on, of the others {theirs}"),
            format!(": nach {days} Tagen gehen {ours} ({low} bis {high}) weiter, von den anderen {theirs}"),
        )
    }

    /// Says whether it won more than would have come.
    pub(super) fn influx(&self) -> String {
        let (found, lang) = (self.found, self.lang);
        let figures = self.weeks();
        match found.influx.outcome {
            Outcome::Better => lang.pick(
                format!("It won more ties than would have come anyway{figures}."),
                format!("Sie gewann mehr Beziehungen, als ohnehin gekommen wären{figures}."),
            ),
            Outcome::Worse => lang.pick(
                format!("During it fewer ties came than without it{figures}."),
                format!("Währenddessen kamen weniger Beziehungen, als ohnehin gekommen wären{figures}."),
            ),
            Outcome::NoDifferenceShown => lang.pick(
                format!("It is not shown that it won more ties than would have come anyway{figures}."),
                format!("Es zeigt sich nicht, dass sie mehr Beziehungen gewann, als ohnehin gekommen wären{figures}."),
            ),
            Outcome::TooEarly => {
                let day = lang.day(found.influx.not_before.day());
                lang.pick(
                    format!("Whether it won more than would have come cannot be told before the sources reach its end, {day}."),
                    format!("Ob sie mehr gewann, als ohnehin gekommen wäre, lässt sich erst sagen, wenn die Quellen bis zu ihrem Ende reichen, {day}."),
                )
            }
            _ => {
                let why = found.new_ties.err().map(|error| too_few(error, lang)).unwrap_or_default();
                lang.pick(
                    format!("Whether it won more than would have come cannot be told. {why}"),
                    format!("Ob sie mehr gewann, als ohnehin gekommen wäre, lässt sich nicht sagen. {why}"),
                )
            }
        }
    }

    fn weeks(&self) -> String {
        let Ok(weeks) = &self.found.new_ties else { return String::new() };
        let lang = self.lang;
        let (seen, expected) = (lang.number(weeks.seen), lang.number(weeks.expected));
        let range = weeks.during.interval;
        let (low, high) = (lang.number(range.low), lang.number(range.high));
        let by = lang.number(weeks.during.value);
        lang.pick(
            format!(": {seen} a week where {expected} were to be expected, a difference of {by} ({low} to {high})"),
            format!(": {seen} die Woche, wo {expected} zu erwarten waren, ein Unterschied von {by} ({low} bis {high})"),
        )
    }

    /// Says what has to be known to read the figures.
    pub(super) fn notes(&self) -> Vec<String> {
        let (found, lang) = (self.found, self.lang);
        let mut notes = Vec::new();
        if 0 < found.won.too_young {
            let young = found.won.too_young;
            let day = lang.day(found.lives_known_until);
            let are = if young == 1 { lang.pick("is", "ist") } else { lang.pick("are", "sind") };
            notes.push(lang.pick(
                format!("Who was alive is known until {day}; {young} of the ties it won {are} younger."),
                format!("Wer noch da war, ist bis {day} bekannt; {young} der gewonnenen Beziehungen {are} jünger."),
            ));
        }
        notes.push(
            lang.pick(
                "Each of the two questions is tested at 2.5 %: of campaigns without effect one in twenty is called better or worse.",
                "Jede der beiden Fragen wird auf 2,5 % geprüft: Von Kampagnen ohne Wirkung wird eine von zwanzig besser oder schlechter genannt.",
            )
            .to_owned(),
        );
        notes
    }
}

/// Says why nothing can be said of weeks.
pub(super) fn too_few(error: InterruptedError, lang: Lang) -> String {
    match error {
        InterruptedError::Before { periods, needed } => {
            let known = lang.count(
                periods as u64,
                ("week before it is known", "Woche davor ist bekannt"),
                ("weeks before it are known", "Wochen davor sind bekannt"),
            );
            lang.pick(
                format!("{known}, a trend needs {needed}."),
                format!("{known}, ein Trend braucht {needed}."),
            )
        }
        InterruptedError::During { periods, needed } => {
            let known = lang.count(
                periods as u64,
                ("whole week that is known and its own", "ganze Woche, die bekannt ist und ihr allein gehört"),
                ("whole weeks that are known and its own", "ganze Wochen, die bekannt sind und ihr allein gehören"),
            );
            lang.pick(
                format!("It has {known}; a comparison needs {needed}."),
                format!("Sie hat {known}; ein Vergleich braucht {needed}."),
            )
        }
        _ => lang
            .pick(
                "Nothing varies from week to week, so chance cannot be told from effect.",
                "Nichts schwankt von Woche zu Woche, also lässt sich Zufall nicht von Wirkung trennen.",
            )
            .to_owned(),
    }
}
