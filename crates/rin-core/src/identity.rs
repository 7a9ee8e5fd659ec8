//! Which accounts belong to one human or one body: proposals with evidence and a probability, and groups that undo exactly.
//!
//! Records are linked as Fellegi and Sunter (1969, "A theory for record linkage", JASA 64) do it: each comparison of two
//! accounts adds the logarithm of how much likelier its outcome is if both are of one human than if they are not, and
//! the sum is the odds. What is rare weighs more than what is frequent (Winkler 1989, "Frequency-based matching in
//! Fellegi-Sunter model"), and how frequent a name is, the user's own network says. Only pairs that share a key are
//! compared at all ("blocking"), so a million accounts take a minute, not n². Nothing here merges anything: what is
//! [certain](SamePerson::is_certain) may be joined without asking, everything else is a proposal for a person to judge.

mod block;
mod compare;
mod fact;
mod feature;
mod fold;
mod frequency;
mod group;
mod nickname;

use std::collections::{BTreeSet, HashMap};

use self::{compare::Comparison, feature::Feature, frequency::Frequencies, nickname::Nicknames};
pub use self::{
    fact::{Fact, FactKind, facts, normal_fact},
    group::PartyGroups,
};
use crate::{AccountId, PartyId, PartyKind, PlatformId};

/// The least probability of a proposal that is worth a look: of a made-up humanity 19 in 20 true pairs are found from here
/// on, and 9 in 10 of those found are true (docs/METHODS.md).
pub const SUGGESTED: f64 = 0.2;

/// What is known of one account; empty text means "not known".
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Profile<'a> {
    /// The account.
    pub account: AccountId,
    /// Whose it is by now; two accounts of one party are not proposed.
    pub party: PartyId,
    /// Where it is.
    pub platform: PlatformId,
    /// What people type to reach it.
    pub handle: &'a str,
    /// The name shown.
    pub name: &'a str,
    /// Person or organisation, as far as a source says.
    pub kind: PartyKind,
    /// What its profile or the user's card says, in the [normal form](normal_fact).
    pub facts: &'a [Fact<'a>],
    /// The parties it is known to be in contact with, ascending; ours need not be among them.
    pub neighbours: &'a [PartyId],
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct IdentityRequest<'a> {
    /// Everybody but ourselves.
    pub profiles: &'a [Profile<'a>],
    /// Pairs of accounts of which the user said that they are not one, the smaller id first; nor are their parties.
    pub apart: &'a BTreeSet<(AccountId, AccountId)>,
    /// Proposals of a lower probability are left out; in 0 to 1.
    pub least: f64,
}

/// A proposal: two accounts of one human or body.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct SamePerson {
    /// The account of the smaller id.
    pub a: AccountId,
    /// The other account.
    pub b: AccountId,
    /// How likely both are of one party, 0 to 1.
    pub probability: f64,
    /// Whether nobody needs to be asked: one vouches for the other and nothing speaks against it.
    pub is_certain: bool,
    /// What speaks for it and against it, the weightiest first.
    pub evidence: Vec<Evidence>,
}

impl SamePerson {
    /// Whether an address speaks for it: a link or mail.
    fn is_by_address(&self) -> bool {
        use EvidenceKind as Kind;
        let addresses = [Kind::Vouched, Kind::MutualLink, Kind::Link, Kind::CommonLink, Kind::Mail];
        self.evidence.iter().any(|evidence| addresses.contains(&evidence.kind))
    }
}

/// One thing that speaks for or against two accounts being of one party.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Evidence {
    /// What.
    pub kind: EvidenceKind,
    /// How much it weighs: the binary logarithm of a ratio of probabilities; below zero it speaks against.
    pub bits: f64,
    /// What both have in common, in the form compared; empty if there is nothing to show.
    pub shared: String,
}

/// What kind of evidence it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum EvidenceKind {
    /// The platform checked a link from one to the other, or the user's own card lists both.
    Vouched,
    /// Each profile names the other.
    MutualLink,
    /// One profile names the other.
    Link,
    /// Both name the same third page.
    CommonLink,
    /// A card, or a link that a platform checked, names another account on the other's platform.
    OtherPage,
    /// The same mail address.
    Mail,
    /// Two addresses at one organisation: colleagues rather than one human.
    Colleagues,
    /// The same name.
    Name,
    /// The same family name and a short form of the given name.
    Nickname,
    /// The same family name and initial.
    Initial,
    /// The only name shown here is the given name there.
    GivenName,
    /// Other names.
    OtherName,
    /// The same handle.
    Handle,
    /// The same handle but for digits at its end.
    SimilarHandle,
    /// A handle made of the other's name.
    HandleOfName,
    /// Other handles.
    OtherHandle,
    /// The same organisation.
    Organisation,
    /// Other organisations.
    OtherOrganisation,
    /// The same place.
    Place,
    /// Other places.
    OtherPlace,
    /// People in contact with both.
    Mutuals,
    /// Two accounts on one platform.
    SamePlatform,
    /// A program here, a human there.
    Program,
}

