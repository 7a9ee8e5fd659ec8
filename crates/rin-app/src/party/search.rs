//! Looking for somebody by a part of a name, a handle or an id, among all relationships.

use std::collections::BTreeSet;

use rin_core::{Level, Moment, PartyId};

use super::{PartyListView, ordered};
use crate::{
    Session, SessionError,
    people::{People, name_of},
};

/// Whom is looked for.
#[derive(Clone, PartialEq, Debug)]
pub struct PartySearchRequest {
    /// A part of a name, a handle or a native id, in any letter case; empty for everybody.
    pub text: String,
    /// Only these; `None` for all.
    pub level: Option<Level>,
    /// The moment asked about.
    pub now: Moment,
    /// At most so many.
    pub limit: usize,
}

impl Session {
    /// Lists relationships in which some account fits: fading ones first, then by lapse date.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read.
    ///
    /// # Complexity
    /// One walk over all accounts.
    pub fn search(&self, request: &PartySearchRequest) -> Result<PartyListView, SessionError> {
        let reader = self.store.read()?;
        let people = People::read_at(&reader, request.now)?;
        let model = self.model(&reader, &people)?;
        let wanted = request.text.trim().to_lowercase();
        let fits = |text: &str| text.to_lowercase().contains(&wanted);
        // One walk over all accounts: a party does not know its own.
        let fitting = people.accounts.values().filter(|known| {
            let handle = known.account.handle.as_deref();
            fits(&name_of(known)) || handle.is_some_and(fits) || fits(&known.account.key.id)
        });
        let found: BTreeSet<PartyId> = fitting.map(|known| known.account.party).collect();
        let mut all: Vec<_> = people
            .relationships
            .iter()
            .filter(|(party, _)| found.contains(party))
            .filter_map(|(party, one)| {
                Some((*party, one, people.assess(*party, one, request.now, &model)?))
            })
            .filter(|(_, _, seen)| request.level.is_none_or(|level| level == seen.level))
            .collect();
        all.sort_by_key(|(party, _, seen)| ordered(*party, seen));
        let rows = all.iter().take(request.limit);
        let parties = rows.map(|(party, one, seen)| self.row(&people, *party, one, seen)).collect();
        Ok(PartyListView {
            schema: "rin.parties/1",
            total: all.len(),
            filter: String::new(),
            without_contact: 0,
            undecided: 0,
            remarks: Vec::new(),
            parties,
        })
    }
}
