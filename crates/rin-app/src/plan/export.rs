//! A plan for other programs: a calendar, a table, a text.
//!
//! A calendar entry keeps its identity from plan to plan (who, where and in which week), so that importing the next plan
//! moves it instead of doubling it. What others have called themselves is foreign text: in a table it must not be taken
//! for a formula, in a text not for markup.

use icalendar::{Calendar, Component as _, Event, Property};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use rin_core::Moment;
use sha2::{Digest as _, Sha256};

use super::{PlanLineView, PlanView};
use crate::{Lang, WeekView};

/// What of a plan goes into files.
#[derive(Clone, Debug)]
pub struct PlanExport<'a> {
    /// When it was made.
    pub made_at: Moment,
    /// The language of headings.
    pub lang: Lang,
    /// First and last day, ISO 8601, and the lines of each week.
    pub weeks: Vec<(&'a str, &'a str, &'a [PlanLineView])>,
}

impl PlanView {
    /// Returns what of it goes into files.
    pub fn export(&self, made_at: Moment, lang: Lang) -> PlanExport<'_> {
        let weeks = self.weeks.iter();
        let weeks = weeks.map(|week| (&*week.start, &*week.end, &*week.lines)).collect();
        PlanExport { made_at, lang, weeks }
    }
}

impl WeekView {
    /// Returns what of it goes into files.
    pub fn export(&self, made_at: Moment, lang: Lang) -> PlanExport<'_> {
        PlanExport { made_at, lang, weeks: vec![(&self.start, &self.end, &self.lines)] }
    }
}

impl PlanExport<'_> {
    fn lines(&self) -> impl Iterator<Item = &PlanLineView> {
        self.weeks.iter().flat_map(|(_, _, lines)| *lines)
    }

    /// Returns it as iCalendar (RFC 5545): an entry for each line, on its day and without a time.
    pub fn ics(&self) -> String {
        let mut calendar = Calendar::new();
        calendar.name(self.lang.pick("Rin: plan", "Rin: Plan"));
        for line in self.lines() {
            calendar.push(self.event(line));
        }
        calendar.to_string()
    }

    fn event(&self, line: &PlanLineView) -> Event {
        let mut event = Event::with_uid(&uid(line));
        let day = |date: Option<Date>| date.map(|date| date.strftime("%Y%m%d").to_string());
        let on: Option<Date> = line.day.parse().ok();
        for (key, date) in
            [("DTSTART", on), ("DTEND", on.and_then(|day| day.checked_add(1.day()).ok()))]
        {
            let mut property = Property::new(key, day(date).unwrap_or_default());
            event.append_property(property.add_parameter("VALUE", "DATE").done());
        }
        let minutes = self.lang.number(line.minutes);
        let stamp = Timestamp::from_millisecond(self.made_at.unix_ms()).unwrap_or_default();
        event
            .add_property("DTSTAMP", stamp.strftime("%Y%m%dT%H%M%SZ").to_string())
            // A later plan supersedes an earlier one: minutes since 1970 only grow.
            .add_property("SEQUENCE", (self.made_at.unix_ms() / 60_000).max(0).to_string())
            // A reminder takes nobody's time off: the day stays free for others.
            .add_property("TRANSP", "TRANSPARENT")
            .add_property("CATEGORIES", &line.platform)
            .summary(&format!("{}: {} ({minutes} min)", line.name, line.what))
            .description(&self.notes(line).join("\n"));
        event.done()
    }

    /// Returns what is said of a line, a sentence each.
    fn notes(&self, line: &PlanLineView) -> Vec<String> {
        let lang = self.lang;
        let mut notes = vec![match &line.handle {
            Some(handle) => format!("{}: {handle}", line.platform),
            None => line.platform.clone(),
        }];
        if let Some(member) = &line.member {
            notes.push(lang.pick(format!("Who: {member}"), format!("Wer: {member}")));
        }
        if let Some(due) = line.due.as_deref().map(|due| lang.shown(due)) {
            notes.push(lang.pick(format!("By {due}"), format!("Bis {due}")));
        }
        notes.extend([line.why.clone(), line.facts.clone()]);
        notes
    }

    /// Returns it as a table (RFC 4180): a row for each line, headings in English as in JSON.
    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let head = [
            "line",
            "day",
            "member",
            "name",
            "handle",
            "platform",
            "action",
            "what",
            "minutes",
            "due",
            "owed",
            "likelihood",
            "alive",
            "alive_after",
            "effect",
            "lapse",
            "last",
            "why",
            "facts",
        ];
        // Writing into memory does not fail.
        drop(writer.write_record(head));
        for line in self.lines() {
            let text = |text: &str| harmless(text);
            let maybe = |text: &Option<String>| harmless(text.as_deref().unwrap_or_default());
            let share = |share: f64| format!("{share:.4}");
            drop(writer.write_record([
                line.line.to_string(),
                line.day.clone(),
                maybe(&line.member),
                text(&line.name),
                maybe(&line.handle),
                text(&line.platform),
                text(&line.action),
                text(&line.what),
                line.minutes.to_string(),
                maybe(&line.due),
                line.owed.to_string(),
                share(line.likelihood),
                share(line.alive),
                share(line.alive_after),
                share(line.effect),
                line.lapse.clone(),
                maybe(&line.last),
                text(&line.why),
                text(&line.facts),
            ]));
        }
        writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Returns it as Markdown: a heading for each week, a box to tick for each line.
    pub fn markdown(&self) -> String {
        let lang = self.lang;
        let mut out = vec!["# Plan".to_owned()];
        for (start, end, lines) in &self.weeks {
            let (start, end) = (lang.shown(start), lang.shown(end));
            let week = lang
                .pick(format!("## Week {start} to {end}"), format!("## Woche {start} bis {end}"));
            out.extend([String::new(), week, String::new()]);
            if lines.is_empty() {
                out.push(lang.pick("Nothing planned.", "Nichts geplant.").to_owned());
            }
            out.extend(lines.iter().map(|line| self.item(line)));
        }
        out.join("\n") + "\n"
    }

    fn item(&self, line: &PlanLineView) -> String {
        let (day, minutes) = (self.lang.shown(&line.day), self.lang.number(line.minutes));
        let (name, what) = (escaped(&line.name), escaped(&line.what));
        let notes = self.notes(line).into_iter().map(|note| format!("\n  - {}", escaped(&note)));
        format!("- [ ] {day} **{name}**: {what} ({minutes} min){}", notes.collect::<String>())
    }
}

