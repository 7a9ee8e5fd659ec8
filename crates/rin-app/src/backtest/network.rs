//! Our own past: the whole log with every person as one node, on however many platforms, and us as one.

use std::collections::BTreeSet;

use rin_core::{AccountId, History, Interaction, Moment, PlatformId, Window};

use super::{BacktestError, BacktestRequest, Past};
use crate::{
    Session, SessionError, party,
    people::{People, US},
};

/// The log of a network.
pub(super) struct Log {
    interactions: Vec<(PlatformId, Interaction)>,
    egos: Vec<AccountId>,
    name: String,
    /// Where anything happened, in alphabetical order, with those asked for only.
    pub(super) platforms: Vec<String>,
    /// The same as ids.
    ids: Vec<PlatformId>,
}

impl Log {
    /// Returns the past on all platforms together.
    pub(super) fn whole(&self) -> Past {
        self.past(self.platforms.clone(), |_| true)
    }

    /// Returns the past on one platform.
    pub(super) fn of_platform(&self, name: &str) -> Past {
        let place = self.platforms.iter().position(|one| one == name);
        let id = place.and_then(|place| self.ids.get(place)).copied();
        self.past(vec![name.to_owned()], |platform| Some(platform) == id)
    }

    fn past(&self, platforms: Vec<String>, is_meant: impl Fn(PlatformId) -> bool) -> Past {
        let meant = self.interactions.iter().filter(|(platform, _)| is_meant(*platform));
        let log: Vec<_> = meant.map(|(_, it)| *it).collect();
        Past {
            interactions: log.len(),
            history: History::new(log),
            egos: Some(self.egos.clone()),
            name: self.name.clone(),
            is_own: true,
            platforms,
            later: 0,
        }
    }
}

/// Reads the log up to `now`.
pub(super) fn read(session: &Session, request: &BacktestRequest) -> Result<Log, SessionError> {
    let reader = session.store.read()?;
    let people = People::read(&reader)?;
    let find = |query: &String| Ok(people.node(party::find_account(&people, query)?.id));
    let egos: Result<Vec<_>, SessionError> = request.egos.iter().map(find).collect();
    let egos: Vec<AccountId> = egos?.into_iter().flatten().collect();
    let mut interactions = Vec::new();
    let until = Window::new(Window::ALWAYS.start(), after(request.now));
    reader.each_interaction(until, |it| {
        let ends = (people.node(it.from), people.node(it.to));
        let platform = people.accounts.get(&it.from).map(|known| known.account.platform);
        if let ((Some(from), Some(to)), Some(platform)) = (ends, platform) {
            interactions.push((platform, Interaction { from, to, ..it }));
        }
    })?;
    if interactions.is_empty() {
        return Err(BacktestError::Empty.into());
    }
    if people.own.is_empty() && egos.is_empty() {
        return Err(BacktestError::NoOwn.into());
    }
    let used: BTreeSet<PlatformId> = interactions.iter().map(|(platform, _)| *platform).collect();
    let mut platforms: Vec<_> =
        used.into_iter().map(|id| (people.platform(id).to_owned(), id)).collect();
    platforms.sort_unstable();
    if let Some(name) = &request.platform {
        let known = platforms.iter().map(|(name, _)| name.clone()).collect();
        platforms.retain(|(one, _)| one == name);
        let Some((_, id)) = platforms.first() else {
            return Err(BacktestError::UnknownPlatform { name: name.clone(), known }.into());
        };
        interactions.retain(|(platform, _)| platform == id);
    }
    let (platforms, ids) = platforms.into_iter().unzip();
    Ok(Log {
        interactions,
        egos: if egos.is_empty() { vec![US] } else { egos },
        name: session.shown_dir(),
        platforms,
        ids,
    })
}

/// Returns the moment after, so that a window ends with `now` itself.
fn after(now: Moment) -> Moment {
    Moment::from_unix_ms(now.unix_ms().saturating_add(1))
}
