//! `rin calibrate`: learns the forecast from one's own past, and says how it did where that could be judged.

use rin_app::{CalibrationView, Lang};

use crate::{
    environment::Context,
    error::Error,
    output::{Look, Page, show, table::Grid},
};

/// Learns and reports.
pub(crate) fn run(context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    let view = session.calibrate(context.now()?, lang)?;
    show(context, &view, |page| print(page, &view, lang))?;
    Ok(())
}

fn print(page: &mut Page, view: &CalibrationView, lang: Lang) {
    page.prose(Look::Strong, 0, &view.told);
    if let Some(validation) = &view.validation {
        page.gap();
        let title = lang.pick(
            "Mean log loss on what it had not learned from; less is better",
            "Mittlerer Log-Verlust auf dem, woraus nicht gelernt wurde; weniger ist besser",
        );
        page.prose(Look::Faint, 0, title);
        let mut grid = Grid::default();
        for (name, loss) in &validation.log_loss {
            let loss = format!("{loss:.4}");
            grid.row([(Look::Plain, (*name).to_owned()), (Look::Plain, loss)]);
        }
        grid.print(page, 2);
    }
    page.gap();
    page.line(lang.pick("Next: rin week", "Weiter: rin week"));
}