/// Returns who may be the same as whom, the likeliest first, then by account.
///
/// A human has mostly one account on a platform. So candidates for one place compete: the odds of a pair are divided by
/// those of all pairs that want one of its two places; and a proposal that would put two accounts of one platform together
/// with likelier ones is left out, until the user says that those are wrong.
///
/// # Complexity
/// About linear in the accounts: at most some fifty others are compared for each key of an account.
///
/// # Example
/// ```
/// use std::collections::BTreeSet;
/// use rin_core::{
///     AccountId, Fact, FactKind, IdentityRequest, PartyId, PartyKind, PlatformId, Profile, same_persons,
/// };
///
/// let page = [Fact { kind: FactKind::Page, text: "example.social/@kathi" }];
/// let card = [Fact { kind: FactKind::Vouched, text: "example.social/@kathi" }];
/// let profile = |id, platform, name, facts| Profile {
///     account: AccountId::new(id),
///     party: PartyId::new(id),
///     platform: PlatformId::new(platform),
///     handle: "",
///     name,
///     kind: PartyKind::Unknown,
///     facts,
///     neighbours: &[],
/// };
/// let profiles = [
///     profile(1, 0, "Kathi Müller", &page[..]),
///     profile(2, 1, "Katharina Mueller", &card[..]),
///     profile(3, 1, "Ben Roth", &[]),
/// ];
/// let found = same_persons(&IdentityRequest { profiles: &profiles, apart: &BTreeSet::new(), least: 0.5 });
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].a, found[0].b), (AccountId::new(1), AccountId::new(2)));
/// assert!(found[0].is_certain);
/// ```
pub fn same_persons(request: &IdentityRequest<'_>) -> Vec<SamePerson> {
    let names = Nicknames::new();
    let features: Vec<Feature<'_>> = request.profiles.iter().map(Feature::new).collect();
    let frequencies = Frequencies::count(&features);
    let apart = group::apart_parties(request);
    let (compared, wanted) = compare_pairs(request, &features, (&frequencies, &names), &apart);
    let mut found: Vec<SamePerson> = compared
        .into_iter()
        .filter_map(|(a, b, mut comparison)| {
            let (one, other) = (features.get(a)?.profile, features.get(b)?.profile);
            comparison.rivals = wanted.rivals((a, one), (b, other), comparison.odds());
            comparison.proposal(ends(one, other), request.least)
        })
        .collect();
    group::keep_certain_apart(request.profiles, &apart, &mut found);
    found.sort_by(|x, y| {
        let by_account = (x.a, x.b).cmp(&(y.a, y.b));
        y.probability.total_cmp(&x.probability).then(by_account)
    });
    group::keep_rivals_apart(request.profiles, &mut found);
    found
}

/// Returns both accounts, the smaller id first.
fn ends(one: &Profile<'_>, other: &Profile<'_>) -> (AccountId, AccountId) {
    (one.account.min(other.account), one.account.max(other.account))
}

/// What was found about a pair, by the positions of its accounts.
type Compared = (usize, usize, Comparison);

/// Compares all pairs; keeps those that may be proposed, and of all of them how much they want their places.
fn compare_pairs(
    request: &IdentityRequest<'_>,
    features: &[Feature<'_>],
    (frequencies, names): (&Frequencies<'_>, &Nicknames),
    apart: &BTreeSet<(PartyId, PartyId)>,
) -> (Vec<Compared>, Wanted) {
    let (mut kept, mut wanted) = (Vec::new(), Wanted::default());
    for (a, b) in block::pairs(features, names) {
        let (a, b) = (a as usize, b as usize);
        let Some((one, other)) = features.get(a).zip(features.get(b)) else { continue };
        let parties = (one.profile.party, other.profile.party);
        let is_open = parties.0 != parties.1
            && !apart.contains(&(parties.0.min(parties.1), parties.0.max(parties.1)));
        let compared = is_open.then(|| compare::compare(one, other, frequencies, names)).flatten();
        let Some(comparison) = compared else { continue };
        wanted.add((a, one.profile), (b, other.profile), comparison.odds());
        if comparison.may_be_proposed(request.least) {
            kept.push((a, b, comparison));
        }
    }
    (kept, wanted)
}

/// The odds of all pairs that want a place: one account's on one platform.
#[derive(Default)]
struct Wanted(HashMap<(usize, PlatformId), f64>);

impl Wanted {
    fn add(
        &mut self,
        (a, one): (usize, &Profile<'_>),
        (b, other): (usize, &Profile<'_>),
        odds: f64,
    ) {
        *self.0.entry((a, other.platform)).or_default() += odds;
        *self.0.entry((b, one.platform)).or_default() += odds;
    }

    /// Returns the odds of the others that want one of a pair's two places, of the place that is wanted more.
    fn rivals(
        &self,
        (a, one): (usize, &Profile<'_>),
        (b, other): (usize, &Profile<'_>),
        odds: f64,
    ) -> f64 {
        let places = [(a, other.platform), (b, one.platform)];
        let all = places.iter().filter_map(|place| self.0.get(place));
        all.fold(0.0, |most: f64, all| most.max(all - odds))
    }
}

#[cfg(test)]
mod tests;
