//! Cards: by what they are known, and what joins them or must not.

use super::*;

fn book(cards: &[&str]) -> MemorySource {
    let cards: Vec<String> =
        cards.iter().map(|card| format!("BEGIN:VCARD\nVERSION:3.0\n{card}\nEND:VCARD\n")).collect();
    let text = cards.concat();
    MemorySource::new().at(NOW).with_file("contacts.vcf", text.as_bytes())
}

#[test]
fn a_card_is_known_by_its_address_and_joined_with_its_others() {
    let recorder = read_with(
        &book(&[
            "FN:Ann\nEMAIL:ann@a.example\nEMAIL:ann@b.example\nUID:7\nORG:Club;Board\nREV:2024-05-01T10:00:00Z",
        ]),
        "m@a.example",
    );
    assert_eq!(ties(&recorder, "contact"), ["m@a.example -> ann@a.example"]);
    assert_eq!(ties(&recorder, "member"), ["ann@a.example -> organisation:club"]);
    assert!(recorder.of("contact").all(|line| line.contains("start=<=1714557600000")));
    let aliases = recorder.of("account").filter(|line| line.contains("ann@b.example")).count();
    assert_eq!(aliases, 1);
    check_coverage(&recorder, "until=1714557600000");
}

#[test]
fn an_address_that_several_have_joins_nobody() {
    let recorder = read_with(
        &book(&[
            "FN:Ann\nEMAIL:family@a.example\nEMAIL:ann@a.example",
            "FN:Ben\nEMAIL:family@a.example\nTEL:+49 123 4567",
            "FN:Cy\nEMAIL:family@a.example",
        ]),
        "m@a.example",
    );
    let expected = ["ann@a.example", "tel:+491234567", "name:cy"];
    assert_eq!(ties(&recorder, "contact"), expected.map(|id| format!("m@a.example -> {id}")));
    assert!(recorder.of("account").all(|line| !line.contains("family@")));
    check_finding(&recorder, "shared-address note contacts.vcf:1 ×3");
}

#[test]
fn the_same_card_in_two_files_is_one_contact() {
    let card = "BEGIN:VCARD\nFN:Ann\nEMAIL:ann@a.example\nEND:VCARD\n";
    let source = MemorySource::new()
        .at(NOW)
        .with_file("All Contacts.vcf", card.as_bytes())
        .with_file("My Contacts.vcf", card.as_bytes());
    let recorder = read_with(&source, "m@a.example");
    let mut contacts: Vec<&str> = recorder.of("contact").collect();
    contacts.dedup();
    assert_eq!(contacts.len(), 1);
    assert_eq!(recorder.of("account").count(), 2);
    assert!(findings(&recorder).iter().all(|line| !line.starts_with("shared-address")));
}

#[test]
fn own_groups_and_empty_cards_are_told() {
    let recorder = read_with(
        &book(&[
            "FN:Mara\nEMAIL:M@a.example",
            "KIND:group\nFN:Friends\nMEMBER:mailto:ann@a.example",
            "FN:\nNOTE:x",
            "FN:Shop\nX-ABShowAs:COMPANY\nEMAIL:shop@a.example",
        ]),
        "m@a.example",
    );
    assert_eq!(ties(&recorder, "contact"), ["m@a.example -> shop@a.example"]);
    for code in ["own-card note", "group-card note", "empty-card warning"] {
        check_finding(&recorder, code);
    }
}

#[test]
fn relations_and_profiles_on_other_platforms_are_kept_or_counted() {
    let recorder = read_with(
        &book(&[
            "FN:Ann\nEMAIL:ann@a.example\nRELATED;TYPE=friend:mailto:ben@a.example\nRELATED;VALUE=text:Cy\nX-SOCIALPROFILE;type=twitter:https://twitter.com/ann\nSOCIALPROFILE:https://a.example/@ann\nIMPP:xmpp:ann@a.example",
        ]),
        "m@a.example",
    );
    let expected = ["m@a.example -> ann@a.example", "ann@a.example -> ben@a.example"];
    assert_eq!(ties(&recorder, "contact"), expected);
    check_finding(&recorder, "profiles note contacts.vcf:0 ×1");
    check_finding(&recorder, "relations note contacts.vcf:0 ×1");
    let facts: Vec<&String> = recorder.facts.iter().filter(|it| it.contains("ann@")).collect();
    assert_eq!(
        facts,
        [
            "ann@a.example mail ann@a.example",
            "ann@a.example vouched a.example/@ann",
            "ann@a.example vouched x.com/ann"
        ]
    );
}

#[test]
fn a_book_alone_has_an_owner_called_me_and_is_never_complete() {
    let recorder = read_all(&book(&["FN:Ann\nEMAIL:ann@a.example"]));
    assert_eq!(ties(&recorder, "contact"), ["me -> ann@a.example"]);
    check_finding(&recorder, "owner-unknown warning contacts.vcf:0 ×1");
    check_finding(&recorder, "no-letters note :0 ×1");
    check_coverage(&recorder, "me sent=0 received=0 held=0 to=0");
}

#[test]
fn foreign_cards_are_read() {
    let Some(folder) = foreign("vcard/calcard") else { return };
    let source = FolderSource::open(&folder, NOW).unwrap();
    let recorder = read_with(&source, "m@a.example");
    let contacts = recorder.count("contact");
    assert!((60..200).contains(&contacts), "{contacts}");
    let grave: Vec<String> =
        findings(&recorder).into_iter().filter(|line| line.starts_with("bad-card")).collect();
    assert!(grave.is_empty(), "{grave:#?}");
}
