//! What two accounts have in common, weighed: each comparison adds bits for or against one human.
//!
//! A weight is log₂(*m*/*u*): *m* is how often two accounts of one human agree so, *u* how often two of different ones do
//! (Fellegi and Sunter 1969). The *m* are set once and for all accounts, as no export comes with the truth; they stand
//! here and in docs/METHODS.md. The *u* of names, employers and places are their frequencies in the network at hand, those
//! of addresses and handles a chance of coincidence ("the link is a partner's") for each account it could have been. Handles
//! made of a name agree because names do, so beside an agreeing name they add next to nothing.

mod name;

use super::{
    Evidence, EvidenceKind, SamePerson,
    feature::{Feature, is_office, own_domain},
    frequency::{Frequencies, to_f64},
    nickname::Nicknames,
};
use crate::{AccountId, PartyKind};

/// The share of accounts whose human is on a given other platform, and known there.
const PRESENT: f64 = 0.3;

/// How a kind of agreement comes about: among accounts of one human, and by coincidence.
struct Agreement {
    same: f64,
    chance: f64,
}

const VOUCHED: Agreement = Agreement { same: 0.5, chance: 0.005 };
const MUTUAL: Agreement = Agreement { same: 0.3, chance: 0.003 };
const LINK: Agreement = Agreement { same: 0.3, chance: 0.03 };
const COMMON_LINK: Agreement = Agreement { same: 0.2, chance: 0.05 };
const MAIL: Agreement = Agreement { same: 0.6, chance: 0.01 };
const HANDLE: Agreement = Agreement { same: 0.5, chance: 0.03 };
const SIMILAR_HANDLE: Agreement = Agreement { same: 0.2, chance: 0.05 };
/// Bits against where a card or a check names another account of the platform: of one human that is so if the card has an
/// old address, or the human a second account (one in sixteen, twice what two accounts on one platform are given); of two,
/// whoever is named there is somebody else, so always.
const OTHER_PAGE: f64 = -4.0;

/// What was found about a pair, before others that want its places are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Comparison {
    /// The logarithm of the odds that both are one, before anything is known of them.
    prior: f64,
    evidence: Vec<Evidence>,
    /// Odds of the pairs that want one of its places.
    pub(super) rivals: f64,
    is_certain: bool,
}

impl Comparison {
    /// Returns the odds that both are one, rivals left aside.
    pub(super) fn odds(&self) -> f64 {
        let bits = self.evidence.iter().fold(self.prior, |sum, evidence| sum + evidence.bits);
        bits.clamp(-60.0, 60.0).exp2()
    }

    /// Whether it could be proposed if nobody wanted its places.
    pub(super) fn may_be_proposed(&self, least: f64) -> bool {
        let odds = self.odds();
        self.is_certain || least <= odds / (1.0 + odds)
    }

    /// Returns the proposal, unless it is less likely than `least`.
    pub(super) fn proposal(
        mut self,
        ends: (AccountId, AccountId),
        least: f64,
    ) -> Option<SamePerson> {
        let odds = self.odds();
        let probability = odds / (1.0 + odds + self.rivals);
        if probability < least && !self.is_certain {
            return None;
        }
        self.evidence
            .sort_by(|x, y| y.bits.abs().total_cmp(&x.bits.abs()).then(x.kind.cmp(&y.kind)));
        Some(SamePerson {
            a: ends.0,
            b: ends.1,
            probability,
            is_certain: self.is_certain,
            evidence: self.evidence,
        })
    }

    fn add(&mut self, kind: EvidenceKind, bits: f64, shared: &str) {
        self.evidence.push(Evidence { kind, bits, shared: shared.to_owned() });
    }

    fn has(&self, kinds: &[EvidenceKind]) -> bool {
        self.evidence.iter().any(|evidence| kinds.contains(&evidence.kind))
    }
}

/// A pair under comparison.
struct Pair<'p> {
    one: &'p Feature<'p>,
    other: &'p Feature<'p>,
    known: &'p Frequencies<'p>,
    names: &'p Nicknames,
    /// How many accounts there are that could have been the one found.
    rivals: f64,
}

impl Pair<'_> {
    /// Returns the weight of an agreement whose coincidence falls on any of the accounts alike.
    fn weight(&self, agreement: &Agreement, times: f64) -> f64 {
        let chance = (agreement.chance * times.max(1.0)).min(1.0) / self.rivals;
        (agreement.same / chance).log2()
    }
}

