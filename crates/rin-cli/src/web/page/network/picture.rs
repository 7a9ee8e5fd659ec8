//! The picture's dots in columns, as the script draws them: a dot takes some forty letters instead of four hundred.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rin_app::{NetworkPointView, NetworkView};
use serde::Serialize;

/// What the script is sent; columns are of equal length.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(in crate::web) struct Picture<'a> {
    /// Name and version of this form.
    schema: &'static str,
    /// Names of those drawn.
    names: Vec<&'a str>,
    /// The parties' numbers; 0 for a group.
    parties: Vec<u32>,
    /// How many each stands for, where that is more than one, by place.
    members: BTreeMap<usize, usize>,
    /// Where a group's members are shown, by place.
    opens: BTreeMap<usize, String>,
    /// First platform of each.
    platforms: Vec<usize>,
    /// Probability of being alive in percent; -1 if no source shows any contact.
    alive: Vec<i8>,
    /// 0 alive, 1 fading, 2 lapsed, 3 none.
    levels: Vec<u8>,
    /// Strength, in tenths of a contact day.
    strengths: Vec<u32>,
    /// Last contact and lapse in days since 1970; `null` if not known.
    last: Vec<Option<i32>>,
    lapse: Vec<Option<i32>>,
    /// Known contacts in the network, where there are any, by place.
    linked: BTreeMap<usize, usize>,
    /// Places of those that the filter leaves out.
    left_out: Vec<usize>,
    /// Places in the weave and on the circles, in thousandths: x, y, x, y for each.
    places: Vec<i16>,
    /// Ends of the links, two for each.
    links: Vec<usize>,
    /// Order in which N and P go through them.
    listed: &'a [usize],
    /// Probability and radius of each ring.
    rings: &'a [[f64; 2]],
    /// Platform, beginning and end of each sector.
    sectors: Vec<(usize, f64, f64)>,
}

impl<'a> Picture<'a> {
    /// Takes the columns out of a view.
    pub(in crate::web) fn of(view: &'a NetworkView) -> Self {
        let points = &view.points;
        Self {
            schema: "rin.network-picture/1",
            names: points.iter().map(|one| one.name.as_str()).collect(),
            parties: points.iter().map(|one| one.party.unwrap_or(0)).collect(),
            members: numbered(points, |one| (1 < one.parties).then_some(one.parties)),
            opens: numbered(points, |one| one.opens.as_ref().map(super::address)),
            platforms: points
                .iter()
                .map(|one| one.platforms.first().copied().unwrap_or(0))
                .collect(),
            alive: points.iter().map(|one| one.alive.map_or(-1, percent)).collect(),
            levels: points.iter().map(level).collect(),
            strengths: points.iter().map(|one| tenths(one.strength)).collect(),
            last: points.iter().map(|one| day(one.last.as_deref())).collect(),
            lapse: points.iter().map(|one| day(one.lapse.as_deref())).collect(),
            linked: numbered(points, |one| one.links.filter(|n| 0 < *n)),
            left_out: points
                .iter()
                .enumerate()
                .filter(|(_, one)| !one.fits)
                .map(|(at, _)| at)
                .collect(),
            places: points
                .iter()
                .flat_map(|one| [one.woven, one.circle])
                .flatten()
                .map(thousandths)
                .collect(),
            links: view.links.iter().flatten().copied().collect(),
            listed: &view.listed,
            rings: &view.rings,
            sectors: view.sectors.iter().map(|one| (one.platform, one.from, one.to)).collect(),
        }
    }
}

/// Returns what some of them have, by place.
fn numbered<'a, T>(
    points: &'a [NetworkPointView],
    of: impl Fn(&'a NetworkPointView) -> Option<T>,
) -> BTreeMap<usize, T> {
    points.iter().enumerate().filter_map(|(at, one)| Some((at, of(one)?))).collect()
}

fn level(point: &NetworkPointView) -> u8 {
    match point.level {
        Some("alive") => 0,
        Some("fading") => 1,
        Some(_) => 2,
        // A group of several levels is drawn by its mean.
        None => match point.alive {
            Some(alive) if 0.5 <= alive => 0,
            Some(_) => 2,
            None => 3,
        },
    }
}

/// Returns the days from 1970 to an ISO 8601 day.
fn day(iso: Option<&str>) -> Option<i32> {
    let date: Date = iso?.parse().ok()?;
    Some(date.since(Date::constant(1970, 1, 1)).ok()?.get_days())
}

#[expect(clippy::cast_possible_truncation, reason = "float to int saturates; shares are 0 to 1")]
fn percent(share: f64) -> i8 {
    (100.0 * share).round() as i8
}

#[expect(clippy::cast_possible_truncation, reason = "float to int saturates; places are -1 to 1")]
fn thousandths(place: f64) -> i16 {
    (1_000.0 * place).round() as i16
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "float to int saturates; a strength is never below 0"
)]
fn tenths(strength: f64) -> u32 {
    (10.0 * strength).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(
            [
                day(Some("1970-01-02")),
                day(Some("2026-08-17")),
                day(Some("1969-12-31")),
                day(None),
                day(Some("<= 2020"))
            ],
            [Some(1), Some(20_682), Some(-1), None, None]
        );
        assert_eq!((percent(0.996), thousandths(-1.0), tenths(2.25)), (100, -1000, 23));
    }
}
