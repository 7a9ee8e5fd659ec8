//! `rin plugin new`: a plugin to begin with.

use rin_app::{KitSource, NewPluginRequest, PluginLang, new_plugin, new_plugin_words};

use crate::{
    args::{LangArg, NewPlugin},
    environment::Context,
    error::Error,
    output::{Look, show},
};

/// Writes the files and says how to go on.
pub(crate) fn run(args: &NewPlugin, context: &Context) -> Result<(), Error> {
    let path = args.rin.clone().map(KitSource::Path);
    let view = new_plugin(&NewPluginRequest {
        name: args.name.clone(),
        lang: match args.lang {
            Some(LangArg::C) => PluginLang::C,
            _ => PluginLang::Rust,
        },
        dir: args.dir.clone(),
        kit: path.or_else(|| args.rin_git.clone().map(KitSource::Git)),
    })?;
    show(context, &view, |page| {
        page.prose(Look::Strong, 0, &new_plugin_words(&view, context.lang));
        for file in &view.files {
            page.line(format!("  {file}"));
        }
        page.gap();
        page.line(format!("{}:", context.lang.pick("Next", "Weiter")));
        for command in &view.next {
            page.line(format!("  {command}"));
        }
    })?;
    Ok(())
}
