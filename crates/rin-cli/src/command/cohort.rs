//! `rin cohort`: how the network came and went.

use rin_app::{BalanceView, CohortBy, CohortReportRequest, CohortView, Lang};

use crate::{
    args::{Cohort, CohortKind},
    environment::Context,
    error::Error,
    output::{Look, Page, show, table::Grid},
};

/// Prints how the network came and went.
pub(crate) fn run(args: &Cohort, context: &Context) -> Result<(), Error> {
    let lang = context.lang;
    let by = match args.by {
        CohortKind::Month => CohortBy::Month,
        CohortKind::Platform => CohortBy::Platform,
        CohortKind::Tag => CohortBy::Tag,
        CohortKind::Origin => CohortBy::Origin,
    };
    let (session, _) = context.open()?;
    let request = CohortReportRequest { by, months: args.months, now: context.now()?, lang };
    let view = session.cohort(&request)?;
    show(context, &view, |page| print(page, &view, lang))?;
    Ok(())
}

fn print(page: &mut Page, view: &CohortView, lang: Lang) {
    let is_by_month = view.by == "month";
    let mut grid = Grid::default();
    let titles = [
        if is_by_month { lang.pick("month", "Monat") } else { "" },
        lang.pick("before", "vorher"),
        lang.pick("won", "gewonnen"),
        lang.pick("revived", "wiederbelebt"),
        lang.pick("lost", "verloren"),
        lang.pick("alive", "lebendig"),
        lang.pick("of the won", "der Gewonnenen"),
    ];
    grid.row(titles.map(|word| (Look::Faint, word.to_owned())));
    let mut has_rows = false;
    for group in &view.groups {
        if is_by_month {
            for month in &group.months {
                let name = month.from.get(..7).unwrap_or(&month.from);
                has_rows |= month.balance.is_some();
                grid.row(row(name, month.balance));
            }
        } else {
            has_rows |= group.whole.is_some();
            grid.row(row(&group.name, group.whole));
        }
    }
    if !has_rows {
        page.prose(
            Look::Warn,
            0,
            lang.pick(
                "No whole month is covered by the sources of all your accounts.",
                "Kein ganzer Monat ist von den Quellen aller deiner Konten abgedeckt.",
            ),
        );
        return;
    }
    grid.print(page, 0);
    let (since, until) = (lang.shown(&view.known_since), lang.shown(&view.known_until));
    page.prose(Look::Faint, 0, &lang.pick(
        format!("Known from {since} to {until}. Of the won: those of them alive today. Who was met within half a year of {since} is not called won."),
        format!("Bekannt vom {since} bis {until}. Der Gewonnenen: die davon heute noch leben. Wer binnen eines halben Jahres nach dem {since} zuerst gesehen wurde, gilt nicht als gewonnen."),
    ));
}

fn row(name: &str, balance: Option<BalanceView>) -> [(Look, String); 7] {
    let cell = |of: fn(&BalanceView) -> usize| {
        (Look::Plain, balance.as_ref().map_or_else(|| "–".to_owned(), |one| of(one).to_string()))
    };
    [
        (Look::Strong, name.to_owned()),
        cell(|one| one.before),
        cell(|one| one.won),
        cell(|one| one.revived),
        cell(|one| one.lost),
        cell(|one| one.alive),
        cell(|one| one.won_alive),
    ]
}
