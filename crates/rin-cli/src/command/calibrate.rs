//! `rin calibrate`: learns the forecast from one's own past, and says how it did where that could be judged.

use rin_app::{CalibrationView, Lang, ValidationView};

use crate::{
    environment::Context,
    error::Error,
    output::{Look, Page, progress::Wait, show, table::Grid},
};

/// Learns and reports.
pub(crate) fn run(context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    let what = lang.pick("Learning from your past", "Lernt aus deiner Vergangenheit");
    let wait = Wait::new(context, what);
    let view = session.calibrate(context.now()?, lang)?;
    drop(wait);
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
            let name = ValidationView::candidate(name, lang).to_owned();
            grid.row([(Look::Plain, name), (Look::Plain, loss)]);
        }
        grid.print(page, 2);
    }
    page.gap();
    page.line(lang.pick("Next: rin week", "Weiter: rin week"));
}
