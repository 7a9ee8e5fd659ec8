//! Contacts: who, since when, and who is the same person as somebody elsewhere in the export.

use super::*;

const HEADING: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
const NOTES: &str =
    "Notes:\n\"When exporting your connection data, you may notice\nthat some are missing.\"\n\n";

fn list(rows: &str) -> Recorder {
    read_all(&with("Connections.csv", &format!("{NOTES}{HEADING}{rows}")))
}

fn held(recorder: &Recorder) -> bool {
    let line = recorder.of("coverage").next().unwrap();
    line.contains(&format!(" held={} ", TieKinds::of(&[TieKind::Contact]).bits()))
}

#[test]
fn a_contact_stands_below_the_preamble_with_its_day_and_employer() {
    let recorder = list(
        "Ann,Bee,https://www.linkedin.com/in/ann-1,a@x.example,\"Club \"\"Pfote\"\", gGmbH\",Chair,08 Feb 2026\n",
    );
    assert_eq!(contacts(&recorder), ["ann-1 start=1770552000000"]);
    assert!(held(&recorder));
    let member = recorder.of("member").next().unwrap();
    assert!(
        member.starts_with("member ann-1 -> organisation:club \"pfote\", ggmbh start=<="),
        "{member}"
    );
    let names: Vec<&str> = recorder.of("account").collect();
    assert!(
        names.contains(
            &"account ann-1 alias=name:ann bee#2026-02-08 handle=ann-1 name=Ann Bee flags=16"
        ),
        "{names:#?}"
    );
    let facts: Vec<&String> = recorder.facts.iter().filter(|it| it.contains("ann-1")).collect();
    assert_eq!(
        facts,
        [
            "ann-1 page linkedin.com/in/ann-1",
            "ann-1 mail a@x.example",
            "ann-1 organisation Club \"Pfote\", gGmbH",
            "ann-1 role Chair"
        ]
    );
}

#[test]
fn before_2021_there_is_no_preamble_and_before_2023_no_address() {
    let table = "First Name,Last Name,Email Address,Company,Position,Connected On\nAnn,Bee,,,,08 Feb 2026\n";
    let recorder = read_all(&with("Connections.csv", table));
    assert_eq!(contacts(&recorder), ["name:ann bee#2026-02-08 start=1770552000000"]);
}

#[test]
fn every_field_may_be_quoted() {
    let table = "\"First Name\",\"Last Name\",\"URL\",\"Email Address\",\"Company\",\"Position\",\"Connected On\"\n\"Ann\",\"Bee\",\"https://www.linkedin.com/in/ann-1\",\"\",\"\",\"\",\"08 Feb 2026\"\n";
    assert_eq!(contacts(&read_all(&with("Connections.csv", table))), ["ann-1 start=1770552000000"]);
}

#[test]
fn hidden_profiles_are_dates_alone_and_make_the_list_incomplete() {
    let recorder = list(
        "Ann,Bee,https://www.linkedin.com/in/ann-1,,,,08 Feb 2026\n,,,,,,07 Feb 2026\n,,,,,,06 Feb 2026\n",
    );
    assert_eq!(recorder.count("contact"), 1);
    assert!(!held(&recorder));
    check_finding(&recorder, "hidden-contact note Connections.csv:7 ×2");
}

#[test]
fn dates_of_a_spreadsheet_are_read_and_told() {
    let recorder = list("Ann,Bee,https://www.linkedin.com/in/ann-1,,,,4-Apr-21\n");
    assert_eq!(contacts(&recorder), ["ann-1 start=1617537600000"]);
    check_finding(&recorder, "resaved note Connections.csv:6 ×1");
}

#[test]
fn localised_headings_and_months_are_read_and_told() {
    let table = "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verknüpft am\nAnn,Bee,https://www.linkedin.com/in/ann-1,,,,08 Okt. 2025\n";
    let recorder = read_all(&with("Connections.csv", table));
    assert_eq!(contacts(&recorder), ["ann-1 start=1759924800000"]);
    check_finding(&recorder, "localised-heading warning Connections.csv:2 ×1");
    check_finding(&recorder, "localised note Connections.csv:2 ×1");
    let other = read_all(&with("Connections.csv", "a,b,c,d,e,f,g\n1,2,3,4,5,6,7\n"));
    check_finding(&other, "unknown-heading error Connections.csv:1 ×1");
}

#[test]
fn a_contact_without_an_address_is_the_sender_of_the_same_name() {
    let table_of_messages = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n\
        c,,Ann Bee,https://www.linkedin.com/in/ann-1,Mara Beispiel,2023-01-05 10:00:00 UTC,,x,INBOX\n";
    let table = "First Name,Last Name,Email Address,Company,Position,Connected On\nAnn,Bee,,,,08 Feb 2026\n";
    let source =
        with("Connections.csv", table).with_file("messages.csv", table_of_messages.as_bytes());
    let recorder = read_all(&source);
    assert_eq!(contacts(&recorder), ["ann-1 start=1770552000000"]);
    assert_eq!(messages(&recorder), ["ann-1 -> mara-1"]);
    assert!(recorder.of("account").any(|line| line.starts_with("account ann-1 alias= ")));
}

#[test]
fn two_contacts_of_one_name_are_two_people() {
    let recorder = list("Di,Moe,,,,,08 Feb 2026\nDi,Moe,,,,,09 Feb 2026\n");
    assert_eq!(
        contacts(&recorder),
        [
            "name:di moe#2026-02-08 start=1770552000000",
            "name:di moe#2026-02-09 start=1770638400000"
        ]
    );
}

#[test]
fn a_later_export_with_addresses_names_the_same_people() {
    let before = list("Ann,Bee,,,,,08 Feb 2026\n");
    let after = list("Ann,Bee,https://www.linkedin.com/in/ann-1,,,,08 Feb 2026\n");
    let id = contacts(&before)[0].split(" start").next().unwrap().to_owned();
    assert!(after.of("account").any(|line| line.contains(&format!("account ann-1 alias={id} "))));
}

#[test]
fn work_for_nobody_is_no_organisation() {
    let recorder = list("Ann,Bee,,,Self-employed,,08 Feb 2026\nCy,Dee,,,  ,,08 Feb 2026\n");
    assert_eq!(recorder.count("member"), 0);
}

#[test]
fn a_row_without_a_date_is_left_out_and_the_list_incomplete() {
    let recorder = list(
        "Ann,Bee,,,,,soon\nCy,Dee,,,,,08 Feb 2026\nMara,Beispiel,https://www.linkedin.com/in/mara-1,,,,08 Feb 2026\n",
    );
    assert_eq!(recorder.count("contact"), 1);
    assert!(!held(&recorder));
    check_finding(&recorder, "no-date warning Connections.csv:6 ×1");
    check_finding(&recorder, "own-row note Connections.csv:8 ×1");
}
