//! A network's relationships on one platform, assessed and laid out for its strategy.

use super::{Event, Network, Relationship};
use crate::{
    AccountId, Assessment, Coverage, Direction, ForecastModel, Moment, PlatformId, Row, Table,
    TieEnd, TieKind, TieState, assess,
};

impl Network {
    /// Assesses everybody we had contact with on `platform`, one row for each of their accounts there.
    ///
    /// # Example
    /// ```
    /// use rin_core::{ForecastModel, Interaction, InteractionKind, Moment, Network, PlatformId};
    /// let mut builder = Network::builder();
    /// let us = builder.account("phone", "us")?;
    /// let ann = builder.account("phone", "ann")?;
    /// builder.own(us);
    /// let at = Moment::from_unix_ms(1_700_000_000_000);
    /// builder.interaction(Interaction { at, from: us, to: ann, kind: InteractionKind::Visit });
    /// let network = builder.build();
    /// let table = network.table(PlatformId::new(0), at.plus_days(9.0), &ForecastModel::default());
    /// assert_eq!((table.len(), table.account(0)), (1, Some(ann)));
    /// # Ok::<(), rin_core::NetworkError>(())
    /// ```
    pub fn table(&self, platform: PlatformId, now: Moment, model: &ForecastModel) -> Table {
        let mut table = Table::default();
        for one in self.relationships() {
            let state = one.state();
            let Some(overall) = assess(&state, &one.coverage(), now, model) else { continue };
            let there = one.accounts().filter(|(_, account)| account.platform == platform);
            let seen = |(id, account)| Some((id, account, here(&one, id, now, model)?));
            for (id, account, here) in there.filter_map(seen) {
                table.push(&Row {
                    account: id,
                    party: one.party(),
                    overall: &overall,
                    here: Some(&here),
                    last_sent: state.sent().map(|span| span.last),
                    importance: 1.0,
                    flags: flags(self, &one, id),
                    name: account.name.as_deref().unwrap_or_default(),
                    handle: account.handle.as_deref().unwrap_or_default(),
                });
            }
        }
        table
    }
}

/// Assesses the contact with one of their accounts.
fn here(
    one: &Relationship<'_>,
    account: AccountId,
    now: Moment,
    model: &ForecastModel,
) -> Option<Assessment> {
    let events = || one.events().iter().filter(|event| event.other == account);
    let mut state = TieState::default();
    events().for_each(|event: &Event| state.add(event.at, event.direction, event.kind));
    let coverage: Coverage = one.coverage_of(events());
    assess(&state, &coverage, now, model)
}

/// Returns what the standing ties say, as [`Column::Flags`](crate::Column) has it.
fn flags(network: &Network, one: &Relationship<'_>, account: AccountId) -> u32 {
    let standing = one.ties().filter(|tie| tie.end == TieEnd::Open);
    let with_them = standing.filter(|tie| tie.from == account || tie.to == account);
    with_them.fold(0, |flags, tie| {
        let direction =
            if network.is_own(tie.from) { Direction::Sent } else { Direction::Received };
        flags
            | match (tie.kind, direction) {
                (TieKind::Follow | TieKind::Subscriber, Direction::Sent) => 1,
                (TieKind::Follow | TieKind::Subscriber, Direction::Received) => 2,
                (TieKind::Contact, Direction::Sent) | (TieKind::Friend, _) => 4,
                _ => 0,
            }
    })
}