/// Returns what speaks for and against a pair; `None` if it cannot be one party.
pub(super) fn compare(
    one: &Feature<'_>,
    other: &Feature<'_>,
    known: &Frequencies<'_>,
    names: &Nicknames,
) -> Option<Comparison> {
    let rivals = known.platform(one.profile.platform).max(known.platform(other.profile.platform));
    let pair = Pair { one, other, known, names, rivals };
    let mut found = Comparison { prior: (PRESENT / rivals).log2(), ..Comparison::default() };
    kinds(&pair, &mut found)?;
    addresses(&pair, &mut found);
    other_page(&pair, &mut found);
    mails(&pair, &mut found);
    name::names(&pair, &mut found);
    name::handles(&pair, &mut found);
    circumstances(&pair, &mut found);
    found.is_certain = is_certain(&pair, &found);
    Some(found)
}

/// Persons and organisations are never one; a program seldom is a human's.
fn kinds(pair: &Pair<'_>, found: &mut Comparison) -> Option<()> {
    let kinds = [pair.one.profile.kind, pair.other.profile.kind];
    if kinds.contains(&PartyKind::Person) && kinds.contains(&PartyKind::Organisation) {
        return None;
    }
    if kinds.contains(&PartyKind::Bot) && kinds != [PartyKind::Bot; 2] {
        found.add(EvidenceKind::Program, -4.0, "");
    }
    if pair.one.profile.platform == pair.other.profile.platform {
        found.add(EvidenceKind::SamePlatform, -5.0, "");
    }
    Some(())
}

fn addresses(pair: &Pair<'_>, found: &mut Comparison) {
    let (one, other) = (pair.one, pair.other);
    let vouches = |who: &Feature<'_>, whom: &Feature<'_>| {
        who.vouched
            .iter()
            .find(|it| whom.pages.iter().any(|page| page == *it))
            .map(|it| (*it).to_owned())
    };
    let names = |who: &Feature<'_>, whom: &Feature<'_>| {
        who.links
            .iter()
            .find(|it| whom.pages.iter().any(|page| page == *it))
            .map(|it| (*it).to_owned())
    };
    if let Some(page) = vouches(one, other).or_else(|| vouches(other, one)) {
        // A page on two cards is a household's or a body's.
        let times = if 1.0 < pair.known.vouched(&page) { 40.0 } else { 1.0 };
        found.add(EvidenceKind::Vouched, pair.weight(&VOUCHED, times), &page);
        return;
    }
    match (names(one, other), names(other, one)) {
        (Some(page), Some(_)) => {
            found.add(EvidenceKind::MutualLink, pair.weight(&MUTUAL, 1.0), &page);
        }
        (Some(page), None) | (None, Some(page)) => {
            // What many name is an employer's or a club's page, seldom the page of one of them.
            let n_naming = pair.known.named(&page);
            let times = 1.0 + 16.0 * (n_naming - 1.0).max(0.0);
            found.add(EvidenceKind::Link, pair.weight(&LINK, times), &page);
        }
        (None, None) => {
            let both = one.links.iter().chain(&one.vouched);
            let mut both = both.filter(|it| other.links.contains(it) || other.vouched.contains(it));
            if let Some(page) = both.next() {
                let n_naming = pair.known.named(page) + pair.known.vouched(page);
                let times = 1.0 + 10.0 * (n_naming - 2.0).max(0.0);
                found.add(EvidenceKind::CommonLink, pair.weight(&COMMON_LINK, times), page);
            }
        }
    }
}

/// What is vouched for is an account of the other's platform, and not the other's.
fn other_page(pair: &Pair<'_>, found: &mut Comparison) {
    if found.has(&[EvidenceKind::Vouched]) {
        return;
    }
    let names_another = |who: &Feature<'_>, whom: &Feature<'_>| {
        let is_rival = |page: &&&str| whom.pages.iter().any(|own| are_rivals(page, own));
        who.vouched.iter().find(is_rival).map(|page| (*page).to_owned())
    };
    let (one, other) = (pair.one, pair.other);
    if let Some(page) = names_another(one, other).or_else(|| names_another(other, one)) {
        found.add(EvidenceKind::OtherPage, OTHER_PAGE, &page);
    }
}

