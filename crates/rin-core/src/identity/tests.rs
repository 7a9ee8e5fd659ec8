//! Small cases by hand, the laws, and the goals on a made-up humanity.

use proptest::prelude::{any, prop, proptest};

use super::*;
use crate::testing::{Random, people_world};

/// An account in one line: `platform | handle | name | facts`, with facts as a reader reports them, apart by `;`.
fn found(lines: &[&str], least: f64) -> Vec<(u32, u32, bool, Vec<EvidenceKind>)> {
    let told: Vec<Vec<(FactKind, String)>> = lines
        .iter()
        .map(|line| {
            let said = line.split('|').nth(3).unwrap().replace(';', "\n");
            facts(&said)
                .map(|fact| (fact.kind, normal_fact(fact.kind, fact.text).unwrap()))
                .collect()
        })
        .collect();
    let told: Vec<Vec<Fact<'_>>> = told
        .iter()
        .map(|told| told.iter().map(|(kind, text)| Fact { kind: *kind, text }).collect())
        .collect();
    let profiles: Vec<Profile<'_>> = (0_u32..)
        .zip(lines)
        .zip(&told)
        .map(|((number, line), facts)| {
            let part = |at: usize| line.split('|').nth(at).unwrap().trim();
            let is_body = facts.iter().any(|fact| fact.kind == FactKind::Role);
            Profile {
                account: AccountId::new(number),
                party: PartyId::new(number),
                platform: PlatformId::new(part(0).parse().unwrap()),
                handle: part(1),
                name: part(2),
                kind: if is_body { PartyKind::Organisation } else { PartyKind::Unknown },
                facts,
                neighbours: &[],
            }
        })
        .collect();
    same_persons(&IdentityRequest { profiles: &profiles, apart: &BTreeSet::new(), least })
        .into_iter()
        .map(|it| {
            let kinds = it.evidence.iter().map(|evidence| evidence.kind).collect();
            (it.a.get(), it.b.get(), it.is_certain, kinds)
        })
        .collect()
}

/// Returns who is proposed to be the same, and whether that is certain.
fn pairs(lines: &[&str]) -> Vec<(u32, u32, bool)> {
    found(lines, 0.2).into_iter().map(|(a, b, is_certain, _)| (a, b, is_certain)).collect()
}

#[test]
fn a_card_with_two_accounts_and_profiles_that_name_each_other_are_certain() {
    let card = [
        "0 | kathi@gmx.de | Katharina Müller | mail kathi@gmx.de;vouched https://a.example/@kathi",
        "1 | kathi | Kathi Mueller | page https://a.example/@kathi",
    ];
    assert_eq!(pairs(&card), [(0, 1, true)]);
    let mutual = [
        "0 | nachteule | Nachteule | page https://b.example/@n;link https://a.example/@nachteule",
        "1 | nachteule | K. M. | page https://a.example/@nachteule;link https://b.example/@n",
    ];
    assert_eq!(pairs(&mutual), [(0, 1, true)]);
}

#[test]
fn one_link_alone_is_a_proposal() {
    let one_way = [
        "0 | nachteule | Nachteule | link https://a.example/@kathi",
        "1 | kathi | Kathi Mueller | page https://a.example/@kathi",
    ];
    let found = found(&one_way, 0.2);
    assert_eq!(found.len(), 1);
    assert!(!found[0].2);
    assert!(found[0].3.contains(&EvidenceKind::Link));
}

