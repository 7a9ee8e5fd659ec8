//! `rin init`: makes the folder ready.

use rin_app::Session;

use crate::{
    environment::Context,
    error::Error,
    output::{Look, show},
};

/// Makes the folder ready and says what to do next.
pub(crate) fn run(context: &Context) -> Result<(), Error> {
    let view = Session::init(context.dir())?;
    let lang = context.lang;
    show(context, &view, |page| {
        let dir = page.look(Look::Strong, &view.dir.display().to_string());
        let (en, de) = (format!("Ready: {dir}"), format!("Bereit: {dir}"));
        page.line(lang.pick(en, de));
        page.line(lang.pick(
            "Next: rin import PATH   (an export as it was downloaded)",
            "Weiter: rin import PFAD   (ein Export, wie er heruntergeladen wurde)",
        ));
    })?;
    Ok(())
}
