//! The screen as a whole: the places on top, what one of them says, what was said last, and the keys.

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::{Position, Rect},
    style::{Modifier, Style},
    text::{Line, Span},
};
use rin_app::Lang;

use super::{
    ask::Reply,
    campaigns, exit, help, keys, network,
    paper::{Ink, Paper, Sheet},
    party, programme,
    prompt::Prompt,
    state::{Place, State, lines_of},
    week,
};
use crate::output::{Look, table::columns};

/// Columns and lines below which nothing can be shown that is worth it.
pub(super) const LEAST: (u16, u16) = (40, 12);
/// Lines that what was said last may take.
const SAID: usize = 4;

/// Draws everything.
pub(super) fn draw(state: &mut State, page: &mut Frame<'_>) {
    let area = page.area();
    let cursor = paint(state, area, page.buffer_mut());
    if let Some(cursor) = cursor {
        page.set_cursor_position(cursor);
    }
}

/// Draws everything, and returns where something is being typed.
fn paint(state: &mut State, area: Rect, out: &mut Buffer) -> Option<Position> {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        too_small(state, area, out);
        return None;
    }
    let (lang, ink, width) = (state.lang, state.ink, usize::from(area.width));
    state.drawn.tabs = tabs(state, area, out);
    let said = said(state, width);
    let n_said = u16::try_from(said.len()).unwrap_or_default();
    for (line, y) in said.iter().zip(area.bottom() - 1 - n_said..) {
        out.set_line(area.x, y, line, area.width);
    }
    let sheet = if state.has_help {
        Sheet { body: help::lines(width, ink, lang), ..Sheet::default() }
    } else {
        sheet(state, width)
    };
    let room = Rect::new(area.x, 2, area.width, area.height.saturating_sub(3 + n_said));
    body(state, sheet, room, out);
    rule(state, area, out);
    let bottom = area.bottom() - 1;
    if let Some(prompt) = &state.prompt {
        return Some(typing(prompt, (area, bottom), (ink, lang), out));
    }
    let mut spans = Vec::new();
    for (key, en, de) in help::keys(state.place, state.has_help) {
        let word = lang.pick(en, de);
        spans.push(Span::styled(*key, ink.of(Look::Strong)));
        spans.push(Span::styled(format!(" {word}  "), ink.of(Look::Faint)));
    }
    out.set_line(area.x, bottom, &fitted(&spans, width), area.width);
    None
}

/// Returns as many pairs of spans as fit whole.
fn fitted<'a>(spans: &[Span<'a>], width: usize) -> Line<'a> {
    let mut kept = Vec::new();
    let mut taken = 0;
    for pair in spans.chunks(2) {
        taken += pair.iter().map(Span::width).sum::<usize>();
        if width + 2 < taken {
            break;
        }
        kept.extend_from_slice(pair);
    }
    Line::from(kept)
}

fn too_small(state: &State, area: Rect, out: &mut Buffer) {
    let (width, height) = LEAST;
    let text = state.lang.pick(
        format!("Too small: Rin needs {width} × {height}. q quits."),
        format!("Zu klein: Rin braucht {width} × {height}. q beendet."),
    );
    let mut paper = Paper::new(usize::from(area.width), state.ink);
    paper.prose(Look::Plain, 0, &text);
    for (line, y) in paper.lines().iter().zip(area.top()..area.bottom()) {
        out.set_line(area.x, y, line, area.width);
    }
}

