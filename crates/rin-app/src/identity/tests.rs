//! Is a proposal shown as surely as it is, and no more?

use rin_core::PlatformId;

use super::*;

/// Returns the proposal for two accounts of one name and mail among a hundred others, if one says that `fact` too.
fn proposed(fact: Fact<'_>) -> SamePerson {
    let mail = Fact { kind: FactKind::Mail, text: "xaver.quandt@gmx.de" };
    let page = Fact { kind: FactKind::Page, text: "a.example/@quandt" };
    let (one, other) = ([mail, fact], [mail, page]);
    let names: Vec<String> = (0..100).map(|n| format!("Given{n} Family{n}")).collect();
    let profile = |number: u32, platform: u8, name, facts| Profile {
        account: AccountId::new(number),
        party: PartyId::new(number),
        platform: PlatformId::new(platform),
        handle: "",
        name,
        kind: PartyKind::Unknown,
        facts,
        neighbours: &[],
    };
    let mut profiles = vec![
        profile(100, 0, "Xaver Quandt", &one[..]),
        profile(101, 1, "Xaver Quandt", &other[..]),
    ];
    profiles.extend((0..).zip(&names).map(|(number, name)| profile(number, 0, name, &[])));
    let apart = BTreeSet::new();
    let mut found =
        same_persons(&IdentityRequest { profiles: &profiles, apart: &apart, least: 0.5 });
    assert_eq!(found.len(), 1);
    found.remove(0)
}

#[test]
fn only_what_is_certain_is_shown_as_such() {
    let question = proposed(Fact { kind: FactKind::Place, text: "Bonn" });
    assert!(!question.is_certain && 0.999 < question.probability);
    assert_eq!(Lang::chance(shown(&question)), "99 %");
    let certain = proposed(Fact { kind: FactKind::Vouched, text: "a.example/@quandt" });
    assert!(certain.is_certain);
    assert_eq!(Lang::chance(shown(&certain)), "> 99 %");
}
