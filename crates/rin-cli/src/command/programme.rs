//! `rin programme`: the lasting commitment, step by step.

mod budget;

use rin_app::{
    AdjustProgrammeRequest, BudgetQuestion, EndProgrammeRequest, Lang, Minutes, Moment,
    NewProgrammeRequest, PeriodView, ProgrammeView, RenewProgrammeRequest, SessionError,
    ShowProgrammeRequest, parse_member, parse_moment, parse_segment,
};

use crate::{
    args::{AdjustProgramme, EndProgramme, NewProgramme, Programme, RenewProgramme, ShowProgramme},
    environment::Context,
    error::Error,
    output::{Look, Page, progress::Parts, show, table::Grid},
};

/// Runs `rin programme`.
pub(crate) fn run(args: &Programme, context: &Context) -> Result<(), Error> {
    let view = match args {
        Programme::New(args) => begin(args, context),
        Programme::Show(args) => stands(args, context),
        Programme::Renew(args) => renew(args, context),
        Programme::Adjust(args) => adjust(args, context),
        Programme::End(args) => end(args, context),
    }?;
    show(context, &view, |page| print(page, &view, context.lang))?;
    Ok(())
}

fn stands(args: &ShowProgramme, context: &Context) -> Result<ProgrammeView, Error> {
    let (session, lang) = context.open()?;
    let request = ShowProgrammeRequest { name: args.name.clone(), now: context.now()?, lang };
    if args.brief {
        return Ok(session.programme(&request)?);
    }
    let keep = args.keep.as_deref().map(parse_segment).transpose().map_err(SessionError::from)?;
    let question = BudgetQuestion { keep, share: args.share / 100.0 };
    let parts = Parts::new(context);
    let progress = |done, total| parts.done(done, total);
    Ok(session.programme_with_budget(&request, &question, &progress)?)
}

fn begin(args: &NewProgramme, context: &Context) -> Result<ProgrammeView, Error> {
    let (mut session, lang) = context.open()?;
    Ok(session.begin_programme(&NewProgrammeRequest {
        name: args.name.clone(),
        goals: args.who.goal.clone(),
        team: members(&args.who.member, context)?,
        platforms: args.who.platform.clone(),
        minutes_per_week: args.budget.minutes_per_week.map(Minutes::new),
        money: args.budget.money,
        from: day(args.from.as_deref(), context)?,
        until: day(args.until.as_deref(), context)?,
        note: args.who.note.clone(),
        now: context.now()?,
        lang,
    })?)
}

fn renew(args: &RenewProgramme, context: &Context) -> Result<ProgrammeView, Error> {
    let (mut session, lang) = context.open()?;
    Ok(session.renew_programme(&RenewProgrammeRequest {
        name: args.name.clone(),
        minutes_per_week: args.budget.minutes_per_week.map(Minutes::new),
        money: args.budget.money,
        from: day(args.from.as_deref(), context)?,
        until: day(args.until.as_deref(), context)?,
        gap: args.gap,
        note: args.note.clone(),
        now: context.now()?,
        lang,
    })?)
}

fn adjust(args: &AdjustProgramme, context: &Context) -> Result<ProgrammeView, Error> {
    let (mut session, lang) = context.open()?;
    Ok(session.adjust_programme(&AdjustProgrammeRequest {
        name: args.name.clone(),
        goals: args.who.goal.clone(),
        members: members(&args.who.member, context)?,
        leaving: args.leaves.clone(),
        platforms: args.who.platform.clone(),
        minutes_per_week: args.budget.minutes_per_week.map(Minutes::new),
        money: args.budget.money,
        note: args.who.note.clone(),
        now: context.now()?,
        lang,
    })?)
}

fn end(args: &EndProgramme, context: &Context) -> Result<ProgrammeView, Error> {
    let (mut session, lang) = context.open()?;
    Ok(session.end_programme(&EndProgrammeRequest {
        name: args.name.clone(),
        at: day(args.at.as_deref(), context)?,
        note: args.note.clone(),
        now: context.now()?,
        lang,
    })?)
}

fn members(texts: &[String], context: &Context) -> Result<Vec<rin_app::Member>, Error> {
    let members: Result<_, _> =
        texts.iter().map(|text| parse_member(text, &context.zone)).collect();
    Ok(members.map_err(SessionError::from)?)
}

fn day(text: Option<&str>, context: &Context) -> Result<Option<Moment>, Error> {
    Ok(text.map(|text| parse_moment(text, &context.zone)).transpose()?)
}