/// Whether two addresses are of two accounts on one platform: they differ in the name at the end alone.
///
/// A number and a name may be two addresses of one account (`did:…`, `profile.php?id=…`), and so may `@ann` and `blog`.
fn are_rivals(one: &str, other: &str) -> bool {
    let (Some((one_place, one)), Some((other_place, other))) =
        (one.rsplit_once('/'), other.rsplit_once('/'))
    else {
        return false;
    };
    let shape = |name: &str| (name.starts_with('@'), name.starts_with("did:"), name.contains('?'));
    one_place == other_place && one != other && shape(one) == shape(other)
}

fn mails(pair: &Pair<'_>, found: &mut Comparison) {
    let (one, other) = (&pair.one.mails, &pair.other.mails);
    if let Some(mail) = one.iter().find(|mail| other.contains(mail)) {
        let n_holders = pair.known.mail(mail);
        let times = if is_office(mail) { 50.0 * n_holders } else { 1.0 + 30.0 * (n_holders - 1.0) };
        found.add(EvidenceKind::Mail, pair.weight(&MAIL, times), mail);
        return;
    }
    let domain = |mail: &&str| own_domain(mail).map(|(domain, _)| domain.to_owned());
    let shared = one
        .iter()
        .filter_map(domain)
        .find(|it| other.iter().filter_map(domain).any(|own| own == *it));
    if let Some(domain) = shared {
        found.add(EvidenceKind::Colleagues, -4.0, &domain);
    }
}

fn circumstances(pair: &Pair<'_>, found: &mut Comparison) {
    let (one, other) = (pair.one, pair.other);
    let common = |a: &[String], b: &[String]| a.iter().find(|it| b.contains(it)).cloned();
    if let Some(name) = common(&one.organisations, &other.organisations) {
        let bits = (0.5 / pair.known.organisation(&name)).log2();
        found.add(EvidenceKind::Organisation, bits, &name);
    } else if !one.organisations.is_empty() && !other.organisations.is_empty() {
        found.add(EvidenceKind::OtherOrganisation, -1.0, "");
    }
    if let Some(name) = common(&one.places, &other.places) {
        found.add(EvidenceKind::Place, (0.7 / pair.known.place(&name)).log2(), &name);
    } else if !one.places.is_empty() && !other.places.is_empty() {
        found.add(EvidenceKind::OtherPlace, -1.5, "");
    }
    mutuals(pair, found);
}

/// Common neighbours: if both were strangers they would share one as often as two draws from all neighbours meet.
fn mutuals(pair: &Pair<'_>, found: &mut Comparison) {
    let (one, other) = (pair.one.profile.neighbours, pair.other.profile.neighbours);
    let n_common = one.iter().filter(|it| other.binary_search(it).is_ok()).count();
    if n_common == 0 {
        return;
    }
    let by_chance = to_f64(one.len()) * to_f64(other.len()) / pair.known.n_neighbours.max(1.0);
    // Friends share neighbours too, so common ones never say more than a few bits.
    let bits = (0.5 * to_f64(n_common) * (1.0 / by_chance).log2()).clamp(0.0, 5.0);
    found.add(EvidenceKind::Mutuals, bits, &n_common.to_string());
}

/// Whether nobody needs to be asked: somebody vouches for the pair, or each profile names the other, and what else is
/// known agrees.
fn is_certain(pair: &Pair<'_>, found: &Comparison) -> bool {
    use EvidenceKind as Kind;
    let speaks_against = found.has(&[
        Kind::OtherName,
        Kind::OtherPage,
        Kind::SamePlatform,
        Kind::Program,
        Kind::Colleagues,
    ]);
    let agrees = found.has(&[
        Kind::Name,
        Kind::Nickname,
        Kind::Initial,
        Kind::GivenName,
        Kind::Handle,
        Kind::SimilarHandle,
        Kind::HandleOfName,
        Kind::Mail,
    ]);
    let is_only_one = |page: &str| pair.known.vouched(page) <= 1.0;
    let is_vouched = found
        .evidence
        .iter()
        .any(|evidence| evidence.kind == Kind::Vouched && is_only_one(&evidence.shared));
    !speaks_against && agrees && (is_vouched || found.has(&[Kind::MutualLink]))
}
