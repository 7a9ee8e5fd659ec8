//! The network as a picture: everybody with their place in it, who is in contact with whom, and what is known of each.
//!
//! We ourselves are not drawn: everybody would hang on us. Above ten thousand the strongest ties stay single and the
//! others are drawn as groups; a filter that leaves fewer shows each of them.

mod group;
mod memory;
mod place;
mod relation;
mod view;

use std::collections::BTreeMap;

use rin_core::{Level, Link, Moment, communities};

pub use self::view::{
    NetworkPartView, NetworkPointView, NetworkSectorView, NetworkView, PlatformCountView,
};
use self::{
    group::{Shown, gathered},
    memory::Memory,
    place::{Dot, Thread},
    relation::Relation,
};
use crate::{
    Lang, LevelsView, MatchRequest, Session, SessionError,
    filter::{self, Sieve},
    parse_filter,
    people::People,
};

/// The file in the data folder that remembers where everybody stood.
const MEMORY: &str = "cache/network.json";

/// Where many are gathered, one in so many of those who could be drawn stays single.
const SINGLE: usize = 5;

/// What of the network is to be shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NetworkRequest {
    /// Whom it is about, in the language of every list, such as `platform:mastodon fading`; empty for everybody.
    pub filter: String,
    /// Only those of this group, by its number in a view's [`NetworkPartView`]; `None` for all. Groups are who is in
    /// contact with each other: as long as nothing is imported they keep their numbers, whatever the filter.
    pub group: Option<usize>,
    /// So many are drawn singly; if there are more, the weaker ones are gathered into groups.
    pub most: usize,
    /// The moment asked about.
    pub now: Moment,
    /// The language of names that Rin gives.
    pub lang: Lang,
}

impl NetworkRequest {
    /// So many are usually drawn singly.
    pub const MOST: usize = 10_000;
}

impl Session {
    /// Shows the network as a picture; the same store and filter give the same picture. Where people stood in the last
    /// one they stand again, as far as contacts among them have not changed.
    ///
    /// # Errors
    /// [`SessionError::Filter`] if the text is no filter, others if the store cannot be read.
    pub fn network(&self, request: &NetworkRequest) -> Result<NetworkView, SessionError> {
        let asked = MatchRequest {
            filter: parse_filter(&request.filter)?,
            now: request.now,
            lang: request.lang,
        };
        let reader = self.store.read()?;
        let people = People::read_at(&reader, request.now)?;
        let model = self.model(&reader, &people)?;
        let mut relations = relation::relations(&people, request.now, &model);
        let links = links(&people, &relations);
        set_groups(&mut relations, &links);
        let sieve = self.sieve(&reader, &people, &asked)?;
        let answers = answers(&relations, &sieve, request.group);
        let fits: Vec<bool> = answers.iter().map(|answer| *answer == Some(true)).collect();
        let undecided = answers.iter().filter(|answer| answer.is_none()).count();
        let fitting: Vec<usize> =
            fits.iter().enumerate().filter_map(|(at, fits)| fits.then_some(at)).collect();
        let shown: Vec<Shown> =
            match (relations.len() <= request.most, fitting.len() <= request.most) {
                (true, _) => (0..relations.len()).map(Shown::One).collect(),
                (false, true) => fitting.iter().copied().map(Shown::One).collect(),
                (false, false) => gathered(&relations, &fitting, request.most / SINGLE),
            };
        let platforms = platforms(&relations, &fitting);
        let dots = dots(&relations, &shown, &platforms);
        let threads = threads(&links, &shown, relations.len());
        let path = self.dir.join(MEMORY);
        let mut memory = Memory::read(&path);
        let woven = place::weave(&dots, &threads, platforms.len(), &mut memory);
        let is_whole = asked.filter.is_everybody() && request.group.is_none();
        if is_whole || relations.len() <= request.most {
            memory.write(&path);
        }
        let (sectors, circles) = place::circles(&dots, platforms.len());
        let parts = view::Parts {
            relations: &relations,
            fits: &fits,
            shown: &shown,
            platforms: &platforms,
            threads: &threads,
            places: (&woven, &circles),
            sectors: &sectors,
        };
        let mut view = parts.view(request, &asked.filter, &self.zone);
        view.undecided = undecided;
        view.remarks = self.remarks(&reader, &people, &asked)?;
        view.remarks.extend(filter::undecided_words(undecided, request.lang));
        view.covered_until =
            people.covered_until(request.now).map(|until| crate::time::iso_date(until, &self.zone));
        (view.horizon_days, view.threshold) = (model.horizon_days, model.threshold);
        Ok(view)
    }
}

