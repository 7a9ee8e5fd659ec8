//! `rin people`: one human on many platforms.

use rin_app::{
    JoinedView, KnownPersonView, Lang, MergePeopleRequest, OnlyView, PeopleAccountView,
    PeopleProposalView, PeopleShowView, PeopleSuggestView, PeopleWordView, SplitPeopleRequest,
    SuggestPeopleRequest,
};

use super::plan;
use crate::{
    args::People,
    environment::Context,
    error::Error,
    output::{Look, Page, show, table::Grid},
};

/// Runs `rin people`.
pub(crate) fn run(args: &People, context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    match args {
        People::Suggest(args) => {
            let least = args.least.map(|percent| f64::from(percent) / 100.0);
            let (who, limit) = (args.who.as_deref(), args.limit);
            let only = plan::matching(args.filter.as_deref(), (&session, context), lang)?;
            let request = SuggestPeopleRequest { who, only: only.as_ref(), least, limit, lang };
            let view = session.suggest_people(&request)?;
            show(context, &view, |page| suggest(page, &view, lang))?;
        }
        People::Merge(args) => {
            let (one, other, why) = (args.one.as_str(), args.other.as_str(), args.why.as_str());
            let request = MergePeopleRequest { one, other, why, now: context.now()?, lang };
            let view = session.merge_people(&request)?;
            show(context, &view, |page| word(page, &view, lang.pick("Undo", "Zurück")))?;
        }
        People::Split(args) => {
            let (who, why) = (args.who.as_str(), args.why.as_str());
            let request = SplitPeopleRequest { who, why, now: context.now()?, lang };
            let view = session.split_people(&request)?;
            show(context, &view, |page| word(page, &view, lang.pick("Undo", "Zurück")))?;
        }
        People::Show { who, filter } => {
            let only = plan::matching(filter.as_deref(), (&session, context), lang)?;
            let view = session.show_people(who.as_deref(), lang)?;
            let view = match &only {
                Some(only) => view.only(only),
                None => view,
            };
            show(context, &view, |page| people(page, &view, lang))?;
        }
    }
    Ok(())
}

/// Says what a filter has taken out.
fn say_only(page: &mut Page, only: Option<&OnlyView>, lang: Lang) {
    let Some(one) = only else { return };
    let OnlyView { filter, hidden, .. } = one;
    let text = lang.pick(
        format!("Only {filter}: {hidden} more are not shown."),
        format!("Nur {filter}: {hidden} weitere sind nicht gezeigt."),
    );
    plan::say_taken_out(page, one, &text);
}

fn suggest(page: &mut Page, view: &PeopleSuggestView, lang: Lang) {
    say_only(page, view.only.as_ref(), lang);
    if view.proposals.is_empty() {
        page.line(lang.pick(
            "Nobody looks like one human on two platforms.",
            "Niemand sieht nach einem Menschen auf zwei Plattformen aus.",
        ));
    }
    for one in &view.proposals {
        proposal(page, one, lang);
        page.gap();
    }
    let more = view.total - view.proposals.len();
    if 0 < more {
        let text = lang.pick(
            format!("and {more} more: --limit {}", view.total),
            format!("und {more} weitere: --limit {}", view.total),
        );
        page.line(page.look(Look::Faint, &text));
    }
    page.line(format!("{}: {}", lang.pick("Next", "Weiter"), view.next));
}

fn proposal(page: &mut Page, one: &PeopleProposalView, lang: Lang) {
    let likely = page.look(Look::Strong, &Lang::chance(one.probability));
    let (a, b) = (account(&one.one), account(&one.other));
    page.line(format!("{likely}  {a} = {b}"));
    for evidence in &one.evidence {
        let look = if evidence.bits < 0.0 { Look::Warn } else { Look::Plain };
        let sign = if evidence.bits < 0.0 { "−" } else { "+" };
        let bits = lang.number(evidence.bits.abs());
        page.prose(look, 4, &format!("{sign} {} ({bits} bit)", evidence.said));
    }
    page.line(page.look(Look::Faint, &format!("    {}", one.command)));
}

fn account(one: &PeopleAccountView) -> String {
    let name = if one.name == one.handle { String::new() } else { format!("{}, ", one.name) };
    format!("{name}{}:{} (#{})", one.platform, one.handle, one.party)
}

fn word(page: &mut Page, view: &PeopleWordView, undo: &str) {
    page.prose(Look::Plain, 0, &view.said);
    for party in &view.parties {
        joined(page, party);
    }
    page.line(format!("{undo}: {}", view.next));
}

fn joined(page: &mut Page, party: &JoinedView) {
    page.line(format!("{}  #{}", page.look(Look::Strong, &party.name), party.party));
    let mut grid = Grid::default();
    for one in &party.accounts {
        let cells = [one.platform.as_str(), &one.handle, &one.name];
        grid.row(cells.map(|cell| (Look::Plain, cell.to_owned())));
    }
    grid.print(page, 2);
}

fn people(page: &mut Page, view: &PeopleShowView, lang: Lang) {
    say_only(page, view.only.as_ref(), lang);
    if view.parties.is_empty() {
        page.line(lang.pick(
            "Nobody is on several platforms, as far as is said.",
            "Niemand ist auf mehreren Plattformen, soweit gesagt ist.",
        ));
    }
    for one in &view.parties {
        person(page, one, lang);
        page.gap();
    }
    page.line(format!("{}: {}", lang.pick("Next", "Weiter"), view.next));
}

fn person(page: &mut Page, one: &KnownPersonView, lang: Lang) {
    joined(page, &one.joined);
    let mut grid = Grid::default();
    for fact in &one.facts {
        let day = |day: &Option<String>| day.as_deref().map(|day| lang.shown(day));
        let period = match (day(&fact.first), day(&fact.last)) {
            (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
            (_, Some(last)) => lang.pick(format!("as of {last}"), format!("Stand {last}")),
            _ => String::new(),
        };
        grid.row([
            (Look::Faint, fact.label.to_owned()),
            (Look::Plain, fact.text.clone()),
            (Look::Faint, fact.platform.clone()),
            (Look::Faint, period),
        ]);
    }
    grid.print(page, 2);
    for word in &one.words {
        page.prose(Look::Faint, 2, word);
    }
}
