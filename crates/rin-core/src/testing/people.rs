//! A made-up humanity on six platforms, whose truth is known: who is who is what a recogniser has to find out.
//!
//! It was written from the list of what makes people hard to recognise (nicknames, umlauts, changed handles, namesakes,
//! shared mail domains), before the recogniser and without a look at it. Every habit is a share that stands in
//! [`PeopleWorld`]'s documentation; where a study counted it, that count is used: 59 % keep one handle wherever they go
//! (Zafarani and Liu 2013, "Connecting users across social media sites", KDD).

mod names;
mod score;

use std::{collections::BTreeSet, fmt::Write as _};

use self::names::{
    BODIES, FAMILY, FAMILY_PARTS, FANCY, GIVEN, PLAIN, TOWNS, family_name, given_name, plain, spell,
};
pub use self::score::PeopleScore;
use super::Random;
use crate::{AccountId, FactKind, PartyId, PartyKind, PlatformId, normal_fact};

/// Shares of those who are on each platform: mail, a business network, three open ones, a code host.
const PRESENT: [f64; 6] = [0.75, 0.55, 0.45, 0.35, 0.45, 0.3];
/// The platform of mail addresses.
const MAIL: u8 = 0;
/// The platform where people stand with their full names and employers.
const BUSINESS: u8 = 1;
/// The platform of programmers.
const CODE: u8 = 5;
/// Hosts of pages, by platform; an address of mail has none.
const HOSTS: [&str; 6] =
    ["", "business.example/in", "open.example", "blue.example", "x.example", "code.example"];
/// Providers of mail that anybody may use.
const FREE_MAIL: [&str; 4] = ["gmail.com", "gmx.de", "web.de", "outlook.com"];

/// What one account of the world shows.
#[derive(Clone, PartialEq, Debug)]
pub struct PeopleAccount {
    /// Its number, counted from 0.
    pub account: AccountId,
    /// Where.
    pub platform: PlatformId,
    /// Its handle; empty for none.
    pub handle: String,
    /// The name shown; empty for none.
    pub name: String,
    /// Person or organisation, where the platform says.
    pub kind: PartyKind,
    /// What its profile, or the user's card, says.
    pub facts: Vec<(FactKind, String)>,
    /// Parties known to be in contact with it.
    pub neighbours: Vec<PartyId>,
}

/// Humans and bodies, their accounts, and who is who.
///
/// Platforms: mail (75 % of humans), business network (55 %), three open networks (45, 35, 45 %), code host (30 %); who
/// would be on none has mail. 1 human in 20 is a namesake of an earlier one by intent, more are by chance: given and
/// family names are as frequent as in a country (the first ones have 3 % and 0.9 %). 1 body for 20 humans has accounts of its own on three platforms.
///
/// * Names shown: on mail and the business network the full name (6 % there under a nickname, 4 % shortened to an
///   initial); elsewhere 60 % full, 15 % nickname and family name, 8 % given name alone, 5 % initial, 12 % a fancy word.
///   A third of all umlauts is written ae or without dots; 5 % carry a title, a sign or a place behind the name.
/// * Handles: everybody has one habit, made of the name or a fancy word; on each platform 59 % keep to it, 21 % vary it
///   (a digit, an underscore, a year), 20 % have another one, as after a change.
/// * Mail: half of those with an employer write from its domain, which colleagues share; 3 % of addresses are a body's
///   `info@` and stand on several people's accounts.
/// * Facts: a code host shows mail (25 %), home page (40 %) and employer (40 %); open networks name another page of the
///   same human (35 %), somebody else's page (2 %) or the employer's (6 %); the business
///   network shows mail (10 %), employer (80 %) and town (60 %); the user's cards in mail hold a page or two (15 %), the
///   employer (30 %), and 1 % of cards are a household's, with somebody else's page too.
/// * Neighbours: a quarter of the accounts on open networks is seen with 2 to 6 of the same human's circle.
///
/// # Example
/// ```
/// use rin_core::testing::people_world;
///
/// let world = people_world(200, 7);
/// assert_eq!(world.accounts.len(), world.truth.len());
/// assert_eq!(people_world(200, 7), world);
/// ```
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PeopleWorld {
    /// The accounts.
    pub accounts: Vec<PeopleAccount>,
    /// Whose each is, by a number for each human and body.
    pub truth: Vec<usize>,
}

