//! Whom we know: fading ones first, then by lapse date, narrowed by a filter.

use rin_app::{Lang, LevelsView, PartyListView, PartyRow};

use super::paper::{Cell, Ink, Paper, Sheet, fitting};
use crate::{
    command::party::{look_of, told_without_contact},
    output::Look,
    words::{level, platform_name},
};

/// Shows them.
pub(super) fn sheet(
    (view, levels, filter): (&PartyListView, LevelsView, &str),
    (at, width): (usize, usize),
    (ink, lang): (Ink, Lang),
) -> Sheet {
    let mut head = Paper::new(width, ink);
    head.line([
        (Look::Good, format!("{} {}", levels.alive, level("alive", lang))),
        (Look::Warn, format!("  {} {}", levels.fading, level("fading", lang))),
        (Look::Faint, format!("  {} {}", levels.lapsed, level("lapsed", lang))),
        (
            Look::Faint,
            lang.pick(
                format!("  {} tied only", levels.no_contact),
                format!("  {} nur verbunden", levels.no_contact),
            ),
        ),
    ]);
    if !filter.is_empty() {
        let total = view.total;
        let found = lang.pick(format!("Only {filter}: {total}"), format!("Nur {filter}: {total}"));
        head.prose(Look::Warn, 0, &found);
    }
    head.gap();
    let mut body = Paper::new(width, ink);
    let remarks: Vec<String> =
        told_without_contact(view, lang).into_iter().chain(view.remarks.iter().cloned()).collect();
    if view.total == 0 {
        nobody(&mut body, filter, lang);
        for remark in &remarks {
            body.prose(Look::Faint, 0, remark);
        }
        return Sheet { head: head.lines(), body: body.lines(), ..Sheet::default() };
    }
    body.grid(&rows(view, width, lang), &[3, 4, 5]);
    let mut lines = body.lines();
    let titles = lines.remove(0);
    let mut head = head.lines();
    head.push(titles);
    let picks = (0..lines.len()).collect();
    let mut more = Paper::new(width, ink);
    let hidden = view.total - view.parties.len();
    if 0 < hidden {
        more.prose(
            Look::Faint,
            0,
            &lang.pick(
                format!("and {hidden} more: narrow them down with /"),
                format!("und {hidden} weitere: mit / eingrenzen"),
            ),
        );
    }
    for remark in &remarks {
        more.prose(Look::Faint, 0, remark);
    }
    lines.extend(more.lines());
    let foot = view.parties.get(at).map(|one| detail(one, width, (ink, lang)));
    Sheet { head, body: lines, picks, foot: foot.unwrap_or_default() }
}

fn nobody(body: &mut Paper, filter: &str, lang: Lang) {
    if filter.is_empty() {
        body.prose(Look::Plain, 0, lang.pick("Nobody yet.", "Noch niemand."));
        body.gap();
        body.prose(
            Look::Strong,
            0,
            lang.pick(
                "Leave with q, then: rin import PATH, rin own add HANDLE",
                "Mit q beenden, dann: rin import PFAD, rin own add HANDLE",
            ),
        );
    } else {
        body.prose(Look::Plain, 0, lang.pick("Nobody matches.", "Niemand passt."));
        body.prose(
            Look::Plain,
            0,
            lang.pick("Esc shows everybody, / asks otherwise.", "Esc zeigt alle, / fragt anders."),
        );
    }
}

fn rows(view: &PartyListView, width: usize, lang: Lang) -> Vec<Vec<Cell>> {
    let has_last = 92 <= width;
    let name_room = width.saturating_sub(if has_last { 62 } else { 49 }).clamp(12, 40);
    let title = [
        lang.pick("who", "wer"),
        lang.pick("where", "wo"),
        lang.pick("level", "Stand"),
        lang.pick("alive", "lebendig"),
        lang.pick("lapses", "verfällt"),
        lang.pick("last", "zuletzt"),
    ];
    let n_columns = if has_last { 6 } else { 5 };
    let one = |row: &PartyRow| {
        let look = look_of(row.level);
        let platforms: Vec<String> = row.platforms.iter().map(|name| platform_name(name)).collect();
        let cells = [
            (Look::Strong, fitting(&row.name, name_room)),
            (Look::Plain, fitting(&platforms.join(", "), 12)),
            (look, level(row.level, lang).to_owned()),
            (look, Lang::chance(row.alive)),
            (Look::Plain, lang.shown(&row.lapse)),
            (Look::Plain, lang.shown(&row.last)),
        ];
        cells.into_iter().take(n_columns).collect()
    };
    let title: Vec<Cell> =
        title.map(|word| (Look::Faint, word.to_owned())).into_iter().take(n_columns).collect();
    std::iter::once(title).chain(view.parties.iter().map(one)).collect()
}

/// Says of one what the row has no room for.
fn detail(
    row: &PartyRow,
    width: usize,
    (ink, lang): (Ink, Lang),
) -> Vec<ratatui::text::Line<'static>> {
    let handle = row.handle.as_deref().filter(|handle| *handle != row.name).unwrap_or_default();
    let mut paper = Paper::foot(width, ink, (&row.name, handle));
    let days = lang.count(
        row.contact_days.into(),
        ("day of contact", "Kontakttag"),
        ("days of contact", "Kontakttage"),
    );
    let [low, high] = row.alive_range.map(Lang::chance);
    let last = lang.shown(&row.last);
    let mut text = lang.pick(
        format!("{days}, the last {last}; alive with 90 % between {low} and {high}"),
        format!("{days}, zuletzt {last}; lebendig mit 90 % zwischen {low} und {high}"),
    );
    if let Some(since) = row.open_since.as_deref().map(|day| lang.shown(day)) {
        text.push_str(&lang.pick(
            format!("; waits for an answer since {since}"),
            format!("; wartet auf Antwort seit {since}"),
        ));
    }
    paper.prose(Look::Plain, 0, &text);
    paper.lines()
}
