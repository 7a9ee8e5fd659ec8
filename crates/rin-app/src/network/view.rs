//! The picture of the network as plain data.

use jiff::tz::TimeZone;
use rin_core::{Filter, Level};
use serde::Serialize;

use super::{
    NetworkRequest,
    group::Shown,
    levels,
    place::{self, Sector, Thread},
    relation::Relation,
};
use crate::{Lang, LevelsView, time::iso_date};

/// The network as a picture.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct NetworkView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The moment asked about, ISO 8601.
    pub now: String,
    /// Until when the sources see; figures are as of then.
    pub covered_until: Option<String>,
    /// Alive is who is expected to be in contact within so many days.
    pub horizon_days: f64,
    /// From this probability on a relationship is alive.
    pub threshold: f64,
    /// The filter, as it was given.
    pub filter: String,
    /// The group asked for; `None` for all.
    pub group: Option<usize>,
    /// How many relationships there are.
    pub total: usize,
    /// How many of them are meant.
    pub fitting: usize,
    /// How many more might be: what is known does not decide them.
    pub undecided: usize,
    /// What to know about the filter, as sentences: tags that nobody bears, and whoever cannot be decided.
    pub remarks: Vec<String>,
    /// Those by level.
    pub levels: LevelsView,
    /// The platforms, that with most relationships first; points name them by their place here.
    pub platforms: Vec<PlatformCountView>,
    /// Whether some are drawn as groups.
    pub is_gathered: bool,
    /// The dots.
    pub points: Vec<NetworkPointView>,
    /// Who is in contact with whom, by places in `points`; only what a source shows.
    pub links: Vec<[usize; 2]>,
    /// Places in `points` of those the filter means: fading ones first, then by lapse date.
    pub listed: Vec<usize>,
    /// The rings of the circles: probability of being alive, and how far from the middle, 0 to 1.
    pub rings: Vec<[f64; 2]>,
    /// The sectors of the circles.
    pub sectors: Vec<NetworkSectorView>,
}

/// A part of the network: what to ask to see it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NetworkPartView {
    /// The filter.
    pub filter: String,
    /// The group, if it is one.
    pub group: Option<usize>,
}

/// A platform and how many of those the filter means stand there first of all.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PlatformCountView {
    /// Its name.
    pub name: String,
    /// How many.
    pub parties: usize,
}

/// A platform's part of the circles, in radians clockwise from the top.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct NetworkSectorView {
    /// The platform's place in the list.
    pub platform: usize,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// A dot: one relationship, or a group of them.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct NetworkPointView {
    /// The party's number; `None` for a group.
    pub party: Option<u32>,
    /// Who, or what the group is called.
    pub name: String,
    /// What to type to reach them, if known and not the name already.
    pub handle: Option<String>,
    /// How many it stands for.
    pub parties: usize,
    /// What shows a group's members, among whom the filter means; `None` for a single one.
    pub opens: Option<NetworkPartView>,
    /// Places in the list of platforms, that with most contact first.
    pub platforms: Vec<usize>,
    /// `alive`, `fading`, `lapsed`; `None` if no source shows any contact, or for a group of several levels.
    pub level: Option<&'static str>,
    /// Probability of being alive, for a group the mean; `None` if no source shows any contact.
    pub alive: Option<f64>,
    /// Its 90 % interval; `None` for a group.
    pub alive_range: Option<[f64; 2]>,
    /// Contact days, each halved every ninety days; for a group that of its strongest.
    pub strength: f64,
    /// Last contact, ISO 8601; `None` for a group.
    pub last: Option<String>,
    /// When it lapses if nobody acts, ISO 8601; `None` for a group.
    pub lapse: Option<String>,
    /// Since when they wait for an answer, ISO 8601.
    pub open_since: Option<String>,
    /// With how many others of the network it is known to be in contact; `None` for a group.
    pub links: Option<usize>,
    /// Whether the filter means it.
    pub fits: bool,
    /// Place in the weave, -1 to 1, downwards.
    pub woven: [f64; 2],
    /// Place on the circles, -1 to 1, downwards.
    pub circle: [f64; 2],
}

