//! When the week is planned by itself: a timer of systemd, a line of cron, a job of launchd.
//!
//! Rin installs nothing: it prints what the user puts in place, with the commands that do it. What is quoted is quoted by
//! the rules of the one who reads it, since a folder may be called anything.

mod cron;
mod launchd;
mod systemd;

use std::path::PathBuf;

use serde::Serialize;

use crate::Lang;

/// Who starts it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scheduler {
    /// Linux: a timer of the user's.
    Systemd,
    /// Unix of any kind.
    Cron,
    /// macOS.
    Launchd,
}

/// A day of the week.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the days say what they are")]
pub enum ScheduleDay {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// What is run, and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScheduleRequest {
    /// Who starts it.
    pub scheduler: Scheduler,
    /// The program.
    pub program: PathBuf,
    /// The folder of the network.
    pub dir: PathBuf,
    /// Exports that are read first; what is known already changes nothing.
    pub imports: Vec<PathBuf>,
    /// The calendar that is written; `None` for none.
    pub ics: Option<PathBuf>,
    /// On which day.
    pub day: ScheduleDay,
    /// At which hour, 0 to 23, in the machine's time zone.
    pub hour: u8,
    /// At which minute of it, 0 to 59.
    pub minute: u8,
    /// The language of sentences and of the plan.
    pub lang: Lang,
}

/// What is to be put in place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ScheduleView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The files, or for cron the line.
    pub files: Vec<ScheduledFileView>,
    /// The commands that put it to work, in their order.
    pub commands: Vec<String>,
}

/// A file that is to be put in place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ScheduledFileView {
    /// Where it belongs, from the user's home; for cron the command that opens the table.
    pub place: String,
    /// What it holds.
    pub text: String,
}

/// Returns what makes the week's plan by itself.
///
/// # Example
/// ```
/// use rin_app::{Lang, ScheduleDay, ScheduleRequest, Scheduler, schedule};
/// let view = schedule(&ScheduleRequest {
///     scheduler: Scheduler::Cron,
///     program: "/usr/bin/rin".into(),
///     dir: "/home/ann/.local/share/rin".into(),
///     imports: vec![],
///     ics: Some("/home/ann/week.ics".into()),
///     day: ScheduleDay::Monday,
///     hour: 7,
///     minute: 0,
///     lang: Lang::En,
/// });
/// assert!(view.files[0].text.starts_with("0 7 * * 1 "));
/// ```
pub fn schedule(request: &ScheduleRequest) -> ScheduleView {
    let (files, commands) = match request.scheduler {
        Scheduler::Systemd => systemd::files(request),
        Scheduler::Cron => cron::files(request),
        Scheduler::Launchd => launchd::files(request),
    };
    ScheduleView { schema: "rin.schedule/1", files, commands }
}

/// Returns the commands, each as the program and its words; all but the last may fail without keeping the last.
fn commands(request: &ScheduleRequest) -> Vec<Vec<String>> {
    let program = request.program.to_string_lossy().into_owned();
    let dir = request.dir.to_string_lossy().into_owned();
    let language = request.lang.pick("en", "de").to_owned();
    let begin = |word: &str| {
        let words = ["--data-dir", &dir, "--lang", &language].map(str::to_owned);
        [vec![program.clone(), word.to_owned()], words.to_vec()].concat()
    };
    let paths = |paths: &[PathBuf]| -> Vec<String> {
        paths.iter().map(|path| path.to_string_lossy().into_owned()).collect()
    };
    let mut all = Vec::new();
    if !request.imports.is_empty() {
        let mut words = begin("import");
        words.push("--".to_owned());
        all.push([words, paths(&request.imports)].concat());
    }
    let mut week = begin("week");
    if let Some(ics) = &request.ics {
        // In one word, so that no name is taken for a switch.
        week.push(format!("--ics={}", ics.to_string_lossy()));
    }
    all.push(week);
    all
}

impl ScheduleDay {
    /// Returns its number: Monday is 1, Sunday 7.
    const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// Returns its English name in three letters.
    const fn short(self) -> &'static str {
        match self {
            Self::Monday => "Mon",
            Self::Tuesday => "Tue",
            Self::Wednesday => "Wed",
            Self::Thursday => "Thu",
            Self::Friday => "Fri",
            Self::Saturday => "Sat",
            Self::Sunday => "Sun",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(scheduler: Scheduler) -> ScheduleRequest {
        ScheduleRequest {
            scheduler,
            program: "/opt/my rin/rin".into(),
            dir: "/home/ann/50%/$HOME".into(),
            imports: vec!["/home/ann/it's \"new\"".into(), "-x".into()],
            ics: Some("/home/ann/week & more.ics".into()),
            day: ScheduleDay::Sunday,
            hour: 18,
            minute: 5,
            lang: Lang::De,
        }
    }

    #[test]
    fn systemd_reads_every_word_as_it_is() {
        let view = schedule(&request(Scheduler::Systemd));
        let service = &view.files[0].text;
        let dir = r#""--data-dir" "/home/ann/50%%/$$HOME""#;
        assert!(service.contains(dir), "{service}");
        assert!(service.contains(r#"ExecStartPre=-"/opt/my rin/rin" "import""#), "{service}");
        assert!(service.contains(r#""/home/ann/it's \"new\"" "-x""#), "{service}");
        assert!(view.files[1].text.contains("OnCalendar=Sun *-*-* 18:05:00"));
    }

    #[test]
    fn cron_runs_the_week_even_if_the_import_fails() {
        let view = schedule(&request(Scheduler::Cron));
        let line = view.files[0].text.trim_end();
        assert_eq!(line.lines().count(), 1);
        assert!(line.starts_with("5 18 * * 7 '/opt/my rin/rin' 'import' "), "{line}");
        assert!(line.contains(r"'/home/ann/50\%/$HOME'"), "{line}");
        assert!(line.contains(r#"'/home/ann/it'\''s "new"' '-x'; '/opt"#), "{line}");
    }

    #[test]
    fn launchd_is_told_in_xml() {
        let view = schedule(&request(Scheduler::Launchd));
        let text = &view.files[0].text;
        assert!(
            text.contains("week &amp; more.ics") && text.contains("<integer>18</integer>"),
            "{text}"
        );
        // launchd counts Sunday as 0 and as 7.
        assert!(text.contains("<key>Weekday</key><integer>7</integer>"), "{text}");
    }
}
