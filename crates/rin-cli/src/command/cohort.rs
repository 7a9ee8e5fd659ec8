//! `rin cohort`: how the network came and went.

use std::iter;

use rin_app::{
    BalanceView, CohortBy, CohortReportRequest, CohortView, Lang, MovesView, parse_filter,
};

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
        CohortKind::Tier => CohortBy::Tier,
    };
    let (session, _) = context.open()?;
    let (filter, now) = (parse_filter(&args.filter)?, context.now()?);
    let request = CohortReportRequest { by, months: args.months, filter, now, lang };
    let view = session.cohort(&request)?;
    show(context, &view, |page| print(page, &view, lang))?;
    Ok(())
}

fn print(page: &mut Page, view: &CohortView, lang: Lang) {
    if !view.filter.is_empty() {
        let text = lang.pick(
            format!("Only {}, as they stand today.", view.filter),
            format!("Nur {}, wie sie heute stehen.", view.filter),
        );
        page.prose(Look::Faint, 0, &text);
    }
    for remark in &view.remarks {
        page.prose(Look::Faint, 0, remark);
    }
    let is_by_month = view.by == "month";
    let is_by_tier = view.by == "tier";
    let mut grid = Grid::default();
    let mut titles = vec![
        if is_by_month { lang.pick("month", "Monat") } else { "" },
        lang.pick("before", "vorher"),
        lang.pick("won", "gewonnen"),
        lang.pick("revived", "wiederbelebt"),
        lang.pick("lost", "verloren"),
        lang.pick("alive", "lebendig"),
        lang.pick("of the won", "der Gewonnenen"),
    ];
    if is_by_tier {
        titles.extend([lang.pick("rose", "aufgestiegen"), lang.pick("fell", "abgestiegen")]);
    }
    grid.row(titles.into_iter().map(|word| (Look::Faint, word.to_owned())));
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
            let moved = group.whole.and_then(|whole| whole.moves).map(moved);
            grid.row(row(&group.name, group.whole).into_iter().chain(moved.into_iter().flatten()));
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
    if is_by_tier {
        print_tiers(page, view, lang);
    }
    let (since, until) = (lang.shown(&view.known_since), lang.shown(&view.known_until));
    page.prose(Look::Faint, 0, &lang.pick(
        format!("Known from {since} to {until}. Of the won: those of them alive today. Who was met within half a year of {since} is not called won. Alive: not lapsed at the end of the month, fading included; who has lapsed counts again only after another contact. rin status goes by today's forecast and counts fading apart, so that its figures may differ."),
        format!("Bekannt vom {since} bis {until}. Der Gewonnenen: die davon heute noch leben. Wer binnen eines halben Jahres nach dem {since} zuerst gesehen wurde, gilt nicht als gewonnen. Lebendig: am Ende des Monats nicht verfallen, auch wer verblasst; wer verfallen ist, zählt erst nach neuem Kontakt wieder. rin status geht nach der Vorhersage von heute und zählt Verblassende für sich, so dass seine Zahlen abweichen können."),
    ));
}

/// Prints month by month how many were alive in each tier, and how many rose and fell.
fn print_tiers(page: &mut Page, view: &CohortView, lang: Lang) {
    let count = |count: Option<usize>| {
        (Look::Plain, count.map_or_else(|| "–".to_owned(), |count| count.to_string()))
    };
    let faint = |word: &str| (Look::Faint, word.to_owned());
    let mut grid = Grid::default();
    let names = view.groups.iter().map(|group| faint(&group.name));
    let moves = [lang.pick("rose", "aufgestiegen"), lang.pick("fell", "abgestiegen")];
    let titles = iter::once(faint(lang.pick("alive", "lebendig"))).chain(names);
    grid.row(titles.chain(moves.map(faint)));
    for (at, moved) in view.moved.iter().enumerate() {
        let name = moved.from.get(..7).unwrap_or(&moved.from).to_owned();
        let alive = view.groups.iter().map(|group| {
            count(group.months.get(at).and_then(|month| month.balance).map(|one| one.alive))
        });
        let cells = iter::once((Look::Strong, name)).chain(alive);
        grid.row(cells.chain([count(moved.rose), count(moved.fell)]));
    }
    page.line(String::new());
    grid.print(page, 0);
    page.prose(Look::Faint, 0, lang.pick(
        "Inner: in touch once a fortnight or more often; close: once a month; regular: once a quarter; loose: less. Who draws closer rises at once; who is in touch less often falls after a month (regular), a quarter (close) or a year (inner). Rose and fell in the first table: + into the tier, − out of it.",
        "Engster Kreis: Kontakt alle zwei Wochen oder öfter; nah: jeden Monat; regelmäßig: jedes Vierteljahr; lose: seltener. Wer näher rückt, steigt sofort auf; wer seltener Kontakt hat, steigt nach einem Monat (regelmäßig), einem Vierteljahr (nah) oder einem Jahr (engster Kreis) ab. Auf- und abgestiegen in der ersten Tabelle: + in die Stufe, − aus ihr heraus.",
    ));
}

fn moved(moves: MovesView) -> [(Look, String); 2] {
    let cell = |into: usize, out: usize| (Look::Plain, format!("+{into} −{out}"));
    [cell(moves.risen_into, moves.risen_out), cell(moves.fallen_into, moves.fallen_out)]
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