/// What a view is made of.
pub(super) struct Parts<'a> {
    pub(super) relations: &'a [Relation<'a>],
    pub(super) fits: &'a [bool],
    pub(super) shown: &'a [Shown],
    pub(super) platforms: &'a [(&'a str, usize)],
    pub(super) threads: &'a [Thread],
    pub(super) places: (&'a [[f64; 2]], &'a [[f64; 2]]),
    pub(super) sectors: &'a [Sector],
}

impl Parts<'_> {
    /// Returns the view but for what the forecast's settings and the sources say.
    pub(super) fn view(
        &self,
        request: &NetworkRequest,
        filter: &Filter,
        zone: &TimeZone,
    ) -> NetworkView {
        let fitting = || {
            let all = self.relations.iter().zip(self.fits);
            all.filter(|(_, fits)| **fits).map(|(one, _)| one)
        };
        let sector = |one: &Sector| NetworkSectorView {
            platform: one.platform,
            from: rounded(one.from),
            to: rounded(one.to),
        };
        let platform = |(name, parties): &(&str, usize)| PlatformCountView {
            name: (*name).to_owned(),
            parties: *parties,
        };
        NetworkView {
            schema: "rin.network/1",
            now: iso_date(request.now, zone),
            covered_until: None,
            horizon_days: 0.0,
            threshold: 0.0,
            filter: request.filter.clone(),
            group: request.group,
            total: self.relations.len(),
            fitting: fitting().count(),
            undecided: 0,
            remarks: Vec::new(),
            levels: levels(fitting()),
            platforms: self.platforms.iter().map(platform).collect(),
            is_gathered: self.shown.iter().any(|one| !matches!(one, Shown::One(_))),
            points: self.points((request, filter), zone),
            links: self.threads.iter().map(|thread| [thread.ends.0, thread.ends.1]).collect(),
            listed: self.listed(),
            rings: place::rings(),
            sectors: self.sectors.iter().map(sector).collect(),
        }
    }

    fn points(&self, asked: (&NetworkRequest, &Filter), zone: &TimeZone) -> Vec<NetworkPointView> {
        let places = self.places.0.iter().zip(self.places.1);
        let point = |(shown, (woven, circle)): (&Shown, (&[f64; 2], &[f64; 2]))| {
            let members = shown.members();
            let first = self.relations.get(*members.first()?)?;
            let mut point = if let Shown::One(at) = shown {
                self.single(first, self.fits.get(*at).copied().unwrap_or_default(), zone)
            } else {
                self.several(shown, first, asked)
            };
            (point.woven, point.circle) = (woven.map(rounded), circle.map(rounded));
            Some(point)
        };
        self.shown.iter().zip(places).filter_map(point).collect()
    }

    fn single(&self, one: &Relation<'_>, fits: bool, zone: &TimeZone) -> NetworkPointView {
        let seen = one.seen.as_ref();
        NetworkPointView {
            party: Some(one.party.get()),
            name: one.name.clone(),
            handle: one.handle(),
            parties: 1,
            opens: None,
            platforms: one.platforms.iter().filter_map(|name| self.platform(name)).collect(),
            level: seen.map(|seen| seen.level.name()),
            alive: seen.map(|seen| seen.alive),
            alive_range: seen.map(|seen| [seen.alive_range.low, seen.alive_range.high]),
            strength: one.strength(),
            last: seen.map(|seen| iso_date(seen.last, zone)),
            lapse: seen.map(|seen| iso_date(seen.lapse, zone)),
            open_since: seen.and_then(|seen| seen.open_since).map(|since| iso_date(since, zone)),
            links: Some(one.links),
            fits,
            woven: [0.0, 0.0],
            circle: [0.0, 0.0],
        }
    }

    fn several(
        &self,
        shown: &Shown,
        first: &Relation<'_>,
        (request, filter): (&NetworkRequest, &Filter),
    ) -> NetworkPointView {
        let lang = request.lang;
        let members = shown.members();
        let of = || members.iter().filter_map(|at| self.relations.get(*at));
        let level = |one: &Relation<'_>| one.seen.as_ref().map(|seen| seen.level);
        let common = level(first).filter(|common| of().all(|one| level(one) == Some(*common)));
        let place = first.platforms.first().copied().unwrap_or("?");
        let (name, opens) = if matches!(shown, Shown::Group(_)) {
            let (n, who) = (members.len(), &first.name);
            let name = lang.pick(format!("{n} around {who}"), format!("{n} um {who}"));
            (name, NetworkPartView { filter: filter.to_string(), group: Some(first.group) })
        } else {
            let level = level(first).map_or("unseen", Level::name);
            let name = format!("{} {place}: {}", members.len(), level_word(level, lang));
            let filter = within(filter, &format!("platform:{place} {level}"));
            (name, NetworkPartView { filter, group: request.group })
        };
        NetworkPointView {
            party: None,
            name,
            handle: None,
            parties: members.len(),
            opens: Some(opens),
            platforms: self.platform(place).into_iter().collect(),
            level: common.map(Level::name),
            alive: mean_alive(self.relations, members),
            alive_range: None,
            strength: first.strength(),
            last: None,
            lapse: None,
            open_since: None,
            links: None,
            fits: true,
            woven: [0.0, 0.0],
            circle: [0.0, 0.0],
        }
    }

    fn platform(&self, name: &str) -> Option<usize> {
        self.platforms.iter().position(|(other, _)| *other == name)
    }

    fn listed(&self) -> Vec<usize> {
        let mut listed: Vec<(u8, i64, usize)> = Vec::new();
        for (dot, shown) in self.shown.iter().enumerate() {
            let members = shown.members();
            let is_meant = members.iter().any(|at| self.fits.get(*at).copied().unwrap_or_default());
            let seen = match shown {
                Shown::One(at) => self.relations.get(*at).and_then(|one| one.seen.as_ref()),
                Shown::Group(_) | Shown::Loose(_) => None,
            };
            let order = match (seen.map(|seen| seen.level), shown) {
                (Some(Level::Fading), _) => 0,
                (Some(Level::Alive), _) => 1,
                (Some(Level::Lapsed), _) => 2,
                (None, Shown::One(_)) => 3,
                (None, _) => 4,
            };
            if is_meant {
                listed.push((order, seen.map_or(i64::MAX, |seen| seen.lapse.unix_ms()), dot));
            }
        }
        listed.sort_unstable();
        listed.into_iter().map(|(_, _, dot)| dot).collect()
    }
}

