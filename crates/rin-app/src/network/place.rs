//! Where everybody stands in the two pictures.
//!
//! *Weave*: whoever is in contact with each other stands together, laid out by `ForceAtlas2` (Jacomy, Venturini,
//! Heymann, Bastian 2014, `PLoS ONE` 9(6): e98679). We ourselves are left out, because everybody hangs on us and nothing
//! would be seen but a star.
//! Of most people it is not known whom they know; they stand in a disc for each platform, the strongest ties in the
//! middle, laid out like the seeds of a sunflower (Vogel 1979), so that none covers another.
//!
//! *Circles*: the nearer to the middle, the more probably alive; a sector for each platform, so that colour is not the
//! only sign of it. Who no source shows any contact with stands on the rim, outside of every ring: unknown is not dead.

use std::f64::consts::TAU;

use fa2::{FA2Data, FA2Settings};

use super::memory::Memory;

/// The part of a turn by which each seed of a sunflower is further round than the last: (3 − √5) / 2.
const GOLDEN: f64 = 0.381_966_011_250_105_1;
/// Whoever is surely alive stands so far from the middle, at least.
const INNER: f64 = 0.1;
/// Whoever is surely lapsed stands so far from the middle.
const OUTER: f64 = 0.9;
/// Where those stand of whom nothing is known.
const RIM: f64 = 0.97;
/// Below one, those who are surely alive have more of the picture.
const SPREAD: f64 = 0.7;
/// Probabilities at which a ring is drawn.
const RINGS: [f64; 3] = [0.75, 0.5, 0.25];
/// The empty angle between two sectors.
const GAP: f64 = 0.05;
/// Every sector has at least this share of an equal one's angle.
const LEAST_SHARE: f64 = 0.35;
/// Room between two discs, in places of one dot.
const MARGIN: f64 = 1.6;
/// Directions tried when a disc is put beside another.
const DIRECTIONS: u32 = 72;
/// The picture is wider than high by this factor, if there is a choice.
const WIDTH: f64 = 1.5;
/// Rounds of `ForceAtlas2` for a network that is laid out anew, and for one that only changed.
const COLD_ROUNDS: usize = 300;
const COLD_ROUNDS_LARGE: usize = 120;
const WARM_ROUNDS: usize = 50;
/// From so many dots on a network is large.
const LARGE: usize = 4_000;
/// Below so many dots every pair is looked at, above Barnes and Hut's tree is used.
const PAIRWISE: usize = 400;
/// The share of dots within the radius that the woven part is scaled by; the few beyond are drawn in to it.
const WITHIN: f64 = 0.97;

/// A dot to be placed.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Dot {
    /// What it is remembered by.
    pub(super) key: u64,
    /// The number of its platform.
    pub(super) platform: usize,
    /// How strong the tie is.
    pub(super) strength: f64,
    /// Probability of being alive, if known.
    pub(super) alive: Option<f64>,
    /// The number of its group.
    pub(super) group: usize,
}

/// Contact between two dots.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Thread {
    pub(super) ends: (usize, usize),
    pub(super) weight: f64,
}

/// A platform's part of the circle, in radians clockwise from the top.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Sector {
    pub(super) platform: usize,
    pub(super) from: f64,
    pub(super) to: f64,
}

type Place = [f64; 2];

/// Returns how far from the middle a probability stands.
pub(super) fn radius(alive: Option<f64>) -> f64 {
    alive.map_or(RIM, |alive| INNER + (OUTER - INNER) * (1.0 - alive).max(0.0).powf(SPREAD))
}

/// Returns the probabilities at which a ring is drawn, each with its radius.
pub(super) fn rings() -> Vec<[f64; 2]> {
    RINGS.iter().map(|share| [*share, radius(Some(*share))]).collect()
}