/// Returns of everybody whether they are meant; `None` if what is known does not decide it.
fn answers(
    relations: &[Relation<'_>],
    sieve: &Sieve<'_>,
    group: Option<usize>,
) -> Vec<Option<bool>> {
    let answer = |one: &Relation<'_>| {
        if group.is_some_and(|group| group != one.group) {
            return Some(false);
        }
        sieve.answer(one.party, one.relationship, one.seen.as_ref())
    };
    relations.iter().map(answer).collect()
}

/// Returns who of the list is in contact with whom, as far as any source shows it.
fn links(people: &People, relations: &[Relation<'_>]) -> Vec<Link> {
    let at: BTreeMap<_, _> = relations
        .iter()
        .enumerate()
        .map(|(at, one)| (crate::people::node(one.party), at))
        .collect();
    let link = |(ends, days): &((_, _), u32)| {
        let ends = (*at.get(&ends.0)?, *at.get(&ends.1)?);
        // Tenfold contact draws a little nearer, not ten times.
        Some(Link { ends, weight: f64::from(*days).ln_1p() })
    };
    people.among_others().iter().filter_map(link).collect()
}

fn set_groups(relations: &mut [Relation<'_>], links: &[Link]) {
    let groups = communities(relations.len(), links);
    for (relation, group) in relations.iter_mut().zip(groups) {
        relation.group = group;
    }
    for end in links.iter().flat_map(|link| [link.ends.0, link.ends.1]) {
        if let Some(relation) = relations.get_mut(end) {
            relation.links += 1;
        }
    }
}

/// Returns the platforms of everybody and how many of those meant stand there first of all, that with most first.
fn platforms<'p>(relations: &[Relation<'p>], fitting: &[usize]) -> Vec<(&'p str, usize)> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for place in relations.iter().filter_map(|one| one.platforms.first()) {
        counts.entry(place).or_default().0 += 1;
    }
    for place in fitting.iter().filter_map(|at| relations.get(*at)?.platforms.first()) {
        counts.entry(place).or_default().1 += 1;
    }
    let mut all: Vec<_> = counts.into_iter().collect();
    // By everybody, so that a filter does not change the colours.
    all.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(b.0)));
    all.into_iter().map(|(name, (_, fitting))| (name, fitting)).collect()
}

fn dots(relations: &[Relation<'_>], shown: &[Shown], platforms: &[(&str, usize)]) -> Vec<Dot> {
    let number = |one: &Relation<'_>| {
        let first = one.platforms.first();
        platforms.iter().position(|(name, _)| Some(name) == first).unwrap_or_default()
    };
    let dot = |shown: &Shown| {
        let members = shown.members();
        let first = members.first().and_then(|at| relations.get(*at));
        let party = first.map_or(0, |one| u64::from(one.party.get()));
        Dot {
            key: if matches!(shown, Shown::One(_)) { party } else { party | 1 << 32 },
            platform: first.map(number).unwrap_or_default(),
            strength: first.map_or(0.0, Relation::strength),
            alive: view::mean_alive(relations, members),
            group: first.map_or(0, |one| one.group),
        }
    };
    shown.iter().map(dot).collect()
}

/// Returns the contacts between dots, those between members of two groups taken together.
fn threads(links: &[Link], shown: &[Shown], n: usize) -> Vec<Thread> {
    let mut dot_of = vec![None; n];
    for (dot, shown) in shown.iter().enumerate() {
        for member in shown.members() {
            if let Some(place) = dot_of.get_mut(*member) {
                *place = Some(dot);
            }
        }
    }
    let mut threads: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for link in links {
        let end = |at: usize| dot_of.get(at).copied().flatten();
        if let (Some(a), Some(b)) = (end(link.ends.0), end(link.ends.1))
            && a != b
        {
            *threads.entry((a.min(b), a.max(b))).or_default() += link.weight;
        }
    }
    threads.into_iter().map(|(ends, weight)| Thread { ends, weight }).collect()
}

/// Counts those meant by level.
fn levels<'r>(relations: impl Iterator<Item = &'r Relation<'r>>) -> LevelsView {
    let mut levels = LevelsView::default();
    for one in relations {
        *match one.seen.as_ref().map(|seen| seen.level) {
            Some(Level::Alive) => &mut levels.alive,
            Some(Level::Fading) => &mut levels.fading,
            Some(Level::Lapsed) => &mut levels.lapsed,
            None => &mut levels.no_contact,
        } += 1;
    }
    levels
}

#[cfg(test)]
mod tests;
