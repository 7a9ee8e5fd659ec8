//! What keys and the mouse do.

use ratatui::crossterm::event::{
    Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};
use rin_app::{Lang, parse_filter, parse_moment};

use super::{
    ask::{Order, Reply, Word},
    prompt::{Prompt, Purpose, Typed},
    state::{Place, State, lines_of},
};
use crate::{error::Error, output::Look};

/// Lines that a turn of the wheel moves.
const WHEEL: usize = 3;

impl State {
    /// Takes in what the terminal sends.
    pub(super) fn input(&mut self, input: &Input) {
        match input {
            Input::Key(key) if key.kind != KeyEventKind::Release => self.key(*key),
            Input::Mouse(mouse) if self.prompt.is_none() => self.mouse(*mouse),
            _ => {}
        }
    }

    /// Takes a key.
    pub(super) fn key(&mut self, key: KeyEvent) {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        if is_control && matches!(key.code, KeyCode::Char('c')) {
            self.is_over = true;
        } else if self.prompt.is_some() {
            self.typed(key);
        } else if !is_control {
            self.said = None;
            let had_help = std::mem::take(&mut self.has_help);
            if had_help && !matches!(key.code, KeyCode::Char('q')) {
                return;
            }
            if !self.moved(key.code) && !self.went(key.code) {
                self.acted(key.code);
            }
            self.load();
        }
    }

    /// Moves the cursor; says whether the key does that.
    fn moved(&mut self, code: KeyCode) -> bool {
        let page = usize::from(self.drawn.body.height).saturating_sub(1).max(1);
        match code {
            KeyCode::Up | KeyCode::Char('k') => self.up(1),
            KeyCode::Down | KeyCode::Char('j') => self.down(1),
            KeyCode::PageUp => self.up(page),
            KeyCode::PageDown | KeyCode::Char(' ') => self.down(page),
            KeyCode::Home | KeyCode::Char('g') => self.up(usize::MAX),
            KeyCode::End | KeyCode::Char('G') => self.down(usize::MAX),
            _ => return false,
        }
        true
    }

    fn up(&mut self, steps: usize) {
        let cursor = self.cursor();
        cursor.at = cursor.at.saturating_sub(steps);
    }

    fn down(&mut self, steps: usize) {
        let drawn = &self.drawn;
        let last = if drawn.picks.is_empty() {
            drawn.n_lines.saturating_sub(usize::from(drawn.body.height))
        } else {
            drawn.picks.len() - 1
        };
        let cursor = self.cursor();
        cursor.at = cursor.at.saturating_add(steps).min(last);
    }

    /// Goes to another screen; says whether the key does that.
    fn went(&mut self, code: KeyCode) -> bool {
        match code {
            KeyCode::Char('q') => self.is_over = true,
            KeyCode::Char('?') | KeyCode::F(1) => self.has_help = true,
            KeyCode::Tab | KeyCode::Right => self.go(self.place.on(1)),
            KeyCode::BackTab | KeyCode::Left => self.go(self.place.on(Place::ALL.len() - 1)),
            KeyCode::Char(digit @ '1'..='6') => {
                let at = digit.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
                let place = at.and_then(|at| Place::ALL.get(at - 1));
                self.go(place.copied().unwrap_or(self.place));
            }
            KeyCode::Esc => self.return_back(),
            KeyCode::Char('r') => self.forget(),
            KeyCode::Enter => self.open(),
            _ => return false,
        }
        true
    }

    pub(super) fn go(&mut self, place: Place) {
        if place != self.place {
            self.back.retain(|one| *one != place);
            self.back.push(self.place);
            self.place = place;
        }
    }

    /// Goes back: out of a campaign, to the screen before, to everybody.
    fn return_back(&mut self) {
        if self.place == Place::Campaigns && self.campaign.is_some() {
            self.campaign = None;
            self.cursor().at = 0;
        } else if self.place == Place::Party {
            self.place = self.back.pop().unwrap_or(Place::Network);
        } else if matches!(self.place, Place::Week | Place::Network) && !self.filter.is_empty() {
            self.filter.clear();
        } else if let Some(place) = self.back.pop() {
            self.place = place;
        }
    }

