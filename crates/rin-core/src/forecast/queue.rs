//! Who lapses next: lapse dates in order, kept up by what happens and never by time going by.
//!
//! Without knowledge of the ends a lapse date changes only when there is contact, so nobody has to be scored again
//! each night: an entry is set when something happens, and what is due is read off the front.

use std::collections::{BTreeSet, HashMap};

use crate::{Moment, PartyId};

/// Lapse dates in order.
///
/// # Example
/// ```
/// use rin_core::{LapseQueue, Moment, PartyId};
/// let day = |n: f64| Moment::from_unix_ms(0).plus_days(n);
/// let (ann, ben) = (PartyId::new(1), PartyId::new(2));
/// let mut queue = LapseQueue::default();
/// queue.set(ann, day(30.0));
/// queue.set(ben, day(10.0));
/// queue.set(ben, day(50.0)); // he wrote
/// assert_eq!(queue.until(day(40.0)).collect::<Vec<_>>(), [(day(30.0), ann)]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct LapseQueue {
    order: BTreeSet<(Moment, PartyId)>,
    lapses: HashMap<PartyId, Moment>,
}

impl LapseQueue {
    /// Sets when a relationship is expected to lapse, in the place of what was set before.
    ///
    /// # Complexity
    /// Logarithmic in the relationships.
    pub fn set(&mut self, party: PartyId, lapse: Moment) {
        self.remove(party);
        self.order.insert((lapse, party));
        self.lapses.insert(party, lapse);
    }

    /// Takes a relationship out; whether it was in.
    pub fn remove(&mut self, party: PartyId) -> bool {
        let known = self.lapses.remove(&party);
        known.is_some_and(|lapse| self.order.remove(&(lapse, party)))
    }

    /// Returns when a relationship is expected to lapse, if it is known.
    pub fn lapse(&self, party: PartyId) -> Option<Moment> {
        self.lapses.get(&party).copied()
    }

    /// Returns whoever lapses before a moment, soonest first.
    pub fn until(&self, moment: Moment) -> impl Iterator<Item = (Moment, PartyId)> + '_ {
        self.order.range(..(moment, PartyId::new(0))).copied()
    }

    /// Returns how many relationships are in it.
    pub fn len(&self) -> usize {
        self.lapses.len()
    }

    /// Whether nobody is in it.
    pub fn is_empty(&self) -> bool {
        self.lapses.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_agrees_with_sorting_all_anew(steps in prop::collection::vec((0_u32..12, prop::option::of(0_i64..90)), 0..80), until in 0_i64..90) {
            let (mut queue, mut plain) = (LapseQueue::default(), HashMap::new());
            for (party, lapse) in steps {
                let party = PartyId::new(party);
                if let Some(lapse) = lapse.map(Moment::from_unix_ms) {
                    queue.set(party, lapse);
                    plain.insert(party, lapse);
                } else {
                    prop_assert_eq!(queue.remove(party), plain.remove(&party).is_some());
                }
            }
            let until = Moment::from_unix_ms(until);
            let mut expected: Vec<_> = plain.iter().map(|(party, lapse)| (*lapse, *party)).filter(|(lapse, _)| *lapse < until).collect();
            expected.sort_unstable();
            prop_assert_eq!(queue.until(until).collect::<Vec<_>>(), expected);
            prop_assert_eq!(queue.len(), plain.len());
        }
    }
}