/// Returns the sectors of the platforms that have dots, and everybody's place on the circles.
pub(super) fn circles(dots: &[Dot], platforms: usize) -> (Vec<Sector>, Vec<Place>) {
    let mut counts = vec![0_u32; platforms];
    for dot in dots {
        if let Some(count) = counts.get_mut(dot.platform) {
            *count += 1;
        }
    }
    let sectors = sectors(&counts);
    let mut ranks = vec![0_u32; platforms];
    let mut places = Vec::with_capacity(dots.len());
    for dot in dots {
        let rank = ranks.get_mut(dot.platform).map_or(0, |rank| {
            *rank += 1;
            *rank
        });
        let sector = sectors.iter().find(|sector| sector.platform == dot.platform);
        let (from, to) = sector.map_or((0.0, TAU), |sector| (sector.from, sector.to));
        // Multiples of the golden section never crowd, however many there are.
        let share = (f64::from(rank) * GOLDEN).fract();
        let (angle, radius) = (from + (to - from) * share, radius(dot.alive));
        places.push([radius * angle.sin(), -radius * angle.cos()]);
    }
    (sectors, places)
}

fn sectors(counts: &[u32]) -> Vec<Sector> {
    let there: Vec<(usize, f64)> = counts
        .iter()
        .enumerate()
        .filter(|(_, count)| 0 < **count)
        .map(|(platform, count)| (platform, f64::from(*count)))
        .collect();
    let [_, _, ..] = there.as_slice() else {
        return there
            .iter()
            .map(|(platform, _)| Sector { platform: *platform, from: 0.0, to: TAU })
            .collect();
    };
    let total: f64 = there.iter().map(|(_, count)| count).sum();
    let equal = 1.0 / to_f64(there.len());
    let share = |count: f64| (count / total).max(LEAST_SHARE * equal);
    let all: f64 = there.iter().map(|(_, count)| share(*count)).sum();
    let room = GAP.mul_add(-to_f64(there.len()), TAU);
    let mut from = 0.5 * GAP;
    let sector = |(platform, count): &(usize, f64)| {
        let to = from + room * share(*count) / all;
        let sector = Sector { platform: *platform, from, to };
        from = to + GAP;
        sector
    };
    there.iter().map(sector).collect()
}

/// Returns everybody's place in the weave and remembers where the woven ones stand.
pub(super) fn weave(
    dots: &[Dot],
    threads: &[Thread],
    platforms: usize,
    memory: &mut Memory,
) -> Vec<Place> {
    let mut is_woven = vec![false; dots.len()];
    for end in threads.iter().flat_map(|thread| [thread.ends.0, thread.ends.1]) {
        if let Some(is_woven) = is_woven.get_mut(end) {
            *is_woven = true;
        }
    }
    let woven: Vec<usize> =
        is_woven.iter().enumerate().filter_map(|(at, is)| is.then_some(at)).collect();
    let mut parts: Vec<Part> = (0..platforms)
        .map(|platform| sunflower(dots, &is_woven, platform))
        .filter(|part| !part.dots.is_empty())
        .collect();
    if !woven.is_empty() {
        let raw = settle(dots, threads, &woven, memory);
        parts.push(core(&raw));
    }
    // The largest is put first, in the middle.
    parts.sort_by(|a, b| b.radius.total_cmp(&a.radius));
    let middles = packed(&parts.iter().map(|part| part.radius).collect::<Vec<_>>());
    let mut places = vec![[0.0, 0.0]; dots.len()];
    for (part, middle) in parts.iter().zip(&middles) {
        for (dot, place) in &part.dots {
            if let Some(target) = places.get_mut(*dot) {
                *target = [middle[0] + place[0], middle[1] + place[1]];
            }
        }
    }
    scaled(&places)
}

/// Dots that stand together, around a middle of their own.
struct Part {
    radius: f64,
    dots: Vec<(usize, Place)>,
}

/// Lays out those of a platform whose contacts are not known.
fn sunflower(dots: &[Dot], is_woven: &[bool], platform: usize) -> Part {
    let mut there: Vec<(usize, &Dot)> = dots
        .iter()
        .enumerate()
        .filter(|(at, dot)| dot.platform == platform && !is_woven.get(*at).copied().unwrap_or(true))
        .collect();
    there.sort_by(|(_, a), (_, b)| b.strength.total_cmp(&a.strength).then(a.key.cmp(&b.key)));
    let seed = |(rank, (at, _)): (usize, &(usize, &Dot))| {
        let (angle, radius) = (to_f64(rank) * TAU * GOLDEN, (to_f64(rank) + 0.5).sqrt());
        (*at, [radius * angle.cos(), radius * angle.sin()])
    };
    let placed: Vec<(usize, Place)> = there.iter().enumerate().map(seed).collect();
    Part { radius: to_f64(placed.len()).sqrt() + MARGIN, dots: placed }
}

