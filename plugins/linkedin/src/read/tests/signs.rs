//! Invitations, endorsements, recommendations, follows, and what is only counted.

use super::*;

#[test]
fn invitations_are_signs_in_both_directions_on_their_day() {
    let rows = "Ann,Mara Beispiel,\"1/29/26, 2:37 PM\",hello,INCOMING,https://www.linkedin.com/in/ann-1,https://www.linkedin.com/in/mara-1\nX,Y,\"1/29/26, 2:37 PM\",,SIDEWAYS,,\n";
    let recorder = read_all(&with("Invitations.csv", &format!("{INVITATIONS}{INVITED}{rows}")));
    let seen: Vec<&str> = recorder.of("reaction").collect();
    assert!(
        seen.contains(&"reaction ann-1 -> mara-1 at=1769688000000 id=invitation/1/29/26, 2:37 PM"),
        "{seen:#?}"
    );
    assert!(recorder.lines.iter().all(|line| !line.contains("hello")));
    check_finding(&recorder, "bad-row warning Invitations.csv:");
}

#[test]
fn endorsements_are_ties_since_the_first_one() {
    let received = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status\n\
        2023/06/05 15:47:58 UTC,HTML,Ann,Bee,www.linkedin.com/in/ann-1,ACCEPTED\n\
        2022/06/05 15:47:58 UTC,CSS,Ann,Bee,www.linkedin.com/in/ann-1,ACCEPTED\n";
    let given = "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,Endorsement Status\n\
        2023/06/05 15:47:58 UTC,HTML,Ben,Cee,www.linkedin.com/in/ben-1,ACCEPTED\n";
    let source = with("Endorsement_Received_Info.csv", received);
    let recorder = read_all(&source.with_file("Endorsement_Given_Info.csv", given.as_bytes()));
    let seen: Vec<&str> = recorder.of("endorser").collect();
    assert_eq!(
        seen,
        [
            "endorser mara-1 -> ben-1 start=1685980078000 label=endorsement",
            "endorser ann-1 -> mara-1 start=1654444078000 label=endorsement",
        ]
    );
}

#[test]
fn recommendations_name_people_by_name_alone() {
    let table = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\nZoe,,X,Y,\"secret\",\"01/02/06, 3:04 PM\",VISIBLE\n";
    let recorder = read_all(&with("Recommendations_Received.csv", table));
    assert_eq!(
        recorder.of("endorser").collect::<Vec<_>>(),
        ["endorser zoe -> mara-1 start=1136203200000 label=recommendation"]
    );
    assert!(recorder.lines.iter().all(|line| !line.contains("secret")));
}

#[test]
fn follows_of_organisations_and_members_are_ties_and_unfollowing_ends_them() {
    let companies = "Organization,Followed On\n\"Tierheim \"\"Pfote\"\", gGmbH\",Wed Jun 24 12:43:42 UTC 2026\n";
    let members = "Notes:\n\"About these\"\n\nDate,Status,FullName\n2023-06-05 15:47:58 UTC,Active,Zoe\n2023-06-05 15:47:58 UTC,Unfollow,Yan Zed\n";
    let source = with("Company Follows.csv", companies);
    let recorder = read_all(&source.with_file("Member_Follows.csv", members.as_bytes()));
    assert_eq!(
        recorder.of("follow").collect::<Vec<_>>(),
        [
            "follow mara-1 -> organisation:tierheim \"pfote\", ggmbh start=1782305022000 label=",
            "follow mara-1 -> zoe start=1685980078000 label=",
            "follow mara-1 -> name:yan zed start=? label=",
        ]
    );
    check_coverage(&recorder, &format!("held={}", TieKinds::of(&[TieKind::Follow]).bits()));
    assert!(
        recorder.of("account").any(|line| line.contains("name=Tierheim \"Pfote\", gGmbH flags=8"))
    );
}

#[test]
fn comments_of_both_quoting_dialects_are_counted_once_each() {
    let table = "Date,Link,Message\n\
        2024-07-07 08:46:24,https://www.linkedin.com/feed/update/1,\"Gut gesagt, \\\"danke\\\" dafür,\n\nzweite Zeile\"\n\
        2021-03-12 03:43:29,https://www.linkedin.com/feed/update/2,\"Er sagte: \\\"mach so.\\\"\"\n\
        2021-03-12 03:43:29,https://www.linkedin.com/feed/update/3,\"Er sagte: \\\"\"mach so\\\"\" heute\"\n\
        2024-12-30 11:07:26,https://www.linkedin.com/feed/update/4,\"Sie nennen es \"\"jetzt\"\"!\"\n\
        2024-12-30 11:07:26,https://www.linkedin.com/feed/update/5,\n";
    let source = with("Comments.csv", table).with_file("Comments_2.csv", table.as_bytes());
    let recorder = read_all(&source);
    check_finding(&recorder, "comments-without-target note Comments.csv:0 ×5");
    check_finding(&recorder, "comments-without-target note Comments_2.csv:0 ×5");
}

#[test]
fn shares_of_2018_are_utf16_with_tabs() {
    let text = "\u{feff}\"Date\"\t\"Share Link\"\t\"Share Commentary\"\n\"7/24/26, 1:00 AM\"\t\"x\"\t\"a, b\"\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let source = with("Connections.csv", "").with_file("Shares.csv", &bytes);
    let recorder = read_all(&source);
    check_finding(&recorder, "shares-without-target note Shares.csv:0 ×1");
}

#[test]
fn reactions_are_counted_and_other_files_told() {
    let table = "Date,Type,Link\n2021-03-09 22:03:24,LIKE,https://www.linkedin.com/feed/update/1\n";
    let source = with("Reactions.csv", table)
        .with_file("Ad_Targeting.csv", b"x")
        .with_file("Jobs/Saved Jobs.csv", b"x");
    let recorder = read_all(&source);
    check_finding(&recorder, "reactions-without-target note Reactions.csv:0 ×1");
    check_finding(&recorder, "other-files note :0 ×2");
}
