//! The terminal itself: taken over, and given back as it was on every way out.

use std::{
    io::{self, stdout},
    panic,
    sync::Once,
};

use ratatui::{
    DefaultTerminal, Terminal,
    backend::CrosstermBackend,
    crossterm::{
        cursor::Show,
        event::{DisableMouseCapture, EnableMouseCapture},
        execute,
        terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
    },
};

static HOOK: Once = Once::new();

/// A terminal taken over; dropped, it is as before.
#[derive(Debug)]
pub(super) struct Screen {
    pub(super) terminal: DefaultTerminal,
}

impl Screen {
    /// Takes the terminal over.
    pub(super) fn take() -> io::Result<Self> {
        prepare();
        enable_raw_mode()?;
        let taken = execute!(stdout(), EnterAlternateScreen, EnableMouseCapture)
            .and_then(|()| Terminal::new(CrosstermBackend::new(stdout())));
        match taken {
            Ok(terminal) => Ok(Self { terminal }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Has a panic in any thread give the terminal back first, so that it is read on the screen it happened on.
fn prepare() {
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            give_back();
            usual(info);
        }));
    });
}

/// Gives it back, as far as there still is one.
fn give_back() {
    drop(execute!(stdout(), DisableMouseCapture, LeaveAlternateScreen, Show));
    drop(disable_raw_mode());
}

#[cfg(test)]
mod tests {
    use std::{env, io::Read as _, process::Command, thread};

    use super::*;

    /// Set where this test runs in a process of its own, because a panic is a whole process's.
    const ALONE: &str = "RIN_TEST_ALONE";
    const WORDS: &str = "the words of a thread that asks";

    #[test]
    fn a_panic_in_any_thread_gives_the_terminal_back_before_it_is_told() {
        if env::var_os(ALONE).is_some() {
            prepare();
            assert!(thread::spawn(|| panic!("{WORDS}")).join().is_err());
            return;
        }
        // A terminal is one thing: what goes to it either way comes in the order it was written in.
        let (mut seen, screen) = io::pipe().unwrap();
        let name =
            "tui::screen::tests::a_panic_in_any_thread_gives_the_terminal_back_before_it_is_told";
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture"])
            .env(ALONE, "1")
            .stderr(screen.try_clone().unwrap())
            .stdout(screen)
            .spawn()
            .unwrap();
        let mut told = Vec::new();
        seen.read_to_end(&mut told).unwrap();
        assert!(child.wait().unwrap().success());
        let told = String::from_utf8_lossy(&told);
        let (before, _) = told.split_once(WORDS).unwrap();
        for (what, code) in
            [("mouse", "\u{1b}[?1000l"), ("screen", "\u{1b}[?1049l"), ("cursor", "\u{1b}[?25h")]
        {
            assert!(before.contains(code), "{what} is not given back first: {told:?}");
        }
    }
}