    /// Opens what is chosen.
    fn open(&mut self) {
        let at = self.chosen();
        let party = match self.current().map(|shown| &shown.reply) {
            Some(Ok(Reply::Week(week))) => week.0.lines.get(at).map(|line| line.party),
            Some(Ok(Reply::Network(network))) => network.0.parties.get(at).map(|party| party.party),
            Some(Ok(Reply::Campaigns(list))) => {
                let row = list.campaigns.get(at).filter(|row| row.state != "unreadable");
                if let Some(id) = row.map(|row| row.id.clone()) {
                    self.campaign = Some(id);
                    self.cursor().at = 0;
                }
                None
            }
            _ => None,
        };
        if let Some(party) = party {
            self.party = Some(party);
            self.go(Place::Party);
            *self.cursor() = super::state::Cursor::default();
        }
    }

    /// Does what a key does on the screen that is seen.
    fn acted(&mut self, code: KeyCode) {
        let KeyCode::Char(letter) = code else { return };
        match (self.place, letter) {
            (Place::Week | Place::Network, '/') => {
                self.prompt = Some(Prompt::new(Purpose::Filter, &self.filter));
            }
            (Place::Week, 'd') => self.say(Word::Done(None)),
            (Place::Week, 'D') if self.line().is_some() => self.begin(Purpose::Minutes),
            (Place::Week, 'l') if self.line().is_some() => self.begin(Purpose::Later),
            (Place::Week, 'n') => self.say(Word::Never),
            (Place::Week, 'u') => self.ask(Order::Undo),
            (Place::Party, 't') if self.party.is_some() => self.begin(Purpose::Tag),
            (Place::Party, 'a') if self.party.is_some() => self.begin(Purpose::Note),
            (Place::Programme, 'b') => self.has_budget = true,
            (Place::Programme, 'o') => self.other_programme(),
            (Place::Exit, 'p') => self.next_platform(),
            (Place::Exit, 'f') => self.begin(Purpose::From),
            (Place::Exit, 'h') => self.leaving.pair = self.leaving.pair.wrapping_add(1),
            (Place::Exit, 'b') => self.begin(Purpose::Until),
            _ => {}
        }
    }

    fn begin(&mut self, purpose: Purpose) {
        self.prompt = Some(Prompt::new(purpose, ""));
    }

    /// Returns the plan and the line chosen on the week, if it can be answered.
    fn line(&self) -> Option<(i64, u32)> {
        let Some(Ok(Reply::Week(week))) = self.current().map(|shown| &shown.reply) else {
            return None;
        };
        let line = week.0.lines.get(self.chosen())?;
        Some((week.0.plan?, u32::try_from(line.line).ok()?))
    }

    /// Says something to the line chosen; not twice, while the first time is being kept.
    fn say(&mut self, word: Word) {
        if let Some((plan, line)) = self.line()
            && !self.is_keeping()
        {
            self.ask(Order::Say { plan, line, word });
        }
    }

    fn other_programme(&mut self) {
        if let Some(Ok(Reply::Programme(Some(view)))) = self.current().map(|shown| &shown.reply)
            && let Some(name) = view.others.first().cloned()
        {
            // The others come in the order they were begun in; the one after this, round the end.
            let next = view.others.iter().find(|other| view.name < **other).cloned();
            self.programme = Some(next.unwrap_or(name));
            self.has_budget = false;
        }
    }

    fn next_platform(&mut self) {
        let Some(Ok(Reply::Exit(exit))) = self.current().map(|shown| &shown.reply) else { return };
        let mut platforms: Vec<String> = exit.own.iter().map(|own| own.platform.clone()).collect();
        platforms.sort_unstable();
        platforms.dedup();
        let next = match &self.leaving.platform {
            None => platforms.first().cloned(),
            Some(now) => platforms.into_iter().find(|platform| now < platform),
        };
        self.leaving.platform = next;
        self.leaving.pair = 0;
    }

    /// Takes a key of a line that is being typed.
    fn typed(&mut self, key: KeyEvent) {
        let Some(mut prompt) = self.prompt.take() else { return };
        match prompt.key(key) {
            Typed::More => self.prompt = Some(prompt),
            Typed::Away => self.said = None,
            Typed::Done => {
                self.said = None;
                if let Err(error) = self.understood(prompt.purpose, prompt.text().trim()) {
                    let told = error.told(self.lang);
                    self.said = Some((Look::Bad, lines_of(&told, self.lang)));
                    self.prompt = Some(prompt);
                }
                self.load();
            }
        }
    }