/// Draws a world of so many humans, and one body for twenty of them.
pub fn people_world(humans: usize, seed: u64) -> PeopleWorld {
    let mut maker = Maker {
        random: Random::new(seed),
        world: PeopleWorld::default(),
        n_bodies: (humans / 20).max(1),
        taken: BTreeSet::new(),
    };
    let mut born: Vec<Human> = Vec::with_capacity(humans);
    for number in 0..humans {
        let human = maker.human(number, &born);
        born.push(human);
    }
    for human in &born {
        maker.settle(human, &born);
    }
    for body in 0..maker.n_bodies {
        maker.body(body, humans);
    }
    for account in &mut maker.world.accounts {
        for (kind, text) in &mut account.facts {
            *text = normal_fact(*kind, text).unwrap_or_default();
        }
        account.facts.sort_unstable();
        account.facts.dedup();
    }
    maker.world
}

/// One human, as friends know them.
struct Human {
    number: usize,
    given: usize,
    family: usize,
    /// The handle they would like everywhere.
    habit: String,
    employer: Option<usize>,
    town: usize,
    present: [bool; 6],
    handles: [String; 6],
}

struct Maker {
    random: Random,
    world: PeopleWorld,
    n_bodies: usize,
    /// Handles by platform: no platform gives one twice.
    taken: BTreeSet<(u8, String)>,
}

