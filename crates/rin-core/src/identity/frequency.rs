//! How frequent names, handles, addresses and places are in the user's own network.
//!
//! A word of a name is counted once for each different name it stands in, not once for each account: the same human on
//! four platforms does not make the name frequent.

use std::collections::{BTreeSet, HashMap};

use super::feature::Feature;
use crate::{PartyId, PlatformId};

/// How often each thing occurs.
#[derive(Debug, Default)]
pub(super) struct Frequencies<'f> {
    /// Different names a word stands in as given or only name.
    given: HashMap<&'f str, f64>,
    /// Different names a word stands in as family name.
    family: HashMap<&'f str, f64>,
    /// Different names whose given name begins with a letter.
    initials: HashMap<char, f64>,
    n_names: f64,
    /// The most accounts of one platform whose handles differ in digits at their ends only.
    stems: HashMap<&'f str, f64>,
    /// The most accounts of one platform that show a mail address.
    mails: HashMap<&'f str, f64>,
    /// Accounts that name an address.
    named: HashMap<&'f str, f64>,
    /// Accounts of one platform that somebody's card vouches to have an address.
    vouched: HashMap<&'f str, f64>,
    organisations: HashMap<&'f str, f64>,
    n_organisations: f64,
    places: HashMap<&'f str, f64>,
    n_places: f64,
    platforms: HashMap<PlatformId, f64>,
    pub(super) n_neighbours: f64,
}

impl<'f> Frequencies<'f> {
    pub(super) fn count(features: &'f [Feature<'_>]) -> Self {
        let mut all = Self::default();
        all.count_names(features);
        let (mut shown, mut handled) = (HashMap::new(), HashMap::new());
        let mut neighbours: BTreeSet<PartyId> = BTreeSet::new();
        for feature in features {
            let platform = feature.profile.platform;
            *all.platforms.entry(platform).or_default() += 1.0;
            most_of_one(&mut all.stems, &mut handled, &feature.stem, platform);
            for mail in &feature.mails {
                most_of_one(&mut all.mails, &mut shown, mail, platform);
            }
            add(&mut all.named, feature.links.iter().copied());
            add(&mut all.vouched, feature.vouched.iter().copied());
            add(&mut all.organisations, feature.organisations.iter().map(String::as_str));
            all.n_organisations += f64::from(u8::from(!feature.organisations.is_empty()));
            add(&mut all.places, feature.places.iter().map(String::as_str));
            all.n_places += f64::from(u8::from(!feature.places.is_empty()));
            neighbours.extend(feature.profile.neighbours);
        }
        all.n_neighbours = to_f64(neighbours.len());
        all
    }

    fn count_names(&mut self, features: &'f [Feature<'_>]) {
        let names: BTreeSet<&[String]> =
            features.iter().map(|it| it.words.as_slice()).filter(|it| !it.is_empty()).collect();
        for name in &names {
            let letter = name.first().and_then(|word| word.chars().next());
            *self.initials.entry(letter.unwrap_or(' ')).or_default() += 1.0;
            if let [given, .., family] = name {
                add(&mut self.family, [family.as_str()]);
                add(&mut self.given, [given.as_str()]);
            } else {
                add(&mut self.given, name.iter().map(String::as_str));
            }
        }
        self.n_names = to_f64(names.len());
    }

    /// Returns the share of names with that given name. What occurs once may occur in nobody else, so half is added.
    pub(super) fn given(&self, word: &str) -> f64 {
        self.share(&self.given, word, self.n_names)
    }

    /// Returns the share of names with that family name.
    pub(super) fn family(&self, word: &str) -> f64 {
        self.share(&self.family, word, self.n_names)
    }

    /// Returns the share of names whose given name begins like that word.
    pub(super) fn initial(&self, word: &str) -> f64 {
        let letter = word.chars().next().unwrap_or(' ');
        (self.initials.get(&letter).copied().unwrap_or_default() + 0.5) / (self.n_names + 1.0)
    }

    /// Whether any name has that word.
    pub(super) fn is_name(&self, word: &str) -> bool {
        self.given.contains_key(word) || self.family.contains_key(word)
    }

    pub(super) fn organisation(&self, name: &str) -> f64 {
        self.share(&self.organisations, name, self.n_organisations)
    }

    pub(super) fn place(&self, name: &str) -> f64 {
        self.share(&self.places, name, self.n_places)
    }

    /// Returns the most accounts of one platform that have that handle or one that differs in digits at its end.
    pub(super) fn stem(&self, stem: &str) -> f64 {
        self.stems.get(stem).copied().unwrap_or_default()
    }

    /// Returns the most accounts of one platform that show a mail address.
    pub(super) fn mail(&self, mail: &str) -> f64 {
        self.mails.get(mail).copied().unwrap_or_default()
    }

    /// Returns how many profiles name an address.
    pub(super) fn named(&self, address: &str) -> f64 {
        self.named.get(address).copied().unwrap_or_default()
    }

    /// Returns for how many accounts somebody vouches that an address is theirs.
    pub(super) fn vouched(&self, address: &str) -> f64 {
        self.vouched.get(address).copied().unwrap_or_default()
    }

    /// Returns how many accounts a platform has, at least one.
    pub(super) fn platform(&self, platform: PlatformId) -> f64 {
        self.platforms.get(&platform).copied().unwrap_or(1.0)
    }

    #[expect(clippy::unused_self, reason = "all shares are asked of one place")]
    fn share(&self, counts: &HashMap<&str, f64>, word: &str, all: f64) -> f64 {
        (counts.get(word).copied().unwrap_or_default() + 0.5) / (all + 1.0)
    }
}

/// Counts a thing on its platform, and keeps the most of all platforms.
fn most_of_one<'f>(
    most: &mut HashMap<&'f str, f64>,
    each: &mut HashMap<(&'f str, PlatformId), f64>,
    thing: &'f str,
    platform: PlatformId,
) {
    let here = each.entry((thing, platform)).or_default();
    *here += 1.0;
    let most = most.entry(thing).or_default();
    *most = most.max(*here);
}

fn add<'f>(counts: &mut HashMap<&'f str, f64>, words: impl IntoIterator<Item = &'f str>) {
    for word in words {
        *counts.entry(word).or_default() += 1.0;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count stays far below 2^53")]
pub(super) fn to_f64(n: usize) -> f64 {
    n as f64
}
