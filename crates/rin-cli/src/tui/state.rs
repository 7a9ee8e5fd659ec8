//! What is shown and what is asked for: changed by keys and replies, drawn elsewhere.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use ratatui::layout::Rect;
use rin_app::{Lang, Moment, OwnView};

use super::{
    ask::{Order, Outcome, Reply},
    paper::Ink,
    prompt::Prompt,
};
use crate::{environment::Context, error::Told, output::Look};

/// The screens, in the order of their numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Place {
    Week,
    Network,
    Party,
    Programme,
    Campaigns,
    Exit,
}

impl Place {
    pub(super) const ALL: [Self; 6] =
        [Self::Week, Self::Network, Self::Party, Self::Programme, Self::Campaigns, Self::Exit];

    /// Returns what it is called.
    pub(super) const fn name(self, lang: Lang) -> &'static str {
        let (en, de) = match self {
            Self::Week => ("Week", "Woche"),
            Self::Network => ("Network", "Netz"),
            Self::Party => ("Person", "Person"),
            Self::Programme => ("Programme", "Programm"),
            Self::Campaigns => ("Campaigns", "Kampagnen"),
            Self::Exit => ("Exit", "Ausstieg"),
        };
        match lang {
            Lang::De => de,
            Lang::En => en,
        }
    }

    /// Returns the place so many steps on, round the end.
    pub(super) fn on(self, steps: usize) -> Self {
        let at = Self::ALL.iter().position(|one| *one == self).unwrap_or_default();
        Self::ALL.iter().cycle().nth(at + steps).copied().unwrap_or(self)
    }
}

/// What a screen was told, and by what it was asked.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) order: Order,
    pub(super) reply: Result<Reply, Told>,
    /// Whether it may have changed since.
    pub(super) is_stale: bool,
}

/// Where somebody stands on a screen: at which row, and which line is the first to be seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Cursor {
    pub(super) at: usize,
    pub(super) top: usize,
}

/// Where things were drawn last, for the mouse and for moving by pages.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    /// From which column to which a place's name stands on the first line.
    pub(super) tabs: Vec<(u16, u16, Place)>,
    /// Where the body stands.
    pub(super) body: Rect,
    /// The lines of the body that can be chosen.
    pub(super) picks: Vec<usize>,
    /// How many lines the body has.
    pub(super) n_lines: usize,
}

/// A pause or an exit that is thought through.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Leaving {
    pub(super) platform: Option<String>,
    pub(super) from: Option<Moment>,
    pub(super) until: Option<Moment>,
    /// Which of our accounts hands over to which: a count through all pairs.
    pub(super) pair: usize,
}

impl Leaving {
    /// Returns the account that leaves and the one that takes over; those on the platform that is left, if one is chosen.
    pub(super) fn hands_over<'a>(&self, own: &'a [OwnView]) -> Option<(&'a OwnView, &'a OwnView)> {
        let leaves = |one: &OwnView| self.platform.as_ref().is_none_or(|it| *it == one.platform);
        let pairs: Vec<_> = own
            .iter()
            .enumerate()
            .filter(|(_, from)| leaves(from))
            .flat_map(|(at, from)| {
                let others = own.iter().enumerate().filter(move |(other, _)| *other != at);
                others.map(move |(_, to)| (from, to))
            })
            .collect();
        pairs.get(self.pair.checked_rem(pairs.len())?).copied()
    }
}

/// Everything that is shown.
#[derive(Debug)]
pub(super) struct State {
    pub(super) lang: Lang,
    pub(super) ink: Ink,
    pub(super) zone: TimeZone,
    pub(super) place: Place,
    /// Where Esc leads.
    pub(super) back: Vec<Place>,
    pub(super) has_help: bool,
    /// Whom week and network are about.
    pub(super) filter: String,
    /// Whom the screen of one person is about.
    pub(super) party: Option<u32>,
    /// Which programme is shown; `None` for the one that runs.
    pub(super) programme: Option<String>,
    /// Whether its budget is to be lived through.
    pub(super) has_budget: bool,
    /// Which campaign is shown; `None` for the list.
    pub(super) campaign: Option<String>,
    pub(super) leaving: Leaving,
    pub(super) shown: BTreeMap<Place, Shown>,
    pub(super) cursors: BTreeMap<Place, Cursor>,
    pub(super) prompt: Option<Prompt>,
    /// What was said last.
    pub(super) said: Option<(Look, Vec<String>)>,
    /// What is to be asked.
    pub(super) orders: Vec<Order>,
    /// What was asked and is not answered.
    pub(super) waiting: Vec<Order>,
    pub(super) drawn: Drawn,
    pub(super) is_over: bool,
}