/// Returns what a calendar knows an entry by: the account and the week, as a number that tells neither.
fn uid(line: &PlanLineView) -> String {
    let week = line.day.parse::<Date>().map(|day| {
        let week = day.iso_week_date();
        format!("{}-{}", week.year(), week.week())
    });
    let what = [&*line.platform, &*line.account, &*line.action, &week.unwrap_or_default()];
    let hash = Sha256::digest(what.join("\n"));
    let hex: Vec<String> = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("{}@rin.invalid", hex.concat())
}

/// Returns a text that a spreadsheet takes for text: one that would begin a formula gets an apostrophe before it (OWASP,
/// "CSV Injection").
pub(crate) fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Returns a text that Markdown shows as it is.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str) -> PlanLineView {
        PlanLineView {
            line: 1,
            party: 7,
            name: name.to_owned(),
            handle: Some("@ann@example.org".to_owned()),
            platform: "mastodon".to_owned(),
            account: "https://example.org/ann".to_owned(),
            link: None,
            action: "reply".to_owned(),
            what: "Answer, or; not".to_owned(),
            why: "Silent for 40 days.".to_owned(),
            facts: "alive 37 %".to_owned(),
            minutes: 2.5,
            day: "2026-12-31".to_owned(),
            member: Some("anna".to_owned()),
            not_before: None,
            due: Some("2027-01-02".to_owned()),
            owed: false,
            kept: false,
            likelihood: 1.0,
            alive: 0.37,
            alive_after: 0.9,
            effect: 0.4,
            lapse: "2027-01-02".to_owned(),
            last: None,
            silence_days: 40.0,
            contact_days: 3,
        }
    }

    fn export(lines: &[PlanLineView]) -> PlanExport<'_> {
        let made_at = Moment::from_unix_ms(1_787_000_000_000);
        PlanExport { made_at, lang: Lang::En, weeks: vec![("2026-12-28", "2027-01-03", lines)] }
    }

    #[test]
    fn a_calendar_entry_keeps_its_name_when_it_moves_within_the_week() {
        let (one, other) = (line("Ann"), PlanLineView { day: "2027-01-02".into(), ..line("Ann") });
        assert_eq!(uid(&one), uid(&other));
        assert_ne!(uid(&one), uid(&PlanLineView { day: "2027-01-04".into(), ..line("Ann") }));
        let text = export(&[one]).ics();
        for word in [
            "DTSTART;VALUE=DATE:20261231\r\n",
            "DTEND;VALUE=DATE:20270101\r\n",
            "DTSTAMP:20260817T205320Z\r\n",
            "Answer\\, or\\; not",
        ] {
            assert!(text.contains(word), "{word} is missing in:\n{text}");
        }
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 1);
    }

    #[test]
    fn what_others_call_themselves_is_no_formula_and_no_markup() {
        let lines = [line("=HYPERLINK(\"http://evil.example\")"), line("*Ann* <b>"), line("-2+3")];
        let csv = export(&lines).csv();
        assert!(csv.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""), "{csv}");
        assert!(csv.contains(",'-2+3,'@ann@example.org,"), "{csv}");
        assert_eq!(csv.lines().count(), 4);
        let markdown = export(&lines).markdown();
        assert!(markdown.contains("**\\*Ann\\* \\<b\\>**"), "{markdown}");
        assert_eq!(markdown.matches("- [ ]").count(), 3);
    }
}
