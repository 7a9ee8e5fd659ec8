//! Whether the same question gets the same answer: again, elsewhere, in another order, in other portions, from afresh.

use super::{
    Bench,
    random::Random,
    report::{Tried, Verdict},
    settings,
    words::{joined, same, say},
    world::{Said, World, ask, difference},
};
use crate::{Connection, Params};

/// Rows asked about.
const ROWS: usize = 332;
/// Portions in which the same rows are asked about.
const PORTIONS: [usize; 4] = [1, 7, 8, 64];

fn world(bench: &Bench<'_>) -> World {
    World::plausible(bench.manifest(), ROWS, bench.request.seed)
}

/// Asks about a whole world.
fn whole(connection: &mut dyn Connection, world: &World) -> Result<Vec<Said>, Verdict> {
    Ok(ask(connection, world, &world.order(), ROWS)?)
}

/// Passes if two answers are alike.
fn alike(bench: &Bench<'_>, world: &World, before: &[Said], after: &[Said]) -> Tried {
    match difference(world, bench.manifest(), before, after) {
        None => {
            let n = before.len();
            Ok(Verdict::passed(say!("{n} proposals", "{n} Vorschläge")))
        }
        Some(what) => Err(Verdict::failed(what)),
    }
}

pub(super) fn repeat(bench: &Bench<'_>) -> Tried {
    let world = world(bench);
    let mut connection = bench.connect()?;
    let first = whole(connection.as_mut(), &world)?;
    let second = whole(connection.as_mut(), &world)?;
    alike(bench, &world, &first, &second)
}

pub(super) fn determinism(bench: &Bench<'_>) -> Tried {
    let world = world(bench);
    // Both live at once, so that they cannot lie at the same place.
    let (mut one, mut other) = (bench.connect()?, bench.connect()?);
    let first = whole(one.as_mut(), &world)?;
    let second = whole(other.as_mut(), &world)?;
    alike(bench, &world, &first, &second)
}

pub(super) fn isolation(bench: &Bench<'_>) -> Tried {
    let world = world(bench);
    let manifest = bench.manifest();
    let mut one = bench.connect()?;
    let before = whole(one.as_mut(), &world)?;
    for settings in settings::settings(manifest, &bench.request.params, bench.request.seed) {
        let Ok(params) = Params::check(manifest, &settings) else { continue };
        // What it makes of those parameters is the matter of another case.
        let Ok(mut other) = bench.connect_with(&params) else { continue };
        drop(ask(other.as_mut(), &world, &world.order(), ROWS));
        let after = whole(one.as_mut(), &world)?;
        let with = |verdict: Verdict| {
            let other = same(settings::in_words(&settings));
            verdict.when(&joined(
                &say!("after another had", "nachdem ein anderes hatte:"),
                " ",
                &other,
            ))
        };
        alike(bench, &world, &before, &after).map_err(with)?;
    }
    alike(bench, &world, &before, &whole(one.as_mut(), &world)?)
}

pub(super) fn row_order(bench: &Bench<'_>) -> Tried {
    let world = world(bench);
    let mut connection = bench.connect()?;
    let straight = whole(connection.as_mut(), &world)?;
    let mut order = world.order();
    order.reverse();
    let reversed = ask(connection.as_mut(), &world, &order, ROWS)?;
    alike(bench, &world, &straight, &reversed)
        .map_err(|one| one.when(&say!("in reverse order", "in umgekehrter Reihenfolge")))?;
    let mut random = Random::new(bench.request.seed);
    for _ in 0..3 {
        random.shuffle(&mut order);
        let shuffled = ask(connection.as_mut(), &world, &order, ROWS)?;
        alike(bench, &world, &straight, &shuffled)
            .map_err(|one| one.when(&say!("in random order", "in zufälliger Reihenfolge")))?;
    }
    Ok(Verdict::fine())
}

pub(super) fn batch_split(bench: &Bench<'_>) -> Tried {
    let world = world(bench);
    let mut connection = bench.connect()?;
    let at_once = whole(connection.as_mut(), &world)?;
    for rows in PORTIONS {
        let split = ask(connection.as_mut(), &world, &world.order(), rows)?;
        let how = say!("all at once, then {rows} at a time", "alle auf einmal, dann je {rows}");
        let when = |verdict: Verdict| verdict.when(&how);
        alike(bench, &world, &at_once, &split).map_err(when)?;
    }
    Ok(Verdict::fine())
}

pub(super) fn reset(bench: &Bench<'_>) -> Tried {
    let world = world(bench);
    let mut connection = bench.connect()?;
    let fresh = whole(connection.as_mut(), &world)?;
    connection.reset()?;
    alike(bench, &world, &fresh, &whole(connection.as_mut(), &world)?)
}

pub(super) fn renew(bench: &Bench<'_>) -> Tried {
    let world = world(bench);
    let mut connection = bench.connect()?;
    let first = whole(connection.as_mut(), &world)?;
    connection.renew()?;
    alike(bench, &world, &first, &whole(connection.as_mut(), &world)?)
}
