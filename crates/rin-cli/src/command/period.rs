//! `rin report month|quarter|year`: the network in a period, for the boss or for oneself.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rin_app::{
    BalanceView, Lang, ReportGroupView, ReportRequest, ReportSpan, ReportView, SessionError,
    parse_period,
};

use crate::{
    args::Report,
    environment::Context,
    error::Error,
    output::{Look, Page, show, table::Grid},
};

/// Names shown of those who came or went.
const NAMES: usize = 8;

/// Reports, and writes the files asked for.
pub(crate) fn run(report: &Report, context: &Context) -> Result<(), Error> {
    let (span, args) = match report {
        Report::Month(args) => (ReportSpan::Month, args),
        Report::Quarter(args) => (ReportSpan::Quarter, args),
        Report::Year(args) => (ReportSpan::Year, args),
    };
    for (file, begin) in [(&args.md, "# "), (&args.html, "<!doctype html>")] {
        file.as_deref().map_or(Ok(()), |file| check_target(file, begin))?;
    }
    let of = args.when.as_deref().map(parse_period).transpose()?;
    let (session, lang) = context.open()?;
    let view = session.report(&ReportRequest { span, of, now: context.now()?, lang })?;
    let mut written = Vec::new();
    for (file, text) in [(&args.md, view.markdown(lang)), (&args.html, view.html(lang))] {
        let Some(file) = file else { continue };
        fs::write(file, text).map_err(|source| failed(file, source))?;
        written.push(file.clone());
    }
    show(context, &view, |page| print(page, &view, &written, lang))?;
    Ok(())
}

/// Refuses to write over what no earlier report wrote.
fn check_target(file: &Path, begin: &str) -> Result<(), SessionError> {
    match fs::read(file) {
        Ok(there) if there.is_empty() || there.starts_with(begin.as_bytes()) => Ok(()),
        Ok(_) => {
            let what = "there is another file, and it is no report: give another name";
            Err(failed(file, io::Error::new(io::ErrorKind::AlreadyExists, what)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failed(file, error)),
    }
}

fn failed(file: &Path, source: io::Error) -> SessionError {
    SessionError::File { what: "write", path: file.to_owned(), source }
}

fn print(page: &mut Page, view: &ReportView, written: &[PathBuf], lang: Lang) {
    page.line(page.look(Look::Strong, &view.title));
    for sentence in &view.said {
        page.prose(Look::Plain, 0, sentence);
    }
    let groups = [
        (lang.pick("platform", "Plattform"), &view.by_platform),
        (lang.pick("tag", "Schlagwort"), &view.by_tag),
    ];
    for (title, groups) in groups.into_iter().filter(|(_, groups)| !groups.is_empty()) {
        page.gap();
        print_groups(page, title, groups, lang);
    }
    let lists = [
        (Look::Good, lang.pick("Won", "Gewonnen"), &view.won),
        (Look::Good, lang.pick("Taken up again", "Wieder aufgenommen"), &view.revived),
        (Look::Bad, lang.pick("Lost", "Verloren"), &view.lost),
    ];
    let is_any = lists.iter().any(|(_, _, parties)| !parties.is_empty());
    if is_any {
        page.gap();
    }
    for (look, title, parties) in lists.into_iter().filter(|(_, _, all)| !all.is_empty()) {
        let names: Vec<&str> = parties.iter().take(NAMES).map(|one| one.name.as_str()).collect();
        let more = parties.len() - names.len();
        let more = match more {
            0 => String::new(),
            more => lang.pick(format!(" and {more} more"), format!(" und {more} weitere")),
        };
        page.prose(look, 0, &format!("{title}: {}{more}", names.join(", ")));
    }
    for one in &view.campaigns {
        let (name, won) = (&one.name, one.won);
        page.prose(
            Look::Plain,
            0,
            &lang.pick(
                format!("Campaign {name}: {won} won so far. More: rin campaign report {}", one.id),
                format!(
                    "Kampagne {name}: bisher {won} gewonnen. Mehr: rin campaign report {}",
                    one.id
                ),
            ),
        );
    }
    for sentence in &view.unknown {
        page.prose(Look::Faint, 0, sentence);
    }
    page.gap();
    for path in written.iter().map(|path| Path::display(path)) {
        page.line(lang.pick(format!("Written: {path}"), format!("Geschrieben: {path}")));
    }
    if written.is_empty() {
        page.line(lang.pick(
            "To hand it on: --html report.html, --md report.md",
            "Zum Weitergeben: --html bericht.html, --md bericht.md",
        ));
    }
}

fn print_groups(page: &mut Page, title: &str, groups: &[ReportGroupView], lang: Lang) {
    let mut grid = Grid::default();
    let titles = [
        title,
        lang.pick("before", "vorher"),
        lang.pick("won", "gewonnen"),
        lang.pick("revived", "wiederbelebt"),
        lang.pick("lost", "verloren"),
        lang.pick("alive", "lebendig"),
        lang.pick("minutes", "Minuten"),
    ];
    grid.row(titles.map(|word| (Look::Faint, word.to_owned())));
    for group in groups {
        let cell = |of: fn(&BalanceView) -> usize| {
            let count = group.balance.as_ref().map(of);
            (Look::Plain, count.map_or_else(|| "–".to_owned(), |count| count.to_string()))
        };
        let minutes = group.minutes.map_or_else(|| "–".to_owned(), |it| lang.number(it));
        grid.row([
            (Look::Strong, group.name.clone()),
            cell(|one| one.before),
            cell(|one| one.won),
            cell(|one| one.revived),
            cell(|one| one.lost),
            cell(|one| one.alive),
            (Look::Plain, minutes),
        ]);
    }
    grid.print(page, 0);
}
