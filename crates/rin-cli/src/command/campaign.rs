//! `rin campaign`: planned, checked, started, ended, and whom it won.

use std::process::ExitCode;

use rin_app::{
    CampaignCheckView, CampaignDoneView, CampaignListView, CampaignRow, CheckCampaignRequest,
    EndCampaignRequest, Lang, MarkCampaignRequest, Minutes, Moment, NewCampaignRequest,
    StartCampaignRequest, campaign_schema, parse_moment,
};

use super::report;
use crate::{
    args::{Campaign, EndCampaign, MarkCampaign, NewCampaign, StartCampaign},
    environment::Context,
    error::Error,
    output::{Look, Page, show, show_text, table::Grid},
};

/// The exit code of a check that says stop: it was done, and found something.
const STOP: u8 = 3;

/// Runs `rin campaign`; exit code 3 if a check says stop.
pub(crate) fn run(args: &Campaign, context: &Context) -> Result<ExitCode, Error> {
    match args {
        Campaign::New(args) => new(args, context),
        Campaign::Check { name } => return check(name, context),
        Campaign::Start(args) => start(args, context),
        Campaign::End(args) => end(args, context),
        Campaign::Report(args) => report::run(args, context),
        Campaign::Mark(args) => mark(args, context),
        Campaign::List => list(context),
        Campaign::Schema => Ok(show_text(campaign_schema())?),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn new(args: &NewCampaign, context: &Context) -> Result<(), Error> {
    let (session, lang) = context.open()?;
    let view = session.new_campaign(&NewCampaignRequest {
        name: args.name.clone(),
        programme: args.programme.clone(),
        from: day(args.from.as_deref(), context)?,
        until: day(args.until.as_deref(), context)?,
        now: context.now()?,
        lang,
    })?;
    done(context, &view)
}

fn check(name: &str, context: &Context) -> Result<ExitCode, Error> {
    let (mut session, lang) = context.open()?;
    let request = CheckCampaignRequest { name: name.to_owned(), now: context.now()?, lang };
    let view = session.check_campaign(&request)?;
    show(context, &view, |page| print_check(page, &view, lang))?;
    Ok(if view.verdict == "stop" { ExitCode::from(STOP) } else { ExitCode::SUCCESS })
}

fn start(args: &StartCampaign, context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    let view = session.start_campaign(&StartCampaignRequest {
        name: args.name.clone(),
        despite: args.despite.clone(),
        now: context.now()?,
        lang,
    })?;
    done(context, &view)
}

fn end(args: &EndCampaign, context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    let view = session.end_campaign(&EndCampaignRequest {
        name: args.name.clone(),
        minutes: Minutes::new(args.minutes),
        money: args.money,
        now: context.now()?,
        lang,
    })?;
    done(context, &view)
}

fn mark(args: &MarkCampaign, context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    let view = session.mark_campaign(&MarkCampaignRequest {
        name: args.name.clone(),
        parties: args.parties.clone(),
        won: !args.not,
        now: context.now()?,
        lang,
    })?;
    done(context, &view)
}

fn list(context: &Context) -> Result<(), Error> {
    let (session, lang) = context.open()?;
    let view = session.campaigns(context.now()?)?;
    show(context, &view, |page| print_list(page, &view, lang))?;
    Ok(())
}

fn day(text: Option<&str>, context: &Context) -> Result<Option<Moment>, Error> {
    Ok(text.map(|text| parse_moment(text, &context.zone)).transpose()?)
}

fn done(context: &Context, view: &CampaignDoneView) -> Result<(), Error> {
    show(context, view, |page| {
        // A path must stay in one piece.
        page.line(&view.said);
        view.next.iter().for_each(|next| page.line(next));
    })?;
    Ok(())
}

fn print_check(page: &mut Page, view: &CampaignCheckView, lang: Lang) {
    page.prose(Look::Strong, 0, &view.said);
    page.gap();
    for check in &view.checks {
        let (look, mark) = match check.verdict {
            "ok" => (Look::Good, "ok  "),
            "warn" => (Look::Warn, "warn"),
            _ => (Look::Bad, "stop"),
        };
        let mark = page.look(look, mark);
        page.hanging(&mark, 6, &check.said);
        if let Some(remedy) = &check.remedy {
            page.prose(
                Look::Faint,
                6,
                &format!("{}: {remedy}", lang.pick("what to do", "was tun")),
            );
        }
    }
    for problem in &view.problems {
        page.prose(Look::Warn, 0, problem);
    }
    if view.verdict != "stop" {
        page.gap();
        page.line(format!("{}: rin campaign start {}", lang.pick("Next", "Weiter"), view.id));
    }
}

fn print_list(page: &mut Page, view: &CampaignListView, lang: Lang) {
    if view.campaigns.is_empty() {
        page.line(lang.pick(
            "No campaign yet. Next: rin campaign new NAME",
            "Noch keine Kampagne. Weiter: rin campaign new NAME",
        ));
        return;
    }
    let mut grid = Grid::default();
    for row in &view.campaigns {
        grid.row([
            (Look::Strong, row.id.clone()),
            (look(row), state(row, lang).to_owned()),
            (Look::Plain, span(row, lang)),
            (Look::Plain, took(row, lang)),
        ]);
    }
    grid.print(page, 0);
    for row in &view.campaigns {
        if let Some(problem) = &row.problem {
            page.prose(Look::Warn, 0, problem);
        }
    }
}

fn look(row: &CampaignRow) -> Look {
    match row.state {
        "running" => Look::Good,
        "over" | "unreadable" => Look::Warn,
        _ => Look::Faint,
    }
}

fn state(row: &CampaignRow, lang: Lang) -> &'static str {
    match row.state {
        "planned" => lang.pick("planned", "geplant"),
        "running" => lang.pick("running", "läuft"),
        "over" => lang.pick("over", "vorbei"),
        "ended" => lang.pick("ended", "beendet"),
        _ => lang.pick("unreadable", "unlesbar"),
    }
}

fn span(row: &CampaignRow, lang: Lang) -> String {
    let (Some(from), Some(until)) = (&row.from, &row.until) else { return String::new() };
    let (from, until) = (lang.shown(from), lang.shown(until));
    lang.pick(format!("{from} to {until}"), format!("{from} bis {until}"))
}

fn took(row: &CampaignRow, lang: Lang) -> String {
    let Some(minutes) = row.minutes else { return String::new() };
    let minutes = lang.number(minutes);
    let money = row.money.map_or_else(String::new, |money| {
        let money = lang.number(money);
        lang.pick(format!(", {money} in money"), format!(", {money} an Geld"))
    });
    format!("{minutes} min{money}")
}