/// Runs `ForceAtlas2` over the woven ones, from where they stood before; returns their places as they come out of it.
fn settle(
    dots: &[Dot],
    threads: &[Thread],
    woven: &[usize],
    memory: &mut Memory,
) -> Vec<(usize, Place)> {
    let mut numbers = vec![None; dots.len()];
    for (number, at) in woven.iter().enumerate() {
        if let Some(place) = numbers.get_mut(*at) {
            *place = Some(number);
        }
    }
    let number = |at: usize| numbers.get(at).copied().flatten();
    let keys: Vec<u64> = woven.iter().filter_map(|at| dots.get(*at)).map(|dot| dot.key).collect();
    let edges: Vec<(usize, usize, f64)> = threads
        .iter()
        .filter_map(|thread| Some((number(thread.ends.0)?, number(thread.ends.1)?, thread.weight)))
        .collect();
    let print = Memory::print(&keys, &edges);
    let known = keys.iter().filter(|key| memory.place(**key).is_some()).count();
    let is_warm = keys.len() < 2 * known;
    let starts = starts(dots, woven, &edges, memory);
    if known == keys.len() && memory.is_of(&print) {
        return woven.iter().copied().zip(starts).collect();
    }
    let mut data = FA2Data::<f32>::with_capacity(keys.len(), edges.len());
    for [x, y] in &starts {
        data.add_node_with_position(to_f32(*x), to_f32(*y));
    }
    for (a, b, weight) in &edges {
        data.add_edge_with_weight(*a, *b, to_f32(*weight));
    }
    let settings = FA2Settings::from_graph_order(keys.len()).parallel(true);
    let settings = if keys.len() < PAIRWISE {
        settings.with_pairwise_repulsion()
    } else {
        settings.with_barnes_hut_theta(0.8)
    };
    let mut layout = settings.build(data);
    layout.run(match (is_warm, keys.len() < LARGE) {
        (true, _) => WARM_ROUNDS,
        (false, true) => COLD_ROUNDS,
        (false, false) => COLD_ROUNDS_LARGE,
    });
    let places: Vec<[f32; 2]> = layout.data().positions().map(|(x, y)| [x, y]).collect();
    memory.keep(print, keys.iter().copied().zip(places.iter().copied()));
    woven.iter().copied().zip(places.iter().map(|place| place.map(f64::from))).collect()
}

/// Returns where the woven ones start: where they stood, else beside those they know, else by their group on a circle.
fn starts(
    dots: &[Dot],
    woven: &[usize],
    edges: &[(usize, usize, f64)],
    memory: &Memory,
) -> Vec<Place> {
    let of = |at: &usize| dots.get(*at);
    let known: Vec<Option<Place>> = woven.iter().map(|at| memory.place(of(at)?.key)).collect();
    let mut near = vec![([0.0, 0.0], 0.0); woven.len()];
    for (a, b, _) in edges {
        for (one, other) in [(*a, *b), (*b, *a)] {
            let place = known.get(other).copied().flatten();
            if let (Some([x, y]), Some((sum, n))) = (place, near.get_mut(one)) {
                *sum = [sum[0] + x, sum[1] + y];
                *n += 1.0;
            }
        }
    }
    let spread = to_f64(woven.len()).sqrt();
    let mut starts = Vec::with_capacity(woven.len());
    for ((at, known), (sum, n)) in woven.iter().zip(&known).zip(&near) {
        let (key, group) = of(at).map_or((0, 0), |dot| (dot.key, dot.group));
        let [aside_x, aside_y] = lot(key);
        starts.push(known.unwrap_or_else(|| {
            if 0.0 < *n {
                return [sum[0] / n + aside_x, sum[1] / n + aside_y];
            }
            let (angle, far) = (to_f64(group) * TAU * GOLDEN, 10.0 * spread);
            [far.mul_add(angle.cos(), spread * aside_x), far.mul_add(angle.sin(), spread * aside_y)]
        }));
    }
    starts
}