/// Draws the names of the places, and returns where they stand; where there is no room for all, that of this one.
fn tabs(state: &State, area: Rect, out: &mut Buffer) -> Vec<(u16, u16, Place)> {
    let (lang, ink) = (state.lang, state.ink);
    let full = |place: Place, at: usize| format!(" {} {} ", at + 1, place.name(lang));
    let all: usize =
        Place::ALL.iter().enumerate().map(|(at, place)| columns(&full(*place, at))).sum();
    let is_short = usize::from(area.width) < all;
    let mut tabs = Vec::new();
    let mut x = area.x;
    for (at, place) in Place::ALL.into_iter().enumerate() {
        let is_here = place == state.place && !state.has_help;
        let text = if is_short && !is_here { format!(" {} ", at + 1) } else { full(place, at) };
        let style = if is_here {
            ink.of(Look::Strong).add_modifier(Modifier::REVERSED)
        } else {
            Style::new()
        };
        let (end, _) = out.set_span(x, area.y, &Span::styled(text, style), area.right() - x);
        tabs.push((x, end, place));
        x = end;
    }
    tabs
}

/// Draws the line below the places: how far down one is, and whether an answer is waited for.
fn rule(state: &State, area: Rect, out: &mut Buffer) {
    let faint = state.ink.of(Look::Faint);
    out.set_string(area.x, 1, "─".repeat(usize::from(area.width)), faint);
    let drawn = &state.drawn;
    let top = state.cursors.get(&state.place).map_or(0, |cursor| cursor.top);
    let seen = top + usize::from(drawn.body.height);
    let mut text = String::new();
    if usize::from(drawn.body.height) < drawn.n_lines && !state.has_help {
        text = format!(" {}–{}/{} ", top + 1, seen.min(drawn.n_lines), drawn.n_lines);
    }
    if !state.waiting.is_empty() {
        text = format!("{}{text}", state.lang.pick(" working… ", " rechnet … "));
    }
    let taken = u16::try_from(columns(&text)).unwrap_or(area.width);
    if let Some(x) = area.right().checked_sub(taken + 1) {
        out.set_string(x, 1, text, faint);
    }
}

/// Draws a sheet, with the row chosen marked.
fn body(state: &mut State, sheet: Sheet, room: Rect, out: &mut Buffer) {
    let height = usize::from(room.height);
    let n_head = sheet.head.len().min(height / 2);
    let n_foot = sheet.foot.len().min(height.saturating_sub(n_head) / 2);
    let n_body = height - n_head - n_foot;
    let (n_lines, has_help) = (sheet.body.len(), state.has_help);
    let mut unused = super::state::Cursor::default();
    let cursor = if has_help { &mut unused } else { state.cursor() };
    let chosen = if sheet.picks.is_empty() {
        cursor.at = cursor.at.min(n_lines.saturating_sub(n_body));
        cursor.top = cursor.at;
        None
    } else {
        cursor.at = cursor.at.min(sheet.picks.len() - 1);
        let line = sheet.picks.get(cursor.at).copied().unwrap_or_default();
        // The first row shows what stands above it too.
        let from = if cursor.at == 0 { 0 } else { line };
        let last = cursor.at + 1 == sheet.picks.len();
        let to = if last { n_lines.saturating_sub(1).min(line + n_body - 1) } else { line };
        cursor.top = cursor.top.min(from).max((to + 1).saturating_sub(n_body));
        cursor.top = cursor.top.min(n_lines.saturating_sub(n_body));
        Some(line)
    };
    let top = cursor.top;
    let rows = (room.y..).zip(sheet.head.iter().take(n_head));
    for (y, line) in rows {
        out.set_line(room.x, y, line, room.width);
    }
    let begin = room.y + u16::try_from(n_head).unwrap_or_default();
    for (y, (at, line)) in (begin..).zip(sheet.body.iter().enumerate().skip(top).take(n_body)) {
        out.set_line(room.x, y, line, room.width);
        if Some(at) == chosen {
            let row = Rect::new(room.x, y, room.width, 1);
            out.set_style(row, Style::new().add_modifier(Modifier::REVERSED));
            out.set_string(room.x, y, "▸", Style::new());
        }
    }
    let n_body = u16::try_from(n_body).unwrap_or_default();
    for (y, line) in (begin + n_body..).zip(sheet.foot.iter().take(n_foot)) {
        out.set_line(room.x, y, line, room.width);
    }
    state.drawn.body = Rect::new(room.x, begin, room.width, n_body);
    state.drawn.picks = sheet.picks;
    state.drawn.n_lines = n_lines;
}