    /// Does what a line that was typed asks for.
    fn understood(&mut self, purpose: Purpose, text: &str) -> Result<(), Error> {
        let is_empty = text.is_empty();
        match purpose {
            Purpose::Filter => {
                parse_filter(text)?;
                text.clone_into(&mut self.filter);
                for place in [Place::Week, Place::Network] {
                    self.cursors.remove(&place);
                }
            }
            Purpose::Later => {
                self.say(Word::Later(self.day(text)?));
            }
            Purpose::Minutes => {
                let minutes = minutes(text)?;
                self.say(Word::Done(minutes));
            }
            Purpose::Tag => {
                if let (Some(party), false) = (self.party, is_empty) {
                    let taken = text.strip_prefix('-').map(str::trim);
                    let tag = taken.unwrap_or(text).to_owned();
                    self.ask(Order::Tag { party, tag, is_given: taken.is_none() });
                }
            }
            Purpose::Note => {
                if let (Some(party), false) = (self.party, is_empty) {
                    self.ask(Order::Note { party, text: text.to_owned() });
                }
            }
            Purpose::From => self.leaving.from = self.day(text)?,
            Purpose::Until => self.leaving.until = self.day(text)?,
        }
        Ok(())
    }

    fn day(&self, text: &str) -> Result<Option<rin_app::Moment>, Error> {
        let text = Some(text).filter(|text| !text.is_empty());
        Ok(text.map(|text| parse_moment(text, &self.zone)).transpose()?)
    }

    /// Does what the mouse does.
    fn mouse(&mut self, mouse: MouseEvent) {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.down(WHEEL),
            MouseEventKind::ScrollUp => self.up(WHEEL),
            MouseEventKind::Down(MouseButton::Left) => {
                self.has_help = false;
                self.clicked(mouse.column, mouse.row);
                self.load();
            }
            _ => {}
        }
    }

    fn clicked(&mut self, column: u16, row: u16) {
        let mut tabs = self.drawn.tabs.iter();
        let tab = tabs.rfind(|(from, to, _)| row == 0 && (*from..*to).contains(&column));
        if let Some((_, _, place)) = tab {
            return self.go(*place);
        }
        let body = self.drawn.body;
        let Some(down) = row.checked_sub(body.y).filter(|down| *down < body.height) else { return };
        let line = self.cursor().top + usize::from(down);
        let Some(at) = self.drawn.picks.iter().position(|pick| *pick == line) else { return };
        if self.chosen() == at {
            self.open();
        } else {
            self.cursor().at = at;
        }
    }
}

/// Reads minutes: a number a week can hold, in either language; nothing is as planned.
fn minutes(text: &str) -> Result<Option<f64>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let minutes = text.replace(',', ".").parse::<f64>().ok();
    let minutes = minutes.filter(|minutes| (0.0..=10_080.0).contains(minutes));
    minutes.map(Some).ok_or(Error::Usage {
        en: "minutes are a number from 0 to 10080",
        de: "Minuten sind eine Zahl von 0 bis 10080",
    })
}

/// Says what a line is typed for.
pub(super) const fn label(purpose: Purpose, lang: Lang) -> &'static str {
    let (en, de) = match purpose {
        Purpose::Filter => ("Filter", "Filter"),
        Purpose::Later => (
            "Until when? 2026-09-14, empty: in four weeks",
            "Bis wann? 2026-09-14, leer: in vier Wochen",
        ),
        Purpose::Minutes => {
            ("Minutes it took? empty: as planned", "Minuten, die es dauerte? leer: wie geplant")
        }
        Purpose::Tag => {
            ("A word for them, -word takes it away", "Ein Wort dafür, -wort nimmt es weg")
        }
        Purpose::Note => ("A note about them", "Eine Notiz dazu"),
        Purpose::From => ("Leave from? empty: today", "Gehen ab? leer: heute"),
        Purpose::Until => ("Back on? empty: never", "Zurück am? leer: nie"),
    };
    match lang {
        Lang::De => de,
        Lang::En => en,
    }
}