/// Brings the woven part to the scale of the discs and draws in those that lie far out.
fn core(raw: &[(usize, Place)]) -> Part {
    let n = to_f64(raw.len()).max(1.0);
    let middle = raw.iter().fold([0.0, 0.0], |sum, (_, [x, y])| [sum[0] + x / n, sum[1] + y / n]);
    let distance = |[x, y]: &Place| (x - middle[0]).hypot(y - middle[1]);
    let mut far: Vec<f64> = raw.iter().map(|(_, place)| distance(place)).collect();
    far.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a count of dots"
    )]
    let last = (WITHIN * (n - 1.0)).round() as usize;
    let edge = far.get(last).copied().unwrap_or(1.0).max(1e-9);
    // Threads need more room than seeds.
    let radius = 1.6 * n.sqrt() + 1.0;
    let place = |(at, place): &(usize, Place)| {
        let share = distance(place) / edge;
        let drawn = if 1.0 < share { (1.0 + 0.12 * (share - 1.0).tanh()) / share } else { 1.0 };
        let by = radius / edge * drawn;
        (*at, [(place[0] - middle[0]) * by, (place[1] - middle[1]) * by])
    };
    Part { radius: 1.12 * radius + MARGIN, dots: raw.iter().map(place).collect() }
}

/// Puts discs beside each other without covering any, each as near to the middle as it can be; the first is there.
fn packed(radii: &[f64]) -> Vec<Place> {
    let mut placed: Vec<(Place, f64)> = Vec::new();
    for radius in radii {
        let free = |place: &Place| {
            placed.iter().all(|(other, there)| {
                radius + there <= (place[0] - other[0]).hypot(place[1] - other[1]) + 1e-9
            })
        };
        let beside = placed.iter().flat_map(|(other, there)| {
            (0..DIRECTIONS).map(move |step| {
                let angle = TAU * f64::from(step) / f64::from(DIRECTIONS);
                let far = radius + there;
                [far.mul_add(angle.cos(), other[0]), far.mul_add(angle.sin(), other[1])]
            })
        });
        let far = |[x, y]: &Place| (x / WIDTH).hypot(*y);
        let best = beside.filter(free).min_by(|a, b| far(a).total_cmp(&far(b)));
        placed.push((best.unwrap_or([0.0, 0.0]), *radius));
    }
    placed.into_iter().map(|(place, _)| place).collect()
}

/// Moves and scales places so that the middle is at nought and nothing lies beyond one.
fn scaled(places: &[Place]) -> Vec<Place> {
    let ends = |axis: usize| {
        let values = places.iter().filter_map(|place| place.get(axis).copied());
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| {
            (low.min(one), high.max(one))
        })
    };
    let ((left, right), (top, bottom)) = (ends(0), ends(1));
    let half = (0.5 * (right - left)).max(0.5 * (bottom - top)).max(1.0);
    let place =
        |[x, y]: &Place| [(x - 0.5 * (left + right)) / half, (y - 0.5 * (top + bottom)) / half];
    places.iter().map(place).collect()
}

/// Returns a place in the square around nought that looks like chance and is the same for the same key (`SplitMix64`).
fn lot(key: u64) -> Place {
    let mixed = |salt: u64| {
        let mut bits = key.wrapping_add(salt.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let top = u32::try_from((bits ^ (bits >> 31)) >> 32).unwrap_or_default();
        f64::from(top) / f64::from(u32::MAX) * 2.0 - 1.0
    };
    [mixed(1), mixed(2)]
}

#[expect(clippy::cast_precision_loss, reason = "counts of people stay far below 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

#[expect(clippy::cast_possible_truncation, reason = "places on a screen need no more")]
const fn to_f32(x: f64) -> f32 {
    x as f32
}

#[cfg(test)]
mod tests;
