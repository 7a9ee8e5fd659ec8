//! `rin done`, `later`, `never`, `undo`: what the user says to the plan.

use rin_app::{Answer, AnswerRequest, AnswerView, LATER_DAYS, Minutes, parse_moment};

use crate::{
    args::{Done, Later, Line},
    environment::Context,
    error::Error,
    output::show,
};

/// A line is done.
pub(crate) fn done(args: &Done, context: &Context) -> Result<(), Error> {
    answer(args.line, Answer::Done(args.minutes.map(Minutes::new)), context)
}

/// A line has to wait.
pub(crate) fn later(args: &Later, context: &Context) -> Result<(), Error> {
    let until = match &args.until {
        Some(day) => parse_moment(day, &context.zone)?,
        None => context.now()?.plus_days(LATER_DAYS),
    };
    answer(args.line, Answer::Later(until), context)
}

/// A line's party is never to be proposed again.
pub(crate) fn never(args: &Line, context: &Context) -> Result<(), Error> {
    answer(args.line, Answer::Never, context)
}

/// The last answer is taken back.
pub(crate) fn undo(context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    print(context, &session.undo(context.now()?, lang)?)
}

fn answer(line: u32, answer: Answer, context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    let request = AnswerRequest { plan: None, line, answer, now: context.now()?, lang };
    let view = session.answer(&request)?;
    print(context, &view)
}

fn print(context: &Context, view: &AnswerView) -> Result<(), Error> {
    show(context, view, |page| page.line(&view.said))?;
    Ok(())
}
