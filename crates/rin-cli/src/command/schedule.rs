//! `rin schedule`: prints what makes the week's plan by itself, and how it is put in place.

use std::{
    env, io,
    path::{Path, PathBuf},
};

use rin_app::{
    Lang, ScheduleDay, ScheduleRequest, ScheduleView, Scheduler, SessionError, schedule,
};

use crate::{
    args::{DayArg, Schedule},
    environment::Context,
    error::Error,
    output::{Look, Page, show},
};

/// Prints it; installs nothing.
pub(crate) fn run(args: &Schedule, context: &Context) -> Result<(), Error> {
    let (scheduler, when) = match args {
        Schedule::Systemd(when) => (Scheduler::Systemd, when),
        Schedule::Cron(when) => (Scheduler::Cron, when),
        Schedule::Launchd(when) => (Scheduler::Launchd, when),
    };
    // Whoever runs it later is not where the user is.
    let view = schedule(&ScheduleRequest {
        scheduler,
        program: env::current_exe().map_err(|source| failed("find", Path::new("rin"), source))?,
        dir: absolute(context.dir())?,
        imports: when.import.iter().map(|path| absolute(path)).collect::<Result<_, _>>()?,
        ics: when.ics.as_deref().map(absolute).transpose()?,
        day: day(when.day),
        hour: when.time.0,
        minute: when.time.1,
        lang: context.lang,
    });
    show(context, &view, |page| print(page, &view, context.lang))?;
    Ok(())
}

fn absolute(path: &Path) -> Result<PathBuf, SessionError> {
    std::path::absolute(path).map_err(|source| failed("find", path, source))
}

fn failed(what: &'static str, path: &Path, source: io::Error) -> SessionError {
    SessionError::File { what, path: path.to_owned(), source }
}

const fn day(day: DayArg) -> ScheduleDay {
    match day {
        DayArg::Mon => ScheduleDay::Monday,
        DayArg::Tue => ScheduleDay::Tuesday,
        DayArg::Wed => ScheduleDay::Wednesday,
        DayArg::Thu => ScheduleDay::Thursday,
        DayArg::Fri => ScheduleDay::Friday,
        DayArg::Sat => ScheduleDay::Saturday,
        DayArg::Sun => ScheduleDay::Sunday,
    }
}

/// Prints files as they are, so that they can be copied, with what is said of them as comments.
fn print(page: &mut Page, view: &ScheduleView, lang: Lang) {
    for file in &view.files {
        page.line(page.look(Look::Faint, &format!("# {}", file.place)));
        for line in file.text.lines() {
            page.line(line);
        }
        page.gap();
    }
    let then = lang.pick("then", "dann");
    page.line(page.look(Look::Faint, &format!("# {then}: {}", view.commands.join(" && "))));
}