/// Returns what a screen says.
fn sheet(state: &State, width: usize) -> Sheet {
    let (lang, ink) = (state.lang, state.ink);
    let Some(shown) = state.current() else {
        let text = if state.place == Place::Party && state.party.is_none() {
            lang.pick(
                "Nobody is chosen. Choose somebody on Week (1) or Network (2) with Enter.",
                "Niemand ist gewählt. Auf Woche (1) oder Netz (2) jemanden mit Eingabe wählen.",
            )
        } else {
            lang.pick("Reading…", "Liest …")
        };
        let mut paper = Paper::new(width, ink);
        paper.prose(Look::Faint, 0, text);
        return Sheet { body: paper.lines(), ..Sheet::default() };
    };
    let at = state.chosen();
    match &shown.reply {
        Ok(Reply::Week(week)) => week::sheet(&week.0, &week.1, (at, width), (ink, lang)),
        Ok(Reply::Network(both)) => {
            network::sheet((&both.0, both.1, &state.filter), (at, width), (ink, lang))
        }
        Ok(Reply::Party(party)) => party::sheet(party, width, (ink, lang)),
        Ok(Reply::Programme(Some(view))) => programme::sheet(view, width, (ink, lang)),
        Ok(Reply::Programme(None)) => programme::none(width, (ink, lang)),
        Ok(Reply::Campaigns(list)) => campaigns::list(list, (at, width), (ink, lang)),
        Ok(Reply::Checked(view)) => campaigns::check(view, width, (ink, lang)),
        Ok(Reply::Reported(view)) => campaigns::report(view, width, (ink, lang)),
        Ok(Reply::Exit(both)) => exit::sheet((both, &state.leaving), width, (ink, lang)),
        Ok(Reply::Kept(_)) => Sheet::default(),
        Err(told) => {
            let mut paper = Paper::new(width, ink);
            for (at, line) in lines_of(told, lang).iter().enumerate() {
                paper.prose(if at == 0 { Look::Bad } else { Look::Plain }, 0, line);
            }
            paper.gap();
            paper.prose(Look::Plain, 0, lang.pick("r tries again.", "r versucht es noch einmal."));
            Sheet { body: paper.lines(), ..Sheet::default() }
        }
    }
}

/// Returns the lines of what was said last.
fn said(state: &State, width: usize) -> Vec<Line<'static>> {
    let Some((look, sentences)) = &state.said else { return Vec::new() };
    let mut paper = Paper::new(width, state.ink);
    for sentence in sentences {
        paper.prose(*look, 0, sentence);
    }
    let mut lines = paper.lines();
    lines.truncate(SAID);
    lines
}

/// Draws the line that is typed, moved so that the cursor is seen, and returns where that is.
fn typing(
    prompt: &Prompt,
    (area, y): (Rect, u16),
    (ink, lang): (Ink, Lang),
    out: &mut Buffer,
) -> Position {
    let label = format!("{}: ", keys::label(prompt.purpose, lang));
    // At least a third of the line is for what is typed.
    let most = area.width.saturating_sub(area.width / 3);
    let (x, _) = out.set_stringn(area.x, y, label, usize::from(most), ink.of(Look::Strong));
    let room = usize::from(area.right() - x).saturating_sub(1);
    let (before, after) = prompt.parts();
    let mut seen: &str = &before;
    while room < columns(seen) {
        let mut letters = seen.chars();
        letters.next();
        seen = letters.as_str();
    }
    let (x, _) = out.set_stringn(x, y, seen, room, Style::new());
    let rest = usize::from(area.right() - x);
    out.set_stringn(x, y, after, rest, Style::new());
    Position::new(x, y)
}
