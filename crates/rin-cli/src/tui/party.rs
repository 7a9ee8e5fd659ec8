//! Everything known of one person or organisation: how it stands, how it went, how it is expected to go on.

use rin_app::{AccountPlaceView, AssessmentView, Lang, PartyPortraitView, PartyView, TieView};

use super::{
    chart,
    paper::{Cell, Ink, Paper, Sheet},
};
use crate::{
    command::party::{event_word, look_of, tie_word},
    output::Look,
    words::{arrow, level, platform_name, standing},
};

/// Shows them.
pub(super) fn sheet(portrait: &PartyPortraitView, width: usize, (ink, lang): (Ink, Lang)) -> Sheet {
    let (view, course) = (&portrait.party, &portrait.course);
    let mut head = Paper::new(width, ink);
    let own = if view.is_own { lang.pick("  This is you.", "  Das bist du.") } else { "" };
    head.line([
        (Look::Strong, view.name.clone()),
        (Look::Faint, format!("  #{}", view.party)),
        (Look::Plain, own.to_owned()),
    ]);
    head.line([]);
    let mut body = Paper::new(width, ink);
    if let Some(seen) = &view.assessment {
        stands(&mut body, seen, lang);
    }
    for unknown in &view.unknown {
        body.prose(Look::Faint, 0, unknown);
    }
    if !course.points.is_empty() {
        body.title(lang.pick("If nobody acts", "Wenn niemand etwas tut"));
        body.prose(Look::Faint, 0, &standing::forecast(course, lang));
        chart::forecast(&mut body, course, lang);
    }
    if !course.months.is_empty() {
        body.title(lang.pick("Month by month", "Monat für Monat"));
        chart::months(&mut body, &course.months, lang);
    }
    ties(&mut body, &view.ties, lang);
    places(&mut body, &portrait.places, lang);
    own_words(&mut body, portrait, lang);
    events(&mut body, view, lang);
    Sheet { head: head.lines(), body: body.lines(), ..Sheet::default() }
}

fn stands(body: &mut Paper, seen: &AssessmentView, lang: Lang) {
    body.line([
        (look_of(seen.level), format!("{} {}", Lang::chance(seen.alive), level(seen.level, lang))),
        (Look::Faint, format!("  {}", standing::interval(seen, lang))),
    ]);
    for sentence in &seen.told {
        body.prose(Look::Plain, 0, sentence);
    }
    let facts = standing::facts(seen, lang).map(|(word, value)| format!("{word} {value}"));
    body.prose(Look::Faint, 0, &facts.join(" · "));
}

fn ties(body: &mut Paper, ties: &[TieView], lang: Lang) {
    body.title(lang.pick("Ties", "Verbindungen"));
    if ties.is_empty() {
        return body.prose(Look::Faint, 2, standing::no_tie(lang));
    }
    let one = |tie: &TieView| -> Vec<Cell> {
        let mut since = String::new();
        if let Some(day) = tie.since.as_deref().map(|day| lang.shown(day)) {
            since = lang.pick(format!("since {day}"), format!("seit {day}"));
            if tie.is_older {
                since.push_str(lang.pick(" or before", " oder früher"));
            }
            if let Some(until) = tie.until.as_deref().map(|day| lang.shown(day)) {
                since.push_str(" – ");
                since.push_str(&until);
            }
        }
        vec![
            (Look::Plain, platform_name(&tie.platform)),
            (Look::Plain, arrow(tie.direction).to_owned()),
            (Look::Plain, tie_word(tie.kind, lang).to_owned()),
            (Look::Faint, since),
        ]
    };
    let rows: Vec<_> = ties.iter().map(one).collect();
    body.grid(&rows, &[]);
}

fn places(body: &mut Paper, places: &[AccountPlaceView], lang: Lang) {
    body.title(lang.pick("Where", "Wo"));
    let rows: Vec<Vec<Cell>> = places
        .iter()
        .map(|place| {
            let handle = place.handle.as_ref().unwrap_or(&place.name);
            let link = place.link.as_deref().unwrap_or_default();
            vec![
                (Look::Plain, platform_name(&place.platform)),
                (Look::Plain, handle.clone()),
                (Look::Faint, link.to_owned()),
            ]
        })
        .collect();
    body.grid(&rows, &[]);
}

/// Shows the user's own words.
fn own_words(body: &mut Paper, portrait: &PartyPortraitView, lang: Lang) {
    let (tags, notes) = (&portrait.tags, &portrait.notes);
    body.title(lang.pick("Your words for them", "Deine Wörter dafür"));
    if tags.is_empty() {
        body.prose(Look::Faint, 2, lang.pick("None: t adds one.", "Keine: t fügt eines hinzu."));
    } else {
        body.prose(Look::Plain, 2, &tags.join(" · "));
    }
    body.title(lang.pick("Your notes", "Deine Notizen"));
    if notes.is_empty() {
        body.prose(Look::Faint, 2, lang.pick("None: a adds one.", "Keine: a fügt eine hinzu."));
    }
    for note in notes {
        let day = lang.shown(&note.day);
        body.hanging(&format!("  {day}"), 15, (Look::Plain, &note.text));
    }
}

fn events(body: &mut Paper, view: &PartyView, lang: Lang) {
    if view.events.is_empty() {
        return;
    }
    body.title(&standing::contacts(view, lang));
    let rows: Vec<Vec<Cell>> = view
        .events
        .iter()
        .map(|event| {
            vec![
                (Look::Plain, lang.shown(&event.day)),
                (Look::Plain, arrow(event.direction).to_owned()),
                (Look::Plain, event_word(event.kind, lang).to_owned()),
                (Look::Faint, platform_name(&event.platform)),
            ]
        })
        .collect();
    body.grid(&rows, &[0]);
}
