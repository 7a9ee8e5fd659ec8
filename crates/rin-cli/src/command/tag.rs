//! `rin tag`: the user's own words for people.

use rin_app::{
    Lang, Session, SessionError, TagManyRequest, TagManyView, TagRequest, TagView, TagsView,
    parse_filter,
};

use crate::{
    args::{OneTag, Tag},
    environment::Context,
    error::Error,
    output::{Look, Page, show, table::Grid},
};

/// How a session changes the tag of one party, …
type TagOne = fn(&mut Session, &TagRequest<'_>) -> Result<TagView, SessionError>;
/// … and of many.
type TagMany = fn(&mut Session, &TagManyRequest<'_>) -> Result<TagManyView, SessionError>;

/// Runs `rin tag`.
pub(crate) fn run(args: &Tag, context: &Context) -> Result<(), Error> {
    match args {
        Tag::Add(one) => change(one, context, (Session::add_tag, Session::tag_many)),
        Tag::Remove(one) => change(one, context, (Session::remove_tag, Session::untag_many)),
        Tag::List { tag } => {
            let (session, lang) = context.open()?;
            let view = session.tags(tag.as_deref())?;
            show(context, &view, |page| list(page, &view, lang))?;
            Ok(())
        }
    }
}

/// Changes one party's tag, or that of everybody a filter is about: then the first word is the tag.
fn change(args: &OneTag, context: &Context, (one, many): (TagOne, TagMany)) -> Result<(), Error> {
    let filter = args.filter.as_deref().map(parse_filter).transpose()?;
    let (mut session, lang) = context.open()?;
    let now = context.now()?;
    if let Some(filter) = filter {
        let view = many(&mut session, &TagManyRequest { filter, tag: &args.who, now, lang })?;
        show(context, &view, |page| said_of_many(page, &view))?;
        return Ok(());
    }
    let tag = args.tag.as_deref().unwrap_or_default();
    let view = one(&mut session, &TagRequest { who: &args.who, tag, now, lang })?;
    show(context, &view, |page| page.prose(Look::Plain, 0, &view.said))?;
    Ok(())
}

fn said_of_many(page: &mut Page, view: &TagManyView) {
    page.prose(Look::Plain, 0, &view.said);
    for remark in &view.remarks {
        page.prose(Look::Faint, 0, remark);
    }
}

fn list(page: &mut Page, view: &TagsView, lang: Lang) {
    if view.tags.is_empty() {
        let text = lang.pick(
            "Nobody is tagged. Begin with: rin tag add WHO TAG",
            "Niemand ist verschlagwortet. Beginnen mit: rin tag add WER WORT",
        );
        page.line(text);
    }
    let mut grid = Grid::default();
    for one in &view.tags {
        let since = lang.shown(&one.since);
        let weight =
            one.weight.map_or_else(String::new, |weight| format!("× {}", lang.number(weight)));
        grid.row([
            (Look::Strong, one.tag.clone()),
            (Look::Plain, one.name.clone()),
            (Look::Faint, lang.pick(format!("since {since}"), format!("seit {since}"))),
            (Look::Faint, weight),
        ]);
    }
    grid.print(page, 0);
}