impl State {
    /// Begins with the week.
    pub(super) fn new(context: &Context, filter: &str) -> Self {
        let mut state = Self::in_language(context.lang, context.colour, context.zone.clone());
        filter.clone_into(&mut state.filter);
        state
    }

    pub(super) fn in_language(lang: Lang, is_coloured: bool, zone: TimeZone) -> Self {
        Self {
            lang,
            ink: Ink { is_coloured },
            zone,
            place: Place::Week,
            back: Vec::new(),
            has_help: false,
            filter: String::new(),
            party: None,
            programme: None,
            has_budget: false,
            campaign: None,
            leaving: Leaving::default(),
            shown: BTreeMap::new(),
            cursors: BTreeMap::new(),
            prompt: None,
            said: None,
            orders: Vec::new(),
            waiting: Vec::new(),
            drawn: Drawn::default(),
            is_over: false,
        }
    }

    /// Returns what a screen has to be told; `None` if nobody is chosen.
    pub(super) fn wants(&self, place: Place) -> Option<Order> {
        Some(match place {
            Place::Week => Order::Week { filter: self.filter.clone() },
            Place::Network => Order::Network { filter: self.filter.clone() },
            Place::Party => Order::Party(self.party?),
            Place::Programme => {
                Order::Programme { name: self.programme.clone(), has_budget: self.has_budget }
            }
            Place::Campaigns => self.campaign.clone().map_or(Order::Campaigns, Order::Campaign),
            Place::Exit => Order::Exit(self.leaving.clone()),
        })
    }

    /// Returns what the screen that is seen was told, if that is what it is about.
    pub(super) fn current(&self) -> Option<&Shown> {
        let wanted = self.wants(self.place)?;
        self.shown.get(&self.place).filter(|shown| shown.order == wanted)
    }

    /// Asks for what the screen that is seen lacks.
    pub(super) fn load(&mut self) {
        if self.current().is_some_and(|shown| !shown.is_stale) {
            return;
        }
        if let Some(order) = self.wants(self.place) {
            self.ask(order);
        }
    }

    /// Asks, unless that is asked already.
    pub(super) fn ask(&mut self, order: Order) {
        if !self.waiting.contains(&order) {
            self.waiting.push(order.clone());
            self.orders.push(order);
        }
    }

    /// Whether something is being kept, after which the screen looks otherwise.
    pub(super) fn is_keeping(&self) -> bool {
        self.waiting.iter().any(|order| place_of(order).is_none_or(|place| place == self.place))
    }

    /// Takes in what the session says.
    pub(super) fn reply(&mut self, order: &Order, outcome: Outcome) {
        self.waiting.retain(|one| one != order);
        match (place_of(order), outcome) {
            (Some(place), reply) => {
                let shown = Shown { order: order.clone(), reply, is_stale: false };
                // A late answer to what nobody asks any more is not shown.
                if self.wants(place).as_ref() == Some(order) {
                    self.shown.insert(place, shown);
                }
            }
            (None, Ok(Reply::Kept(sentence))) => {
                self.said = Some((Look::Good, vec![sentence]));
                self.forget();
            }
            (None, Ok(_)) => {}
            (None, Err(told)) => self.said = Some((Look::Bad, lines_of(&told, self.lang))),
        }
        self.load();
    }

    /// Has everything asked for anew; until then it is shown as it was.
    pub(super) fn forget(&mut self) {
        for shown in self.shown.values_mut() {
            shown.is_stale = true;
        }
    }

    /// Returns where somebody stands on the screen that is seen.
    pub(super) fn cursor(&mut self) -> &mut Cursor {
        self.cursors.entry(self.place).or_default()
    }

    /// Returns the row chosen on the screen that is seen.
    pub(super) fn chosen(&self) -> usize {
        self.cursors.get(&self.place).map_or(0, |cursor| cursor.at)
    }
}

/// Returns whose screen an order is for; `None` if it is to keep something.
const fn place_of(order: &Order) -> Option<Place> {
    Some(match order {
        Order::Week { .. } => Place::Week,
        Order::Network { .. } => Place::Network,
        Order::Party(_) => Place::Party,
        Order::Programme { .. } => Place::Programme,
        Order::Campaigns | Order::Campaign(_) => Place::Campaigns,
        Order::Exit { .. } => Place::Exit,
        Order::Say { .. } | Order::Undo | Order::Tag { .. } | Order::Note { .. } => return None,
    })
}

/// Says what went wrong, why, and what to do.
pub(super) fn lines_of(told: &Told, lang: Lang) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", lang.pick("Error", "Fehler"), told.what)];
    let because = lang.pick("because", "denn");
    lines.extend(told.because.iter().map(|cause| format!("{because}: {cause}")));
    if let Some(remedy) = &told.remedy {
        lines.push(format!("{}: {remedy}", lang.pick("What to do", "Was tun")));
    }
    lines
}