#[test]
fn what_contradicts_a_card_makes_it_a_question() {
    // A household: one card, pages of two.
    let family = [
        "0 | ben@gmx.de | Ben Roth | vouched https://a.example/@ben;vouched https://a.example/@ann",
        "1 | ben | Ben Roth | page https://a.example/@ben",
        "1 | ann | Ann Roth | page https://a.example/@ann",
    ];
    assert!(pairs(&family).iter().all(|(a, b, is_certain)| (*a, *b) == (0, 1) || !is_certain));
    // Two cards with one page: it is somebody's else on one of them.
    let shared = [
        "0 | ben@gmx.de | Ben Roth | vouched https://a.example/@ben",
        "0 | roth@gmx.de | Ben Roth | vouched https://a.example/@ben",
        "1 | ben | Ben Roth | page https://a.example/@ben",
    ];
    assert!(pairs(&shared).iter().all(|(.., is_certain)| !is_certain));
    // Two accounts of one platform that name each other: it may have moved, or be a couple's.
    let moved = [
        "0 | ben | Ben Roth | page https://a.example/@ben;link https://b.example/@ben",
        "0 | ben | Ben Roth | page https://b.example/@ben;link https://a.example/@ben",
    ];
    assert!(pairs(&moved).iter().all(|(.., is_certain)| !is_certain));
}

#[test]
fn a_card_that_names_another_account_of_the_platform_counts_against_it() {
    let against = |card: &str, page: &str| {
        let lines = [
            &format!("0 | ben@gmx.de | Ben Roth | vouched https://{card}")[..],
            &format!("1 | benroth | Ben Roth | page https://{page}"),
        ];
        let found = found(&lines, 0.0);
        assert_eq!(found.len(), 1);
        found[0].3.contains(&EvidenceKind::OtherPage)
    };
    assert!(against("x.com/ben_r", "x.com/benroth"));
    assert!(against("a.example/@ben", "a.example/@benroth"));
    for (card, page) in [
        ("x.com/benroth", "x.com/benroth"),
        ("a.example/@ben", "b.example/@benroth"),
        ("a.example/blog", "a.example/@benroth"),
        ("a.example", "a.example/benroth"),
        ("linkedin.com/company/roth", "linkedin.com/in/benroth"),
        ("bsky.app/profile/did:plc:abc", "bsky.app/profile/ben.example"),
        ("facebook.com/profile.php?id=7", "facebook.com/benroth"),
    ] {
        assert!(!against(card, page), "{card} {page}");
    }
    // Each profile names the other, but a checked link leads to another account there.
    let checked = [
        "0 | nachteule | Nachteule | page https://b.example/@n;link https://a.example/@nachteule;vouched https://a.example/@n",
        "1 | nachteule | Nachteule | page https://a.example/@nachteule;link https://b.example/@n",
    ];
    assert_eq!(pairs(&checked), [(0, 1, false)]);
}

#[test]
fn colleagues_are_two() {
    let lines = [
        "0 | anna.roth@lichtwerk.example | Anna Roth | mail anna.roth@lichtwerk.example",
        "1 | anna.kuhn@lichtwerk.example | A. Kuhn | mail anna.kuhn@lichtwerk.example",
        "2 | info@lichtwerk.example | Jan Beck | mail info@lichtwerk.example",
        "3 | info@lichtwerk.example | Kim Vogt | mail info@lichtwerk.example",
    ];
    assert_eq!(pairs(&lines), []);
}

#[test]
fn a_rare_name_says_more_than_a_frequent_one() {
    let mut lines: Vec<String> =
        (0..40).map(|n| format!("{} | u{n}z | Anna Name{n} | ", n % 2)).collect();
    lines.extend((0..40).map(|n| format!("{} | v{n}z | Name{n} Schmidt | ", n % 2)));
    lines.push("0 | q1z | Anna Schmidt | ".to_owned());
    lines.push("1 | q2z | Anna Schmidt | ".to_owned());
    lines.push("0 | q3z | Xaver Quandt | ".to_owned());
    lines.push("1 | q4z | Xaver Quandt | ".to_owned());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let found = found(&lines, 0.5);
    let said: Vec<(u32, u32)> = found.iter().map(|(a, b, ..)| (*a, *b)).collect();
    assert!(said.contains(&(82, 83)), "{said:?}");
    assert!(!said.contains(&(80, 81)), "{said:?}");
}

