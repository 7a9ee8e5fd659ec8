//! What is odd about records: deleted accounts, programs, one's own threads, names, reviews.

use super::*;

fn comment(thread: &str, user: &str, body: &str) -> String {
    format!(
        r#""type":"issue_comment","url":"$/club/site/{thread}#issuecomment-9","issue":"$/club/site/{thread}","user":{user},"body":"{body}","created_at":"2024-02-01T00:00:00Z""#
    )
}

fn commented(thread: &str, user: &str, body: &str) -> Recorder {
    read_all(&with("issue_comments_000001.json", &[&comment(thread, user, body)]))
}

#[test]
fn a_deleted_account_is_null_and_only_counted() {
    let recorder = commented("issues/1", "null", "@ben");
    assert_eq!(events(&recorder), [""; 0]);
    check_finding(&recorder, "gone note issue_comments_000001.json:2 ×1");
    let recorder = commented("issues/1", "\"$/ghost\"", "");
    check_finding(&recorder, "gone note");
    let orphan = ISSUE.replace("\"$/Ann\"", "null").replace("issues/1", "issues/2");
    let source = with("issues_000002.json", &[&orphan]).with_file(
        "issue_comments_000001.json",
        list(&[&comment("issues/2", "\"$/ben\"", "")]).as_bytes(),
    );
    let recorder = read_all(&source);
    assert_eq!(events(&recorder), [""; 0]);
    check_finding(&recorder, "gone note issue_comments_000001.json:2 ×1");
}

