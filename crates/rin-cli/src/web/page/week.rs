//! This week's plan: whom, how, why, by when, in how many minutes.

use maud::{Markup, html};
use rin_app::{Lang, PlanLineView, WeekView};

/// Shows the week.
pub(in crate::web) fn page(view: &WeekView, lang: Lang) -> Markup {
    let (start, end) = (lang.shown(&view.start), lang.shown(&view.end));
    html! {
        h1 { (lang.pick("This week", "Diese Woche")) }
        p.faint { (start) " – " (end) }
        ol.lines { @for line in &view.lines { (one(line, lang)) } }
    }
}

fn one(line: &PlanLineView, lang: Lang) -> Markup {
    html! {
        li.line {
            h2 { (line.name) }
            p { (line.what) " · " (lang.number(line.minutes)) " min" }
            p { (line.why) }
            p.faint { (line.facts) }
        }
    }
}
