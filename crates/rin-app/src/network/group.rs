//! Who is drawn by themselves and who as part of a group, when there are more people than a picture can show.
//!
//! The strongest ties stay single: they are those one looks for. The others are drawn as the group they belong to by their
//! contacts with each other, or, where these are not known, with those of their platform and level.

use std::collections::BTreeMap;

use rin_core::Level;

use super::relation::Relation;

/// A group of contacts of fewer is none.
const LEAST: usize = 5;

/// A dot of the picture: who it stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Shown {
    /// One, by place in the list of everybody.
    One(usize),
    /// Several in contact with each other, the strongest first.
    Group(Vec<usize>),
    /// Several of a platform and a level whose contacts are not known, the strongest first.
    Loose(Vec<usize>),
}

impl Shown {
    /// Returns those it stands for, the strongest first.
    pub(super) fn members(&self) -> &[usize] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Group(members) | Self::Loose(members) => members,
        }
    }
}

/// Where somebody goes who is not drawn singly.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Pile<'a> {
    Group(usize),
    Loose(&'a str, Option<&'static str>),
}

/// Gathers those meant into so many single ones, ascending by number, and groups after them.
pub(super) fn gathered(relations: &[Relation<'_>], meant: &[usize], singles: usize) -> Vec<Shown> {
    let of = |at: &usize| relations.get(*at);
    let mut by_strength: Vec<usize> = meant.to_vec();
    by_strength.sort_by(|a, b| {
        let strength = |at| of(at).map_or(0.0, Relation::strength);
        strength(b).total_cmp(&strength(a)).then(a.cmp(b))
    });
    let rest = by_strength.split_off(singles.min(by_strength.len()));
    by_strength.sort_unstable();
    let mut shown: Vec<Shown> = by_strength.into_iter().map(Shown::One).collect();
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for one in rest.iter().filter_map(of) {
        *sizes.entry(one.group).or_default() += 1;
    }
    let mut piles: BTreeMap<Pile<'_>, Vec<usize>> = BTreeMap::new();
    for at in &rest {
        let Some(one) = of(at) else { continue };
        let is_group = 0 < one.links && LEAST <= sizes.get(&one.group).copied().unwrap_or(0);
        let pile = if is_group {
            Pile::Group(one.group)
        } else {
            let level = one.seen.as_ref().map(|seen| seen.level).map(Level::name);
            Pile::Loose(one.platforms.first().copied().unwrap_or(""), level)
        };
        piles.entry(pile).or_default().push(*at);
    }
    shown.extend(piles.into_iter().map(|(pile, members)| match pile {
        Pile::Group(_) => Shown::Group(members),
        Pile::Loose(..) => Shown::Loose(members),
    }));
    shown
}