/// Returns the mean probability of being alive of those of whom it is known; `None` if of nobody.
pub(super) fn mean_alive(relations: &[Relation<'_>], members: &[usize]) -> Option<f64> {
    let known = members.iter().filter_map(|at| Some(relations.get(*at)?.seen.as_ref()?.alive));
    let (sum, n) = known.fold((0.0, 0.0), |(sum, n), alive| (sum + alive, n + 1.0));
    (0.0 < n).then(|| sum / n)
}

/// Narrows a filter by further words.
fn within(filter: &Filter, words: &str) -> String {
    if filter.is_everybody() {
        return words.to_owned();
    }
    let both = format!("{words} ({filter})");
    // Its one spelling has no parentheses that need not be.
    both.parse::<Filter>().map_or(both, |both| both.to_string())
}

fn level_word(level: &str, lang: Lang) -> &str {
    match level {
        "alive" => lang.pick("alive", "lebendig"),
        "fading" => lang.pick("fading", "verblassend"),
        "lapsed" => lang.pick("lapsed", "verfallen"),
        _ => lang.pick("no contact seen", "kein Kontakt zu sehen"),
    }
}

/// Rounds to a thousandth: a pixel of a picture a thousand wide.
fn rounded(value: f64) -> f64 {
    (1_000.0 * value).round() / 1_000.0
}