#[test]
fn programs_are_told_by_their_name_their_path_and_their_list() {
    let recorder = commented("issues/1", "\"$/dependabot[bot]\"", "");
    assert_eq!(events(&recorder), ["comment dependabot[bot] -> ann"]);
    assert_eq!(recorder.of("account").filter(|line| line.ends_with("flags=4")).count(), 1);
    let recorder = commented("issues/1", "\"$/apps/dependabot\"", "");
    assert_eq!(events(&recorder), ["comment dependabot[bot] -> ann"]);
    let recorder = read_all(&with("bots_000001.json", &[r#""type":"bot","url":"$/ci""#]));
    assert!(recorder.of("account").any(|line| line == "account ci alias= handle=ci name= flags=4"));
}

#[test]
fn a_comment_is_for_who_began_the_thread_and_ones_own_follow_up_for_whose_the_repository_is() {
    assert_eq!(events(&commented("issues/1", "\"$/ben\"", "")), ["comment ben -> ann"]);
    let recorder =
        read_all(&with("issue_comments_000001.json", &[&comment("issues/1", "\"$/ann\"", "")]));
    assert_eq!(
        recorder.of("comment").filter(|line| line.starts_with("comment ann -> club ")).count(),
        2
    );
    let own = ISSUE.replace("$/Ann", "$/club");
    let recorder = read_all(&with("issues_000002.json", &[&own]));
    check_finding(&recorder, "own-post note issues_000002.json:2 ×1");
}

#[test]
fn logins_differ_by_more_than_their_case() {
    assert_eq!(
        events(&commented("issues/1", "\"$/BEN\"", "@aNN @Carl")),
        ["comment ben -> ann", "mention ben -> carl"]
    );
}

#[test]
fn who_is_named_is_mentioned_once_and_never_the_writer_or_the_addressed() {
    let body = "@ben @ann @carl @carl `@types` a@b.example";
    assert_eq!(
        events(&commented("issues/1", "\"$/ben\"", body)),
        ["comment ben -> ann", "mention ben -> carl"]
    );
}

#[test]
fn a_comment_on_an_issue_that_is_not_there_is_for_nobody_known() {
    let recorder = commented("issues/7", "\"$/ben\"", "");
    assert_eq!(events(&recorder), [""; 0]);
    check_finding(&recorder, "target-unknown warning issue_comments_000001.json:2 ×1");
}

const REQUEST: &str = r#""type":"pull_request","url":"$/club/site/pull/4","user":"$/dora","body":"","created_at":"2024-01-02T00:00:00Z""#;

#[test]
fn reviews_are_for_the_writer_of_the_request_and_drafts_and_frames_are_none() {
    let review = |state: &str, body: &str, user: &str| {
        format!(
            r#""type":"pull_request_review","url":"$/club/site/pull/4/files#pullrequestreview-{user}","pull_request":"$/club/site/pull/4","user":"$/{user}","body":"{body}","state":{state},"created_at":"2024-02-01T00:00:00Z","submitted_at":"2024-02-02T00:00:00Z""#
        )
    };
    let reviews = [
        review("40", "", "ben"),
        review("30", "", "carl"),
        review("1", "good", "emil"),
        review("1", "", "fred"),
        review("0", "draft", "gina"),
        review("\"COMMENTED\"", "", "hans"),
    ];
    let source = with("pull_requests_000001.json", &[REQUEST]).with_file(
        "pull_request_reviews_000001.json",
        list(&reviews.iter().map(String::as_str).collect::<Vec<_>>()).as_bytes(),
    );
    let recorder = read_all(&source);
    assert_eq!(
        events(&recorder),
        [
            "comment dora -> club",
            "comment ben -> dora",
            "comment carl -> dora",
            "comment emil -> dora"
        ]
    );
    // A review counts from when it was sent.
    assert!(recorder.of("comment").any(|line| line.contains("ben -> dora at=1706832000000 ")));
    check_finding(&recorder, "frame note pull_request_reviews_000001.json:");
    check_finding(&recorder, "draft note pull_request_reviews_000001.json:");
}

#[test]
fn an_answer_inside_a_review_is_for_who_wrote_the_comment_before() {
    let remark = |number: &str, user: &str, before: &str| {
        format!(
            r#""type":"pull_request_review_comment","url":"$/club/site/pull/4/files#r{number}","pull_request":"$/club/site/pull/4","user":"$/{user}","body":"x","in_reply_to":{before},"created_at":"2024-02-01T00:00:00Z""#
        )
    };
    let source = with("pull_requests_000001.json", &[REQUEST]).with_file(
        "pull_request_review_comments_000001.json",
        list(&[
            &remark("1", "ben", "null"),
            &remark("2", "carl", "\"$/club/site/pull/4/files#r1\""),
        ])
        .as_bytes(),
    );
    assert_eq!(
        events(&read_all(&source)),
        ["comment dora -> club", "comment ben -> dora", "reply carl -> ben"]
    );
}

#[test]
fn reactions_are_for_the_writer_and_a_comment_on_a_commit_for_whose_the_repository_is() {
    let reacted = ISSUE.replace("issues/1", "issues/2").replace(
        "\"body\"",
        r#""reactions":[{"user":"$/ben","content":"+1","subject_type":"Issue","created_at":"2024-01-03T00:00:00Z"},{"user":null,"content":"+1","created_at":"2024-01-03T00:00:00Z"},{"user":"$/ann","content":"+1","created_at":"2024-01-03T00:00:00Z"}],"body""#,
    );
    let recorder = read_all(&with("issues_000002.json", &[&reacted]));
    assert_eq!(events(&recorder), ["reaction ben -> ann"]);
    check_finding(&recorder, "gone note issues_000002.json:2 ×1");
    let remark = r#""type":"commit_comment","url":"$/club/site/commit/abc#commitcomment-1","user":"$/ben","body":"","created_at":"2024-02-01T00:00:00Z""#;
    assert_eq!(
        events(&read_all(&with("commit_comments_000001.json", &[remark]))),
        ["comment ben -> club"]
    );
}

#[test]
fn links_are_labels_in_repositories_that_everybody_can_read_and_nowhere_else() {
    let issue = ISSUE.replace("\"body\":\"\"", "\"body\":\"see https://club.example/week\"");
    let with_repository = |is_private: &str| {
        let repository = format!(
            r#""type":"repository","url":"$/club/site","owner":"$/club","private":{is_private}"#
        );
        let source =
            MemorySource::new().at(NOW).with_file("issues_000001.json", list(&[&issue]).as_bytes());
        let recorder = read_all(
            &source.with_file("repositories_000001.json", list(&[&repository]).as_bytes()),
        );
        recorder.of("comment").next().unwrap().contains("labels=https://club.example/week")
    };
    assert!(with_repository("false") && !with_repository("true") && !with_repository("null"));
}

#[test]
fn members_of_an_organisation_and_its_teams_are_read_and_invitations_are_not() {
    let organization = r#""type":"organization","url":"$/club","login":"club","name":"The club","members":[{"user":"$/ann","role":"admin","state":"active"},{"user":"$/ben","role":"direct_member","state":"pending"},{"user":null}]"#;
    let team = r#""type":"team","url":"$/orgs/club/teams/web","organization":"$/club","name":"web","members":[{"user":"$/carl","role":"member"}]"#;
    let source = with("organizations_000001.json", &[organization])
        .with_file("teams_000001.json", list(&[team]).as_bytes());
    let recorder = read_all(&source);
    let members: Vec<&str> =
        recorder.of("member").map(|line| line.split(" start").next().unwrap()).collect();
    assert_eq!(members, ["member ann -> club", "member carl -> club"]);
    assert!(recorder.of("member").any(|line| line.ends_with("label=web")));
    check_coverage(&recorder, "to=16");
    assert!(
        recorder
            .of("account")
            .any(|line| line == "account club alias= handle=club name=The club flags=11")
    );
}

#[test]
fn the_owner_is_said_or_whose_all_repositories_are_or_unknown() {
    check_coverage(&read_all(&with("users_000001.json", &[])), "coverage club sent=");
    check_coverage(&read_with(&with("users_000001.json", &[]), "@Ann"), "coverage ann sent=");
    let other = ISSUE.replace("/club/", "/guild/");
    let recorder = read_all(&with("issues_000002.json", &[&other]));
    check_coverage(&recorder, "coverage me sent=0 received=0");
    check_finding(&recorder, "owner-unknown warning issues_000001.json:0 ×1");
    assert!(recorder.lines[0].starts_with("account me ") && recorder.lines[0].ends_with("flags=3"));
}

#[test]
fn loose_lists_are_not_known_to_be_whole() {
    let source =
        MemorySource::new().at(NOW).with_file("issues_000001.json", list(&[ISSUE]).as_bytes());
    let recorder = read_all(&source);
    check_coverage(&recorder, "sent=0 received=0");
    check_finding(&recorder, "no-schema note issues_000001.json:0 ×1");
}

#[test]
fn part_10_is_read_after_part_2_and_a_missing_part_is_told() {
    let numbered = |numbers: &[u32]| {
        numbers.iter().fold(with("users_000001.json", &[]), |source, number| {
            let issue = ISSUE.replace("issues/1", &format!("issues/{number}"));
            source.with_file(&format!("issues_{number}.json"), list(&[&issue]).as_bytes())
        })
    };
    let recorder = read_all(&numbered(&[2, 3, 4, 5, 6, 7, 8, 9, 10]));
    let ids: Vec<&str> =
        recorder.of("comment").map(|line| line.rsplit('/').next().unwrap()).collect();
    assert_eq!(ids, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    check_coverage(&recorder, "sent=");
    assert!(!recorder.of("coverage").any(|line| line.contains("sent=0")));
    let torn = read_all(&numbered(&[2, 10]));
    check_finding(&torn, "missing-part error issues_10.json:0 ×1");
    check_coverage(&torn, "sent=0 received=0");
}

#[test]
fn impossible_dates_are_left_out_and_numbers_of_any_length_are_only_text() {
    let odd = ISSUE.replace("2024-01-01", "1997-01-01").replace("issues/1", "issues/2");
    check_finding(
        &read_all(&with("issues_000002.json", &[&odd])),
        "no-date warning issues_000002.json:2 ×1",
    );
    let long = ISSUE.replace("issues/1", "issues/9007199254740993123");
    let recorder = read_all(&with("issues_000002.json", &[&long]));
    assert!(recorder.of("comment").any(|line| line.ends_with("issues/9007199254740993123")));
}

#[test]
fn a_server_of_ones_own_has_accounts_of_its_own() {
    let issue = ISSUE.replace('$', "https://git.example");
    let source =
        MemorySource::new().at(NOW).with_file("issues_000001.json", list(&[&issue]).as_bytes());
    assert_eq!(events(&read_all(&source)), ["comment ann@git.example -> club@git.example"]);
}

#[test]
fn a_key_that_stands_twice_counts_as_it_stands_last() {
    let twice =
        ISSUE.replace("\"body\"", "\"user\":\"$/ben\",\"body\"").replace("issues/1", "issues/2");
    assert_eq!(events(&read_all(&with("issues_000002.json", &[&twice]))), ["comment ben -> club"]);
}
