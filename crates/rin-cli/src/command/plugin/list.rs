//! `rin plugin list`: which plugins there are.

use rin_app::{Lang, PluginListView};

use crate::{
    environment::Context,
    error::Error,
    output::{Look, Page, show, table::Grid},
};

/// Lists the plugins that were found.
pub(crate) fn run(context: &Context) -> Result<(), Error> {
    let config = context.config()?;
    let view = context.plugins().list(&config, context.lang);
    show(context, &view, |page| print(page, &view, context.lang))?;
    Ok(())
}

fn print(page: &mut Page, view: &PluginListView, lang: Lang) {
    let mut grid = Grid::default();
    for plugin in &view.plugins {
        let look = if plugin.may_run { Look::Good } else { Look::Warn };
        let mut status = plugin.status.clone();
        if plugin.may_run && plugin.isolation != "worker" {
            status = format!("{status}, {}", plugin.isolation);
        }
        if !plugin.permissions.is_empty() {
            let sees = lang.pick("sees", "sieht");
            status = format!("{status}, {sees} {}", plugin.permissions.join("+"));
        }
        grid.row([
            (Look::Strong, plugin.platform.clone()),
            (Look::Plain, plugin.id.clone()),
            (Look::Plain, plugin.version.clone()),
            (look, status),
            (Look::Faint, plugin.file.clone()),
        ]);
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
        return;
    }
    let next = lang.pick("Next", "Weiter");
    match view.plugins.iter().find(|plugin| !plugin.may_run && plugin.standing != "revoked") {
        Some(plugin) => page.line(format!("{next}: rin plugin approve {}", plugin.id)),
        None => page.line(format!("{next}: rin plugin info ID")),
    }
}
