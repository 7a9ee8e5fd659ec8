//! `rin note`: the user's own notes about people.

use rin_app::{
    AddNoteRequest, EditNoteRequest, Lang, Moment, NoteListRequest, NoteView, NotesView,
    parse_filter, parse_moment,
};

use crate::{
    args::{AddNote, EditNote, ListNotes, Note},
    environment::Context,
    error::Error,
    output::{Look, Page, show},
};

/// Runs `rin note`.
pub(crate) fn run(args: &Note, context: &Context) -> Result<(), Error> {
    match args {
        Note::Add(args) => add(args, context),
        Note::List(args) => list(args, context),
        Note::Edit(args) => edit(args, context),
        Note::Remove { note } => {
            let (mut session, lang) = context.open()?;
            let view = session.remove_note(*note, lang)?;
            show(context, &view, |page| said(page, &view, lang))?;
            Ok(())
        }
    }
}

fn add(args: &AddNote, context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    let at = args.day.as_deref().map(|day| moment(context, day)).transpose()?;
    let (who, text, now) = (args.who.as_str(), args.text.as_str(), context.now()?);
    let view = session.add_note(&AddNoteRequest { who, text, at, now, lang })?;
    show(context, &view, |page| said(page, &view, lang))?;
    Ok(())
}

fn edit(args: &EditNote, context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    let at = args.day.as_deref().map(|day| moment(context, day)).transpose()?;
    let (note, text, now) = (args.note, args.text.as_deref(), context.now()?);
    let view = session.edit_note(&EditNoteRequest { note, text, at, now, lang })?;
    show(context, &view, |page| said(page, &view, lang))?;
    Ok(())
}

fn moment(context: &Context, day: &str) -> Result<Moment, Error> {
    Ok(parse_moment(day, &context.zone)?)
}

fn said(page: &mut Page, view: &NoteView, lang: Lang) {
    page.prose(Look::Plain, 0, &view.said);
    let who = view.note.party;
    page.line(format!("{}: rin note list {who}", lang.pick("Next", "Weiter")));
}

fn list(args: &ListNotes, context: &Context) -> Result<(), Error> {
    let filter = parse_filter(&args.filter)?;
    let (session, lang) = context.open()?;
    let (who, now) = (args.who.as_deref(), context.now()?);
    let view = session.notes(&NoteListRequest { who, filter, now, lang })?;
    show(context, &view, |page| print(page, &view, lang))?;
    Ok(())
}

fn print(page: &mut Page, view: &NotesView, lang: Lang) {
    if view.notes.is_empty() {
        page.line(lang.pick(
            "No notes. Begin with: rin note add WHO TEXT",
            "Keine Notizen. Beginnen mit: rin note add WER TEXT",
        ));
    }
    let mut party = None;
    for note in &view.notes {
        if party.replace(note.party) != Some(note.party) {
            page.line(page.look(Look::Strong, &note.name));
        }
        let day = lang.shown(&note.day);
        page.prose(Look::Plain, 2, &format!("{} · {day} · {}", note.note, note.text));
    }
    for remark in &view.remarks {
        page.prose(Look::Faint, 0, remark);
    }
}
