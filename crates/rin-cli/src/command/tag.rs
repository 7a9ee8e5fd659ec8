//! `rin tag`: the user's own words for people.

use rin_app::{Lang, TagRequest, TagView, TagsView};

use crate::{
    args::{OneTag, Tag},
    environment::Context,
    error::Error,
    output::{Look, Page, show, table::Grid},
};

/// Runs `rin tag`.
pub(crate) fn run(args: &Tag, context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    match args {
        Tag::Add(one) => {
            let view = session.add_tag(&request(one, context, lang)?)?;
            show(context, &view, |page| said(page, &view))?;
        }
        Tag::Remove(one) => {
            let view = session.remove_tag(&request(one, context, lang)?)?;
            show(context, &view, |page| said(page, &view))?;
        }
        Tag::List { tag } => {
            let view = session.tags(tag.as_deref())?;
            show(context, &view, |page| list(page, &view, lang))?;
        }
    }
    Ok(())
}

fn request<'a>(one: &'a OneTag, context: &Context, lang: Lang) -> Result<TagRequest<'a>, Error> {
    Ok(TagRequest { who: &one.who, tag: &one.tag, now: context.now()?, lang })
}

fn said(page: &mut Page, view: &TagView) {
    page.prose(Look::Plain, 0, &view.said);
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
