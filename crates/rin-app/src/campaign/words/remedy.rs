//! What to do about an answer of a check that is not well.

use rin_core::{Check, Measure, Question, Verdict};

use super::Words;

impl Words<'_> {
    /// Says what to do; `None` if it is well.
    pub(in crate::campaign) fn remedy(&self, check: &Check) -> Option<String> {
        if check.verdict == Verdict::Ok {
            return None;
        }
        let (en, de) = match check.question {
            Question::ProgrammeGoesOn => (
                "Renew it before you start: rin programme renew",
                "Vor dem Start erneuern: rin programme renew",
            ),
            Question::AftercareReserved => (
                "Raise minutes-per-week or days under [aftercare].",
                "minutes-per-week oder days unter [aftercare] erhöhen.",
            ),
            Question::AftercareFits => (
                "Give the programme more minutes (rin programme adjust), reserve less, or start later.",
                "Dem Programm mehr Minuten geben (rin programme adjust), weniger vorsehen oder später starten.",
            ),
            Question::WhoAnswers => (
                "Name somebody who stays: rin programme adjust --member NAME=MINUTES",
                "Jemanden nennen, der bleibt: rin programme adjust --member NAME=MINUTEN",
            ),
            Question::Influx => less(check),
            Question::TeamHasTime => (
                "Plan less on the platforms, or give the team and the campaign more minutes.",
                "Auf den Plattformen weniger planen, oder Team und Kampagne mehr Minuten geben.",
            ),
            Question::Norm if check.remark.is_some() => return None,
            Question::Norm => (
                "Install a plugin for it, or look its rules up yourself.",
                "Ein Plugin dafür installieren, oder die Regeln selbst nachlesen.",
            ),
            Question::GoalMeasurable => self.measure_it(check),
            Question::MarksSeen => (
                "Mark by hand whom it wins (rin campaign mark), or go by dates alone.",
                "Von Hand markieren, wen sie gewinnt (rin campaign mark), oder nur nach Datum gehen.",
            ),
            _ => (
                "Give both hashtags, lists or links of their own, or let one begin after the other.",
                "Beiden eigene Hashtags, Listen oder Links geben, oder eine nach der anderen beginnen.",
            ),
        };
        Some(self.lang.pick(en, de).to_owned())
    }

    fn measure_it(&self, check: &Check) -> (&'static str, &'static str) {
        let measure = self.campaign.goal.measure;
        match (measure, check.verdict) {
            (None, _) => {
                ("Set measure and target under [goal].", "measure und target unter [goal] setzen.")
            }
            (Some(_), _) if self.campaign.goal.target == 0 => {
                ("Set target under [goal].", "target unter [goal] setzen.")
            }
            (Some(Measure::Received), _) => (
                "Import exports that show what others write to you, or choose another measure.",
                "Exporte importieren, die zeigen, was andere schreiben, oder ein anderes measure wählen.",
            ),
            _ => (
                "Import exports of your accounts there: rin import PATH",
                "Exporte der eigenen Konten dort importieren: rin import PFAD",
            ),
        }
    }
}

fn less(check: &Check) -> (&'static str, &'static str) {
    match (check.found, check.limit) {
        (Some(_), Some(_)) => (
            "Reserve more aftercare, or plan to win fewer and keep them.",
            "Mehr Nachsorge vorsehen, oder weniger gewinnen und diese halten.",
        ),
        _ => (
            "Import older exports and say what you have done (rin done): then it is known.",
            "Ältere Exporte importieren und sagen, was erledigt ist (rin done): dann ist es bekannt.",
        ),
    }
}
