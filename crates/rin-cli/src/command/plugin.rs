//! `rin plugin list|info`: what reads exports and knows the platforms' rules.

use rin_app::{Lang, PluginListView, PluginView};

use crate::{
    args::Plugin,
    environment::Context,
    error::Error,
    output::{Look, Page, show, table::Grid},
};

/// Runs `rin plugin`.
pub(crate) fn run(args: &Plugin, context: &Context) -> Result<(), Error> {
    let plugins = context.plugins();
    let lang = context.lang;
    match args {
        Plugin::List => {
            let view = plugins.list();
            show(context, &view, |page| print_list(page, &view, lang))?;
        }
        Plugin::Info { id } => {
            let view = plugins.info(id, lang)?;
            show(context, &view, |page| print_info(page, &view, lang))?;
        }
    }
    Ok(())
}

fn print_list(page: &mut Page, view: &PluginListView, lang: Lang) {
    let mut grid = Grid::default();
    for plugin in &view.plugins {
        let cells = [&plugin.platform, &plugin.id, &plugin.version, &plugin.file];
        let looks = [Look::Strong, Look::Plain, Look::Plain, Look::Faint];
        grid.row(looks.into_iter().zip(cells.map(Clone::clone)));
    }
    grid.print(page, 0);
    for problem in &view.problems {
        page.line(page.look(Look::Bad, &format!("! {problem}")));
    }
    if view.plugins.is_empty() {
        let text = lang.pick("No plugins. Looked in:", "Keine Plugins. Gesucht in:");
        page.line(text);
        for dir in &view.searched {
            page.line(format!("  {dir}"));
        }
    } else {
        page.line(format!("{}: rin plugin info ID", lang.pick("Next", "Weiter")));
    }
}

fn print_info(page: &mut Page, view: &PluginView, lang: Lang) {
    page.line(format!("{}  {} {}", page.look(Look::Strong, &view.name), view.id, view.version));
    page.line(page.look(Look::Faint, &view.file));
    let columns = view.columns.join(", ");
    page.prose(Look::Plain, 0, &format!("{}: {columns}", lang.pick("It sees", "Es sieht")));
    page.gap();
    page.line(page.look(Look::Strong, lang.pick("Norms", "Normen")));
    for norm in &view.norms {
        page.prose(Look::Plain, 2, &norm.text);
        page.line(
            page.look(Look::Faint, &format!("    {} {}   {}", norm.rule, norm.value, norm.source)),
        );
    }
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
