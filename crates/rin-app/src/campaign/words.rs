//! What a check says, in two languages: what is so with the figure behind it, and what to do.

mod remedy;

use rin_core::{Campaign, Check, Influx, Measure, Question, Verdict};

use crate::Lang;

/// What the sentences are about.
pub(super) struct Words<'a> {
    pub(super) campaign: &'a Campaign,
    pub(super) influx: &'a Influx,
    pub(super) lang: Lang,
}

impl Words<'_> {
    /// Says how the whole check came out.
    pub(super) fn whole(&self, checks: &[Check]) -> String {
        let name = &self.campaign.name;
        let count = |verdict| checks.iter().filter(|check| check.verdict == verdict).count() as u64;
        let (stops, warns) = (count(Verdict::Stop), count(Verdict::Warn));
        let warned = self.lang.count(warns, ("warning", "Warnung"), ("warnings", "Warnungen"));
        match (stops, warns) {
            (0, 0) => self.lang.pick(
                format!("{name} may start: nothing speaks against it."),
                format!("{name} kann starten: nichts spricht dagegen."),
            ),
            (0, _) => self.lang.pick(
                format!("{name} may start, with {warned}."),
                format!("{name} kann starten, mit {warned}."),
            ),
            _ => self.lang.pick(
                format!(
                    "{name} should not start like this: {stops} of {} checks say stop.",
                    checks.len()
                ),
                format!(
                    "{name} sollte so nicht starten: {stops} von {} Prüfungen sagen Halt.",
                    checks.len()
                ),
            ),
        }
    }

    /// Says what is so.
    pub(super) fn said(&self, check: &Check) -> String {
        match check.question {
            Question::ProgrammeGoesOn => self.programme(check),
            Question::AftercareReserved => self.reserved(check),
            Question::AftercareFits => self.fits(check),
            Question::WhoAnswers => self.who(check),
            Question::Influx => self.comes(check),
            Question::TeamHasTime => self.team(check),
            Question::Norm => self.norm(check),
            Question::GoalMeasurable => self.goal(check),
            Question::MarksSeen => self.marks(check),
            _ => self.overlap(check),
        }
    }

    fn programme(&self, check: &Check) -> String {
        let name = &self.campaign.programme;
        let limit = self.days(check.limit);
        let Some(found) = check.found else {
            return self.lang.pick(
                format!("Programme {name} does not run when the campaign begins."),
                format!("Das Programm {name} läuft nicht, wenn die Kampagne beginnt."),
            );
        };
        if found <= 0.0 {
            let days = self.days(Some(-found));
            return self.lang.pick(
                format!("Programme {name} has no budget for the last {days} of the campaign, nor after it."),
                format!("Das Programm {name} hat für die letzten {days} der Kampagne und danach kein Budget."),
            );
        }
        let found = self.days(Some(found));
        self.lang.pick(
            format!("Programme {name} has a budget for {found} after the campaign; its aftercare lasts {limit}."),
            format!("Das Programm {name} hat nach der Kampagne noch {found} Budget; ihre Nachsorge dauert {limit}."),
        )
    }

    fn reserved(&self, check: &Check) -> String {
        let found = self.figure(check.found);
        let Some(limit) = check.limit else {
            return self.lang.pick(
                format!(
                    "{found} min of aftercare are reserved; how much it should be is not known."
                ),
                format!(
                    "{found} min Nachsorge sind vorgesehen; wie viel nötig ist, ist nicht bekannt."
                ),
            );
        };
        let limit = self.figure(Some(limit));
        self.lang.pick(
            format!("{found} min of aftercare are reserved; to tend once whoever is expected takes {limit}."),
            format!("{found} min Nachsorge sind vorgesehen; alle Erwarteten einmal zu pflegen kostet {limit}."),
        )
    }

    fn fits(&self, check: &Check) -> String {
        let (found, limit) = (self.figure(check.found), self.figure(check.limit));
        self.lang.pick(
            format!("Aftercare takes {found} min a week, with that of other campaigns; the programme has {limit} free."),
            format!("Die Nachsorge braucht {found} min je Woche, mit der anderer Kampagnen; das Programm hat {limit} frei."),
        )
    }

    fn who(&self, check: &Check) -> String {
        let (found, place) = (check.found.unwrap_or_default(), &check.about);
        match check.verdict {
            Verdict::Ok => {
                let people = self.figure(Some(found));
                let can = if found < 1.5 { "kann" } else { "können" };
                self.lang.pick(
                    format!("{place}: {people} of the programme's team can answer when the campaign's has left."),
                    format!("{place}: {people} vom Team des Programms {can} antworten, wenn das der Kampagne geht."),
                )
            }
            Verdict::Warn => self.lang.pick(
                format!("{place}: nobody of the programme's team is left before the aftercare ends."),
                format!("{place}: vom Team des Programms ist niemand mehr da, bevor die Nachsorge endet."),
            ),
            Verdict::Stop => self.lang.pick(
                format!("{place}: nobody of the programme's team can answer when the campaign's has left."),
                format!("{place}: niemand vom Team des Programms kann antworten, wenn das der Kampagne geht."),
            ),
        }
    }

    fn comes(&self, check: &Check) -> String {
        let known = check.found.map(|found| {
            let found = self.figure(Some(found.round()));
            // Where the goal is beyond all that ever came, there is no range to tell.
            let range = check.interval.filter(|interval| interval.low < interval.high);
            let range = range.map_or_else(String::new, |interval| {
                let (low, high) = (interval.low.round(), interval.high.round());
                self.lang.pick(format!(" ({low} to {high})"), format!(" ({low} bis {high})"))
            });
            format!("{found}{range}")
        });
        let by = self.by_what();
        let expected = match known {
            Some(known) => self.lang.pick(
                format!("{known} relationships are expected, by {by}"),
                format!("{known} Beziehungen sind zu erwarten, nach {by}"),
            ),
            None => self.lang.pick(
                "How many relationships come is not known: the past is too short".to_owned(),
                "Wie viele Beziehungen kommen, ist nicht bekannt: die Vergangenheit ist zu kurz"
                    .to_owned(),
            ),
        };
        let enough = match check.limit {
            Some(limit) => {
                let limit = self.figure(Some(limit));
                self.lang.pick(
                    format!("the aftercare is enough to tend {limit} of them once"),
                    format!("die Nachsorge reicht, um {limit} davon einmal zu pflegen"),
                )
            }
            None => self.lang.pick(
                "what tending one takes is not known".to_owned(),
                "was die Pflege einer einzelnen kostet, ist nicht bekannt".to_owned(),
            ),
        };
        format!("{expected}; {enough}.")
    }

    /// Says on what the expectation rests.
    fn by_what(&self) -> String {
        let past = self.influx;
        let target = match self.campaign.goal.measure {
            Some(Measure::Won) => f64::from(self.campaign.goal.target),
            _ => 0.0,
        };
        let mean = past.expected(self.campaign.window.days()).map(|(mean, _)| mean);
        if mean.is_none_or(|mean| mean < target) {
            return self
                .lang
                .pick("the campaign's own goal", "dem eigenen Ziel der Kampagne")
                .to_owned();
        }
        if past.campaigns.is_empty() {
            let n = past.ordinary.len() as u64;
            let windows = self.lang.count(
                n,
                ("past window", "früheren Zeitraum"),
                ("past windows", "früheren Zeiträumen"),
            );
            return self.lang.pick(
                format!("{windows} as long as the campaign"),
                format!("{windows} von der Länge der Kampagne"),
            );
        }
        let n = past.campaigns.len() as u64;
        self.lang.count(
            n,
            ("past campaign", "früheren Kampagne"),
            ("past campaigns", "früheren Kampagnen"),
        )
    }

    fn team(&self, check: &Check) -> String {
        let (found, limit) = (self.figure(check.found), self.figure(check.limit));
        self.lang.pick(
            format!("{found} min are planned on the platforms; team and budget have {limit}."),
            format!("{found} min sind auf den Plattformen geplant; Team und Budget haben {limit}."),
        )
    }

    fn norm(&self, check: &Check) -> String {
        let place = &check.about;
        match (&check.remark, check.verdict) {
            (Some(remark), _) => format!("{place}: {}", self.lang.text(&remark.text)),
            (None, Verdict::Ok) => self.lang.pick(
                format!("{place}: its plugin sees no norm broken."),
                format!("{place}: sein Plugin sieht keine Norm verletzt."),
            ),
            (None, _) => self.lang.pick(
                format!("{place}: no plugin could be asked for its norms."),
                format!("{place}: kein Plugin konnte nach seinen Normen gefragt werden."),
            ),
        }
    }

    fn goal(&self, check: &Check) -> String {
        let (found, limit) = (self.figure(check.found), self.figure(check.limit));
        if check.found.is_none() {
            return self.lang.pick(
                "The goal counts nothing, so nobody can say whether it was reached.".to_owned(),
                "Das Ziel zählt nichts, also kann niemand sagen, ob es erreicht wurde.".to_owned(),
            );
        }
        let seen = self.lang.pick(
            format!("The goal can be measured on {found} of {limit} platforms"),
            format!("Das Ziel ist auf {found} von {limit} Plattformen messbar"),
        );
        if self.campaign.goal.target == 0 {
            return self.lang.pick(
                format!("{seen}, but its target is 0."),
                format!("{seen}, aber gezählt werden soll 0."),
            );
        }
        format!("{seen}.")
    }

    fn marks(&self, check: &Check) -> String {
        match check.verdict {
            Verdict::Ok => self.lang.pick(
                "Imported sources report hashtags and links.".to_owned(),
                "Importierte Quellen melden Hashtags und Links.".to_owned(),
            ),
            _ => self.lang.pick(
                "No imported source has reported a hashtag or link yet; nothing would be recognised by them.".to_owned(),
                "Noch keine importierte Quelle hat einen Hashtag oder Link gemeldet; daran würde nichts erkannt.".to_owned(),
            ),
        }
    }

    fn overlap(&self, check: &Check) -> String {
        let (days, other) = (self.days(check.found), &check.about);
        match check.verdict {
            Verdict::Ok => self.lang.pick(
                format!("{other} runs beside it for {days}; both have marks of their own."),
                format!("{other} läuft {days} daneben; beide haben eigene Merkmale."),
            ),
            _ => self.lang.pick(
                format!("{other} runs beside it for {days}; which of both won a tie, dates cannot tell."),
                format!("{other} läuft {days} daneben; welche von beiden gewonnen hat, sagt das Datum nicht."),
            ),
        }
    }

    fn figure(&self, figure: Option<f64>) -> String {
        figure.map_or_else(|| "?".to_owned(), |figure| self.lang.number(figure))
    }

    fn days(&self, days: Option<f64>) -> String {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "float to int saturates, which is meant"
        )]
        let days = days.unwrap_or_default().round() as u64;
        let german = if days == 1 { "Tag" } else { "Tage" };
        self.lang.count(days, ("day", german), ("days", german))
    }
}

/// Returns the stable name of a question.
pub(super) const fn name(question: Question) -> &'static str {
    match question {
        Question::ProgrammeGoesOn => "programme-goes-on",
        Question::AftercareReserved => "aftercare-reserved",
        Question::AftercareFits => "aftercare-fits",
        Question::WhoAnswers => "who-answers",
        Question::Influx => "influx",
        Question::TeamHasTime => "team-has-time",
        Question::Norm => "norm",
        Question::GoalMeasurable => "goal-measurable",
        Question::MarksSeen => "marks-seen",
        _ => "overlap",
    }
}
