//! `rin doctor`: checks the store, the settings and the plugins.

use std::process::ExitCode;

use crate::{
    environment::Context,
    error::Error,
    output::{Look, show, table::Grid},
};

/// Checks everything; exit code 1 if something is wrong.
pub(crate) fn run(context: &Context) -> Result<ExitCode, Error> {
    let lang = context.lang;
    let view = context.doctor()?;
    show(context, &view, |page| {
        let mut grid = Grid::default();
        for check in &view.checks {
            let (look, mark) = if check.is_fine { (Look::Good, "✓") } else { (Look::Bad, "✗") };
            grid.row([
                (look, mark.to_owned()),
                (Look::Strong, check.what.clone()),
                (Look::Plain, check.found.clone()),
            ]);
        }
        grid.print(page, 0);
        for check in view.checks.iter().filter(|check| !check.remedy.is_empty()) {
            let what = lang.pick("what to do", "was tun");
            page.line(format!("{}: {what}: {}", check.what, check.remedy));
        }
    })?;
    Ok(if view.is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
