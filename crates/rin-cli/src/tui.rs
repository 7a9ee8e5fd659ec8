//! The terminal worked in: the same views as the commands and the page, moved through by keys.
//!
//! Three threads: one hears the keyboard, one asks the session ([`ask`]), and this one alone changes what is shown
//! ([`state`]) and draws it ([`frame`]). A screen is a pure function from a view to lines ([`paper`]); nothing is
//! computed here but places on the screen.

mod ask;
mod campaigns;
mod chart;
mod exit;
mod frame;
mod help;
mod keys;
mod network;
mod paper;
mod party;
mod programme;
mod prompt;
mod screen;
mod state;
#[cfg(test)]
mod tests;
mod week;

use std::{
    io,
    sync::{Arc, mpsc},
    thread,
};

use ratatui::crossterm::event::{self, Event as Input};

use self::{
    ask::{Order, Outcome},
    screen::Screen,
    state::State,
};
use crate::{environment::Context, error::Error};

/// What happens to this program.
#[derive(Debug)]
enum Event {
    /// A key, the mouse, another size.
    Input(Input),
    /// The session has answered.
    Reply(Order, Outcome),
    /// The system asks us to go.
    Go,
    /// The terminal, or the thread that asks the session, is gone.
    Broken,
}

/// Shows the network until it is left.
pub(crate) fn run(context: &Arc<Context>, filter: &str) -> Result<(), Error> {
    // Whoever has no network yet hears so on the screen they came from.
    let (session, _) = context.open()?;
    let (sender, events) = mpsc::channel();
    let orders = ask::start(context, session, sender.clone());
    let mut state = State::new(context, filter);
    let mut screen = Screen::take()?;
    hear_signals(&sender)?;
    hear_keys(sender);
    state.load();
    loop {
        for order in state.orders.drain(..) {
            orders.send(order).map_err(|_| broken())?;
        }
        screen.terminal.draw(|page| frame::draw(&mut state, page))?;
        match events.recv() {
            Ok(Event::Input(input)) => state.input(&input),
            Ok(Event::Reply(order, outcome)) => state.reply(&order, outcome),
            Ok(Event::Go) => return Ok(()),
            Ok(Event::Broken) | Err(_) => return Err(broken().into()),
        }
        if state.is_over {
            return Ok(());
        }
    }
}

fn broken() -> io::Error {
    io::Error::new(
        io::ErrorKind::BrokenPipe,
        "the terminal or the network cannot be asked any more",
    )
}

/// Hears the keyboard for as long as there is one.
fn hear_keys(events: mpsc::Sender<Event>) {
    thread::spawn(move || {
        loop {
            let event = event::read().map_or(Event::Broken, Event::Input);
            let is_broken = matches!(event, Event::Broken);
            if events.send(event).is_err() || is_broken {
                return;
            }
        }
    });
}

/// Hears when the system asks us to go, so that the terminal is given back first.
#[cfg(unix)]
fn hear_signals(events: &mpsc::Sender<Event>) -> io::Result<()> {
    use signal_hook::{consts::TERM_SIGNALS, iterator::Signals};

    let mut signals = Signals::new(TERM_SIGNALS)?;
    let events = events.clone();
    thread::spawn(move || {
        for _ in &mut signals {
            drop(events.send(Event::Go));
        }
    });
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "where there are signals, hearing them can fail")]
fn hear_signals(_: &mpsc::Sender<Event>) -> io::Result<()> {
    Ok(())
}