fn print(page: &mut Page, view: &ProgrammeView, lang: Lang) {
    page.prose(Look::Strong, 0, &view.said);
    for goal in &view.goals {
        page.prose(Look::Plain, 2, &format!("{}: {goal}", lang.pick("goal", "Ziel")));
    }
    if !view.platforms.is_empty() {
        let platforms = view.platforms.join(", ");
        page.prose(
            Look::Plain,
            2,
            &format!("{}: {platforms}", lang.pick("platforms", "Plattformen")),
        );
    }
    page.gap();
    print_periods(page, view, lang);
    page.gap();
    print_team(page, view, lang);
    if !view.remarks.is_empty() {
        page.gap();
    }
    for remark in &view.remarks {
        page.prose(Look::Warn, 0, &remark.text);
    }
    if let Some(budget) = &view.budget {
        page.gap();
        budget::print(page, budget, lang);
    }
    page.gap();
    page.line(lang.pick("History", "Verlauf"));
    for step in &view.history {
        page.prose(Look::Plain, 2, &format!("{}  {}", lang.shown(&step.at), step.said));
        if let Some(note) = &step.note {
            page.prose(Look::Faint, 6, note);
        }
    }
    if !view.others.is_empty() {
        page.gap();
        let others = view.others.join(", ");
        page.prose(Look::Faint, 0, &format!("{}: {others}", lang.pick("Others", "Andere")));
    }
}

fn print_periods(page: &mut Page, view: &ProgrammeView, lang: Lang) {
    let mut grid = Grid::default();
    for period in &view.periods {
        let look = if period.state == "running" { Look::Strong } else { Look::Faint };
        let (from, until) = (lang.shown(&period.from), lang.shown(&period.until));
        let minutes = lang.number(period.minutes_per_week);
        grid.row([
            (look, lang.pick(format!("{from} to {until}"), format!("{from} bis {until}"))),
            (look, lang.pick(format!("{minutes} min a week"), format!("{minutes} min je Woche"))),
            (Look::Plain, spent(period, lang)),
        ]);
    }
    grid.print(page, 0);
}

/// Says what was spent of a period, beside what its days gone by allowed, and what is left of it.
fn spent(period: &PeriodView, lang: Lang) -> String {
    let (spent, minutes) = (lang.number(period.spent_minutes), lang.number(period.minutes));
    let money = period.money.map_or_else(String::new, |money| {
        let money = lang.number(money);
        lang.pick(format!("; money: {money}"), format!("; Geld: {money}"))
    });
    let Some(left) = period.days_left else {
        return lang.pick(
            format!("{spent} of {minutes} min spent{money}"),
            format!("{spent} von {minutes} min verbraucht{money}"),
        );
    };
    let due = lang.number(period.due_minutes);
    let left = lang.count(left.into(), ("day left", "Tag übrig"), ("days left", "Tage übrig"));
    lang.pick(
        format!("{spent} of {minutes} min spent (by now {due}); {left}{money}"),
        format!("{spent} von {minutes} min verbraucht (bis heute {due}); {left}{money}"),
    )
}

fn print_team(page: &mut Page, view: &ProgrammeView, lang: Lang) {
    let mut grid = Grid::default();
    for member in &view.team {
        let look = if member.is_there { Look::Plain } else { Look::Faint };
        let minutes = lang.number(member.minutes_per_week);
        let platforms = if member.platforms.is_empty() {
            lang.pick("all platforms", "alle Plattformen").to_owned()
        } else {
            member.platforms.join(", ")
        };
        let until = member.until.as_deref().map_or_else(String::new, |until| {
            format!("{} {}", lang.pick("until", "bis"), lang.shown(until))
        });
        grid.row([
            (look, member.name.clone()),
            (look, lang.pick(format!("{minutes} min a week"), format!("{minutes} min je Woche"))),
            (look, platforms),
            (Look::Plain, done(member.spent_minutes, lang)),
            (Look::Faint, until),
        ]);
    }
    grid.print(page, 0);
}

/// Says what somebody spent, if the plans say whose their lines were.
fn done(minutes: Option<f64>, lang: Lang) -> String {
    minutes.map_or_else(String::new, |minutes| {
        let minutes = lang.number(minutes);
        lang.pick(format!("{minutes} min spent"), format!("{minutes} min verbraucht"))
    })
}
