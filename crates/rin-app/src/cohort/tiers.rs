//! The network by how close it was: a group for each tier, between which relationships rise and fall.
//!
//! A tier is held at a moment, not for good, so these groups are not made first and counted then, as the others are.

use jiff::tz::TimeZone;
use rin_core::{CohortRequest, Tier, TierBalance, TierRow, cohort_by_tier, tier_at};

use super::{
    BalanceView, CohortGroupView, CohortMonthView, MovedView, MovesView, balance_view, whole,
};
use crate::{Lang, time::iso_date};

/// Returns a group for each tier, the closest first, and how many rose and fell in each month.
pub(super) fn view(
    request: &CohortRequest<'_>,
    lang: Lang,
) -> (Vec<CohortGroupView>, Vec<MovedView>) {
    let rows = cohort_by_tier(request);
    let held: Vec<Tier> = request
        .ties
        .iter()
        .filter_map(|tie| Some(tier_at(tie.state.days(), request.known.end())?.tier))
        .collect();
    let group = |tier: Tier| {
        let months: Vec<CohortMonthView> = rows.iter().map(|row| month(row, tier)).collect();
        let known: Vec<BalanceView> = months.iter().filter_map(|month| month.balance).collect();
        CohortGroupView {
            name: tier_name(tier, lang).to_owned(),
            ties: held.iter().filter(|one| **one == tier).count(),
            whole: whole(&known),
            months,
        }
    };
    (Tier::ALL.into_iter().rev().map(group).collect(), rows.iter().map(moved).collect())
}

fn moved(row: &TierRow) -> MovedView {
    let (rose, fell) = row.risen_and_fallen().unzip();
    MovedView {
        from: iso_date(row.period.start(), &TimeZone::UTC),
        until: iso_date(row.period.end(), &TimeZone::UTC),
        rose,
        fell,
    }
}

fn tier_name(tier: Tier, lang: Lang) -> &'static str {
    let german = match tier {
        Tier::Loose => "lose",
        Tier::Regular => "regelmäßig",
        Tier::Close => "nah",
        Tier::Inner => "engster Kreis",
    };
    lang.pick(tier.name(), german)
}

fn month(row: &TierRow, tier: Tier) -> CohortMonthView {
    let tiers = row.tiers.as_ref();
    let balance = tiers.and_then(|tiers| tiers.iter().find(|one| one.tier == tier)).map(balance);
    CohortMonthView {
        from: iso_date(row.period.start(), &TimeZone::UTC),
        until: iso_date(row.period.end(), &TimeZone::UTC),
        balance,
    }
}

fn balance(one: &TierBalance) -> BalanceView {
    let moves = one.moves;
    let moves = MovesView {
        risen_into: moves.risen_into,
        risen_out: moves.risen_out,
        fallen_into: moves.fallen_into,
        fallen_out: moves.fallen_out,
    };
    BalanceView { moves: Some(moves), ..balance_view(one.balance) }
}