#[test]
fn persons_and_organisations_are_never_one() {
    let lines = [
        "0 | lichtwerk | Lichtwerk | role body;page https://a.example/@l;link https://b.example/@l",
        "1 | lichtwerk | Lichtwerk | role body;page https://b.example/@l;link https://a.example/@l",
    ];
    assert_eq!(pairs(&lines), [(0, 1, true)]);
    let kinds = [PartyKind::Person, PartyKind::Organisation];
    let page = [Fact { kind: FactKind::Page, text: "a.example/@l" }];
    let card = [Fact { kind: FactKind::Vouched, text: "a.example/@l" }];
    let profiles = [0_u32, 1].map(|number| Profile {
        account: AccountId::new(number),
        party: PartyId::new(number),
        platform: PlatformId::new(u8::try_from(number).unwrap()),
        handle: "lichtwerk",
        name: "Lichtwerk",
        kind: kinds[number as usize],
        facts: if number == 0 { &page } else { &card },
        neighbours: &[],
    });
    let apart = BTreeSet::new();
    assert_eq!(
        same_persons(&IdentityRequest { profiles: &profiles, apart: &apart, least: 0.0 }),
        []
    );
}

#[test]
fn who_was_said_to_be_two_is_never_proposed_again() {
    let world = people_world(60, 5);
    let facts = world.facts();
    let profiles = world.profiles(&facts);
    let none = BTreeSet::new();
    let ask = |apart| same_persons(&IdentityRequest { profiles: &profiles, apart, least: 0.2 });
    let before = ask(&none);
    let first = &before[0];
    let apart = BTreeSet::from([(first.a, first.b)]);
    assert!(ask(&apart).iter().all(|pair| (pair.a, pair.b) != (first.a, first.b)));
}

#[test]
fn the_order_of_accounts_does_not_matter() {
    let world = people_world(150, 3);
    let facts = world.facts();
    let mut profiles = world.profiles(&facts);
    let apart = BTreeSet::new();
    let before = same_persons(&IdentityRequest { profiles: &profiles, apart: &apart, least: 0.2 });
    let mut random = Random::new(1);
    for last in (1..profiles.len()).rev() {
        profiles.swap(last, usize::try_from(random.below(last as u64 + 1)).unwrap());
    }
    let after = same_persons(&IdentityRequest { profiles: &profiles, apart: &apart, least: 0.2 });
    let said = |found: &[SamePerson]| -> Vec<(AccountId, AccountId, bool)> {
        let mut said: Vec<_> = found.iter().map(|it| (it.a, it.b, it.is_certain)).collect();
        said.sort_unstable();
        said
    };
    assert!(!before.is_empty());
    assert_eq!(said(&before), said(&after));
}

#[test]
fn the_goals_hold_in_a_small_world() {
    let score = people_world(500, 77).score(SUGGESTED);
    let (joined, right) = score.certain;
    assert_eq!(joined, right);
    assert!(score.true_pairs / 20 < joined, "{score:?}");
    let (joined, right) = score.proposed;
    assert!(0.9 * frequency::to_f64(joined) <= frequency::to_f64(right), "{score:?}");
    assert!(0.95 * frequency::to_f64(score.true_pairs) <= frequency::to_f64(right), "{score:?}");
}

proptest! {
    #[test]
    fn groups_do_not_depend_on_the_order_of_words(
        mut words in prop::collection::vec((0..12_u32, 0..12_u32), 0..12),
        by in any::<prop::sample::Index>(),
    ) {
        let groups = |words: &[(u32, u32)]| {
            PartyGroups::new(words.iter().map(|(a, b)| (PartyId::new(*a), PartyId::new(*b))))
        };
        let before = groups(&words);
        if !words.is_empty() {
            let by = by.index(words.len());
            words.rotate_left(by);
        }
        assert_eq!(groups(&words), before);
        for party in (0..12).map(PartyId::new) {
            let members = before.members(party);
            assert!(members.contains(&party));
            assert_eq!(members[0], before.stands_for(party));
            assert!(members.iter().all(|member| before.stands_for(*member) == members[0]));
        }
    }
}