impl Maker {
    fn chance(&mut self, share: f64) -> bool {
        self.random.unit() < share
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.random.below(end as u64)).unwrap_or_default()
    }

    /// Draws a position of a list whose first entries are the frequent ones: as `x` to the power -0.3.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a short list"
    )]
    fn frequent(&mut self, len: usize) -> usize {
        let share = libm::pow(self.random.unit(), 1.4);
        ((share * len as f64) as usize).min(len.saturating_sub(1))
    }

    /// Draws a given name: the most frequent has 3 %, as in a mixed crowd of a country.
    fn given(&mut self) -> usize {
        if self.chance(0.55) {
            self.frequent(GIVEN.len())
        } else {
            GIVEN.len() + self.below(PLAIN.len())
        }
    }

    /// Draws a family name: the most frequent has 0.9 %, as Müller has in Germany.
    fn family(&mut self) -> usize {
        let (fronts, ends) = FAMILY_PARTS;
        let n_put_together = fronts.len() * ends.len();
        if self.chance(0.3) {
            self.frequent(FAMILY.len())
        } else {
            FAMILY.len() + self.below(n_put_together)
        }
    }

    fn human(&mut self, number: usize, born: &[Human]) -> Human {
        let mut given = self.given();
        let mut family = self.family();
        if self.chance(0.05) && !born.is_empty() {
            let other = self.below(born.len());
            (given, family) = born.get(other).map_or((given, family), |it| (it.given, it.family));
        }
        let employer = self.chance(0.7).then(|| self.below(self.n_bodies));
        let mut present = PRESENT.map(|share| self.chance(share));
        if !present.contains(&true) {
            present = [true, false, false, false, false, false];
        }
        let town = self.below(TOWNS.len());
        let habit = self.habit(given, family);
        let handles = [0, 1, 2, 3, 4, 5].map(|platform| {
            let handle = self.handle(&habit, given, family);
            self.free(platform, handle)
        });
        Human { number, given, family, habit, employer, town, present, handles }
    }

    fn habit(&mut self, given: usize, family: usize) -> String {
        let (given, family) = (plain(given_name(given)), plain(&family_name(family)));
        let initial: String = given.chars().take(1).collect();
        match self.below(8) {
            0 | 1 => format!("{given}{family}"),
            2 => format!("{given}_{family}"),
            3 => format!("{initial}{family}"),
            4 => format!("{given}{}", self.below(100)),
            5 => format!("{family}{initial}"),
            _ => {
                let word = FANCY.get(self.below(FANCY.len())).copied().unwrap_or_default();
                if self.chance(0.5) {
                    format!("{word}{}", self.below(100))
                } else {
                    let other = FANCY.get(self.below(FANCY.len())).copied().unwrap_or_default();
                    format!("{word}_{other}")
                }
            }
        }
    }

    fn handle(&mut self, habit: &str, given: usize, family: usize) -> String {
        let share = self.random.unit();
        if share < 0.59 {
            return habit.to_owned();
        }
        if share < 0.8 {
            return match self.below(4) {
                0 => format!("{habit}{}", self.below(10)),
                1 => format!("{habit}_"),
                2 => format!("{habit}{}", 1960 + self.below(50)),
                _ => habit.replace('_', ""),
            };
        }
        self.habit(given, family)
    }

    /// Returns the handle, with a number behind it if somebody has it.
    fn free(&mut self, platform: u8, mut handle: String) -> String {
        while !self.taken.insert((platform, handle.clone())) {
            let _ = write!(handle, "{}", self.below(10));
        }
        handle
    }

    fn settle(&mut self, human: &Human, born: &[Human]) {
        for platform in 0..6_u8 {
            if human.present.get(usize::from(platform)) == Some(&true) {
                let account = self.account(human, platform, born);
                self.world.truth.push(human.number);
                self.world.accounts.push(account);
            }
        }
    }

    fn account(&mut self, human: &Human, platform: u8, born: &[Human]) -> PeopleAccount {
        let handle = human.handles.get(usize::from(platform)).cloned().unwrap_or_default();
        let mut account = PeopleAccount {
            account: AccountId::new(u32::try_from(self.world.accounts.len()).unwrap_or(u32::MAX)),
            platform: PlatformId::new(platform),
            name: self.shown(human, platform),
            handle,
            kind: PartyKind::Unknown,
            facts: Vec::new(),
            neighbours: Vec::new(),
        };
        match platform {
            MAIL => self.card(human, born, &mut account),
            BUSINESS => self.business(human, &mut account),
            CODE => self.code(human, &mut account),
            _ => self.open(human, born, platform, &mut account),
        }
        account
    }

    fn shown(&mut self, human: &Human, platform: u8) -> String {
        let given = given_name(human.given);
        let short = GIVEN.get(human.given).map_or(&[][..], |(_, short)| *short);
        let family = family_name(human.family);
        let nickname = match short.len() {
            0 => given,
            n => short.get(self.below(n)).copied().unwrap_or(given),
        };
        let initial: String = given.chars().take(1).collect();
        let share = self.random.unit();
        let is_formal = platform <= BUSINESS;
        let name = match share {
            share if is_formal && share < 0.9 || share < 0.6 => format!("{given} {family}"),
            share if is_formal && share < 0.96 || !is_formal && share < 0.75 => {
                format!("{nickname} {family}")
            }
            share if !is_formal && share < 0.83 => given.to_owned(),
            share if is_formal || share < 0.88 => format!("{initial}. {family}"),
            _ => human.habit.trim_end_matches(|end: char| end.is_ascii_digit()).to_owned(),
        };
        let name = match self.below(6) {
            0 => spell(&name, true),
            1 => spell(&name, false),
            _ => name,
        };
        match self.below(60) {
            0 => format!("Dr. {name}"),
            1 => format!("{name} 🌻"),
            2 => format!("{name} ({})", TOWNS.get(human.town).copied().unwrap_or_default()),
            _ => name,
        }
    }

    /// The address of a human, and what stands on the user's card of them.
    fn card(&mut self, human: &Human, born: &[Human], account: &mut PeopleAccount) {
        let address = self.address(human);
        account.facts.push((FactKind::Mail, address.clone()));
        account.handle = address;
        if self.chance(0.15) {
            for page in Self::pages(human, MAIL).into_iter().take(2) {
                account.facts.push((FactKind::Vouched, page));
            }
        }
        if self.chance(0.01) {
            let other = self.below(born.len());
            let pages = born.get(other).map(|other| Self::pages(other, MAIL)).unwrap_or_default();
            let page = pages.into_iter().next();
            account.facts.extend(page.map(|page| (FactKind::Vouched, page)));
        }
        self.employer(human, 0.3, account);
    }

    fn business(&mut self, human: &Human, account: &mut PeopleAccount) {
        account.kind = PartyKind::Person;
        let slug = format!("{}-{:x}", account.handle, self.below(1 << 20));
        account.facts.push((FactKind::Page, format!("https://{}/{slug}", HOSTS[1])));
        account.handle = slug;
        if self.chance(0.1) {
            account.facts.push((FactKind::Mail, self.address(human)));
        }
        self.employer(human, 0.8, account);
        if self.chance(0.6) {
            let town = TOWNS.get(human.town).copied().unwrap_or_default();
            account.facts.push((FactKind::Place, town.to_owned()));
        }
    }

    fn code(&mut self, human: &Human, account: &mut PeopleAccount) {
        account.facts.push((FactKind::Page, page(human, CODE)));
        if self.chance(0.25) {
            account.facts.push((FactKind::Mail, self.address(human)));
        }
        if self.chance(0.4) {
            let pages = Self::pages(human, CODE);
            account.facts.extend(pages.into_iter().next().map(|page| (FactKind::Link, page)));
        }
        self.employer(human, 0.4, account);
    }

    fn open(&mut self, human: &Human, born: &[Human], platform: u8, account: &mut PeopleAccount) {
        account.facts.push((FactKind::Page, page(human, platform)));
        if self.chance(0.35) {
            let pages = Self::pages(human, platform);
            let which = self.below(2).min(pages.len().saturating_sub(1));
            account.facts.extend(pages.into_iter().nth(which).map(|it| (FactKind::Link, it)));
        }
        if self.chance(0.02) {
            let other = self.below(born.len());
            let theirs = born.get(other).map(|it| Self::pages(it, MAIL)).unwrap_or_default();
            account.facts.extend(theirs.into_iter().next().map(|it| (FactKind::Link, it)));
        }
        if let Some(body) = human.employer.filter(|_| self.random.unit() < 0.06) {
            account.facts.push((FactKind::Link, body_page(body, platform)));
        }
        if self.chance(0.25) {
            // A circle is of the same few people everywhere.
            let first = human.number * 10;
            for _ in 0..2 + self.below(5) {
                let party = u32::try_from(first + self.below(10)).unwrap_or_default();
                account.neighbours.push(PartyId::new(party));
            }
            account.neighbours.sort_unstable();
            account.neighbours.dedup();
        }
    }

    fn employer(&mut self, human: &Human, share: f64, account: &mut PeopleAccount) {
        if let Some(body) = human.employer.filter(|_| self.random.unit() < share) {
            let name = body_name(body);
            let name = if self.chance(0.3) { format!("{name} GmbH") } else { name };
            account.facts.push((FactKind::Organisation, name));
        }
    }

    /// An address of a human: the same one most of the time.
    fn address(&mut self, human: &Human) -> String {
        if let Some(body) = human.employer {
            let domain = domain(body);
            if self.chance(0.03) {
                return format!("info@{domain}");
            }
            if human.number.is_multiple_of(2) {
                let (given, family) = (given_name(human.given), family_name(human.family));
                return format!("{}.{}.{}@{domain}", plain(given), plain(&family), human.number);
            }
        }
        let provider = FREE_MAIL.get(human.number % FREE_MAIL.len()).copied().unwrap_or_default();
        let habit = &human.habit;
        if self.chance(0.15) {
            return format!("{habit}{}@{provider}", self.below(100));
        }
        format!("{habit}.{}@{provider}", human.number)
    }

    /// The pages a human has beside that platform's, the open networks' first.
    fn pages(human: &Human, but: u8) -> Vec<String> {
        let is_there = |platform: u8| human.present.get(usize::from(platform)) == Some(&true);
        let platforms = (2..6_u8).filter(|platform| *platform != but && is_there(*platform));
        platforms.map(|platform| page(human, platform)).collect()
    }

    fn body(&mut self, body: usize, humans: usize) {
        for platform in [2_u8, 3, 4] {
            let name = body_name(body);
            let mut account = PeopleAccount {
                account: AccountId::new(
                    u32::try_from(self.world.accounts.len()).unwrap_or(u32::MAX),
                ),
                platform: PlatformId::new(platform),
                handle: self.free(platform, plain(&name)),
                kind: if self.chance(0.5) { PartyKind::Organisation } else { PartyKind::Unknown },
                name,
                facts: Vec::new(),
                neighbours: Vec::new(),
            };
            account.facts.push((FactKind::Page, body_page(body, platform)));
            account.facts.push((FactKind::Link, format!("https://{}/", domain(body))));
            self.world.truth.push(humans + body);
            self.world.accounts.push(account);
        }
    }
}

/// The page of a human.
fn page(human: &Human, platform: u8) -> String {
    let host = HOSTS.get(usize::from(platform)).copied().unwrap_or_default();
    let handle = human.handles.get(usize::from(platform)).map_or("", String::as_str);
    format!("https://{host}/@{handle}")
}

fn body_name(body: usize) -> String {
    let kind = BODIES.get(body % BODIES.len()).copied().unwrap_or_default();
    let town = TOWNS.get(body / BODIES.len() % TOWNS.len()).copied().unwrap_or_default();
    format!("{kind} {town}")
}

fn body_page(body: usize, platform: u8) -> String {
    let host = HOSTS.get(usize::from(platform)).copied().unwrap_or_default();
    format!("https://{host}/@the-{}", plain(&body_name(body)))
}

fn domain(body: usize) -> String {
    format!("{}.example", plain(&body_name(body)))
}
