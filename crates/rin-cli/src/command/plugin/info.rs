//! `rin plugin info`: everything a plugin says about itself.

use rin_app::{Lang, PluginView};

use crate::{
    environment::Context,
    error::Error,
    output::{Look, Page, show},
};

/// Shows one plugin, by id or platform.
pub(crate) fn run(id: &str, context: &Context) -> Result<(), Error> {
    let config = context.config()?;
    let view = context.plugins().info(id, &config, context.lang)?;
    show(context, &view, |page| print(page, &view, context.lang))?;
    Ok(())
}

fn print(page: &mut Page, view: &PluginView, lang: Lang) {
    page.line(format!("{}  {} {}", page.look(Look::Strong, &view.name), view.id, view.version));
    page.line(page.look(Look::Faint, &view.file));
    print_standing(page, view, lang);
    let columns = view.columns.join(", ");
    if !columns.is_empty() {
        page.prose(Look::Plain, 0, &format!("{}: {columns}", lang.pick("It uses", "Es benutzt")));
    }
    if !view.norms.is_empty() {
        page.gap();
        page.line(page.look(Look::Strong, lang.pick("Norms", "Normen")));
    }
    for norm in &view.norms {
        page.prose(Look::Plain, 2, &norm.text);
        let theirs = norm.instead_of.map(|theirs| {
            lang.pick(
                format!(" (the plugin says {theirs})"),
                format!(" (das Plugin sagt {theirs})"),
            )
        });
        let (rule, value, theirs) = (norm.rule, norm.value, theirs.unwrap_or_default());
        let line = format!("    {rule} {value}{theirs}   {}", norm.source);
        page.line(page.look(Look::Faint, &line));
    }
    print_examples(page, view, lang);
    print_params(page, view, lang);
}

/// Says whether it may run, and how far it is shut in.
fn print_standing(page: &mut Page, view: &PluginView, lang: Lang) {
    if let Some(sha256) = &view.sha256 {
        page.line(page.look(Look::Faint, &format!("SHA-256 {sha256}")));
    }
    let look = if view.confinement.is_some() { Look::Good } else { Look::Warn };
    let reached = view.confinement.as_ref().map(|reached| format!(", {reached}"));
    page.line(page.look(look, &format!("{}{}", view.status, reached.unwrap_or_default())));
    if let Some(problem) = &view.problem {
        page.prose(Look::Bad, 0, &format!("! {problem}"));
    }
    if !view.asks.is_empty() {
        let permitted = |name: &String| view.permissions.contains(name);
        let not = lang.pick("not permitted", "nicht erlaubt");
        let words = view
            .asks
            .iter()
            .map(|name| if permitted(name) { name.clone() } else { format!("{name} ({not})") });
        let words = words.collect::<Vec<_>>().join(", ");
        let text = lang.pick("Personal data it asks for", "Persönliche Daten, nach denen es fragt");
        page.prose(Look::Plain, 0, &format!("{text}: {words}"));
    }
}

fn print_examples(page: &mut Page, view: &PluginView, lang: Lang) {
    if view.examples.is_empty() {
        return;
    }
    page.gap();
    page.line(page.look(Look::Strong, lang.pick("Examples", "Beispiele")));
    for example in &view.examples {
        page.prose(Look::Plain, 2, &example.text);
        let row: Vec<_> =
            example.row.iter().map(|(name, value)| format!("{name} {value}")).collect();
        let nothing = lang.pick("nothing", "nichts").to_owned();
        let answer = example.kind.iter().chain(&example.reason).cloned().collect::<Vec<_>>();
        let answer = if answer.is_empty() { nothing } else { answer.join(", ") };
        page.prose(Look::Faint, 4, &format!("{} → {answer}", row.join(", ")));
    }
}

fn print_params(page: &mut Page, view: &PluginView, lang: Lang) {
    if view.params.is_empty() {
        return;
    }
    page.gap();
    let title = lang.pick("Parameters", "Parameter");
    page.line(format!("{}  rin.toml: [plugin.\"{}\"]", page.look(Look::Strong, title), view.id));
    for param in &view.params {
        page.line(format!(
            "  {} = {}   {}",
            param.key,
            param.default,
            page.look(Look::Faint, &param.range)
        ));
        page.prose(Look::Plain, 4, &param.text);
    }
}
