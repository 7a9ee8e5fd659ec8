//! One small account's export on each platform at two moments, the second a year later: what stayed, what went, and one
//! new contact. Everything is as the platform writes it, with as little of it as a test needs.

use std::{
    fs,
    io::{Cursor, Write},
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use crate::data;

/// 2024-03-01T12:00:00Z and 2025-03-01T12:00:00Z in milliseconds.
pub(crate) const MOMENTS: [i64; 2] = [1_709_294_400_000, 1_740_830_400_000];

/// Files by their paths inside an export.
pub(crate) type Files = Vec<(&'static str, Vec<u8>)>;

/// The exports of one account.
pub(crate) struct Pair {
    pub(crate) platform: &'static str,
    pub(crate) earlier: Files,
    pub(crate) later: Files,
    /// The ties that ended, as `from kind to`.
    pub(crate) ended: &'static [&'static str],
    /// Those that stand, as far as both exports or the later one show them.
    pub(crate) open: &'static [&'static str],
}

/// Returns the exports of every platform.
pub(crate) fn all() -> Vec<Pair> {
    vec![
        bluesky(),
        facebook(),
        github(),
        instagram(),
        linkedin(""),
        mail(),
        mastodon(),
        table(),
        tiktok(),
        x(),
        youtube(),
    ]
}

/// Writes files into a folder.
pub(crate) fn lay_out(files: &Files, folder: &Path) -> PathBuf {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder.to_owned()
}

/// Packs files into zips in a folder, every file into the next of `parts`, as the platform gives them out: a repository
/// alone lies in no archive.
pub(crate) fn pack(files: &Files, folder: &Path, parts: usize, year: u16) -> PathBuf {
    if files.iter().any(|(name, _)| *name == "repo.car") {
        return lay_out(files, folder);
    }
    fs::create_dir_all(folder).unwrap();
    let at = DateTime::from_date_and_time(year, 3, 1, 12, 0, 0).unwrap();
    let options = SimpleFileOptions::default().last_modified_time(at);
    for part in 0..parts {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files.iter().skip(part).step_by(parts) {
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        fs::write(folder.join(format!("export-{:03}.zip", part + 1)), bytes).unwrap();
    }
    folder.to_owned()
}

fn text(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

/// Makes both exports by the same hand, which is told whether it is the later one.
fn pair(
    platform: &'static str,
    make: impl Fn(bool) -> Files,
    ended: &'static [&'static str],
    open: &'static [&'static str],
) -> Pair {
    Pair { platform, earlier: make(false), later: make(true), ended, open }
}

/// Returns both, or of the later export the second alone: of two who stood one went.
fn left<T>(is_later: bool, gone: T, stays: T) -> Vec<T> {
    if is_later { vec![stays] } else { vec![gone, stays] }
}

/// Returns the first, and of the later export the second as well.
fn grown<T>(is_later: bool, old: T, new: T) -> Vec<T> {
    if is_later { vec![old, new] } else { vec![old] }
}

fn bluesky() -> Pair {
    let car = |name: &str| fs::read(data(&format!("bluesky/snapshots/{name}.car"))).unwrap();
    Pair {
        platform: "bluesky",
        earlier: vec![("repo.car", car("earlier"))],
        later: vec![("repo.car", car("later"))],
        ended: &[
            "did:plc:mara2222222222222222222 block did:plc:dee",
            "did:plc:mara2222222222222222222 follow did:plc:ann",
        ],
        open: &["did:plc:mara2222222222222222222 follow did:plc:ben"],
    }
}

fn mastodon() -> Pair {
    const US: &str = "https://a.example/users/mara";
    let make = |is_later| {
        let post = |number: u32, at: &str| {
            let ben = json!({"type": "Mention", "href": "https://b.example/users/ben", "name": "@ben@b.example"});
            json!({"id": format!("{US}/statuses/{number}/activity"), "type": "Create", "actor": US, "published": at,
                "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": ["https://b.example/users/ben"],
                "object": {"id": format!("{US}/statuses/{number}"), "type": "Note", "tag": [ben], "content": "x"}})
        };
        let old = post(1, "2024-03-01T12:00:00Z");
        let items = grown(is_later, old, post(2, "2025-03-01T12:00:00Z"));
        let outbox =
            json!({"@context": "https://www.w3.org/ns/activitystreams", "orderedItems": items});
        let actor = json!({"@context": "https://www.w3.org/ns/activitystreams", "id": US, "type": "Person",
            "preferredUsername": "mara", "published": "2022-11-10T00:00:00Z"});
        let rows =
            |head: &str, rows: Vec<&str>| format!("{head}\n{}\n", rows.join("\n")).into_bytes();
        vec![
            ("actor.json", text(&actor)),
            ("outbox.json", text(&outbox)),
            (
                "following_accounts.csv",
                rows("Account address", left(is_later, "ann@a.example", "ben@b.example")),
            ),
            (
                "muted_accounts.csv",
                rows("Account address", left(is_later, "dee@d.example", "eli@e.example")),
            ),
            (
                "lists.csv",
                rows(
                    "Town,fay@f.example",
                    left(is_later, "Town,gus@g.example", "Club,hal@h.example"),
                ),
            ),
        ]
    };
    pair(
        "mastodon",
        make,
        &[
            "https://a.example/users/mara contact acct:gus@g.example",
            "https://a.example/users/mara follow acct:ann@a.example",
            "https://a.example/users/mara mute acct:dee@d.example",
        ],
        &[
            "https://a.example/users/mara contact acct:fay@f.example",
            "https://a.example/users/mara contact acct:hal@h.example",
            "https://a.example/users/mara follow https://b.example/users/ben",
            "https://a.example/users/mara mute acct:eli@e.example",
        ],
    )
}

fn x() -> Pair {
    let make = |is_later| {
        let script =
            |name: &str, list: &Value| format!("window.YTD.{name}.part0 = {list}").into_bytes();
        let list = |name: &'static str, word: &'static str, gone: &str, stays: &str| {
            let entry = |id: &str| json!({word: {"accountId": id, "userLink": "x"}});
            script(name, &left(is_later, entry(gone), entry(stays)).into())
        };
        let tweet = |id: &str, at: &str| {
            json!({"tweet": {"id_str": id, "created_at": at, "full_text": "x", "in_reply_to_user_id_str": "2002",
                "in_reply_to_status_id_str": "7", "in_reply_to_screen_name": "ben", "entities": {}}})
        };
        let tweets = grown(
            is_later,
            tweet("1701000000000000001", "Tue Sep 12 10:00:00 +0000 2023"),
            tweet("1881000000000000001", "Sun Jan 19 10:00:00 +0000 2025"),
        );
        let year = if is_later { "2025" } else { "2024" };
        let manifest = json!({"userInfo": {"accountId": "1001", "userName": "mara"}, "archiveInfo":
            {"generationDate": format!("{year}-03-01T12:00:00.000Z"), "isPartialArchive": false}, "dataTypes": {}});
        vec![
            (
                "data/account.js",
                script(
                    "account",
                    &json!([{"account": {"username": "mara", "accountId": "1001", "createdAt": "2012-05-01T10:00:00.000Z"}}]),
                ),
            ),
            ("data/manifest.js", format!("window.__THAR_CONFIG = {manifest}").into_bytes()),
            ("data/tweets.js", script("tweets", &tweets.into())),
            ("data/follower.js", list("follower", "follower", "2001", "2002")),
            ("data/following.js", list("following", "following", "2003", "2002")),
            ("data/block.js", list("block", "blocking", "2004", "2005")),
            ("data/mute.js", list("mute", "muting", "2006", "2007")),
        ]
    };
    pair(
        "x",
        make,
        &["1001 block 2004", "1001 follow 2003", "1001 mute 2006", "2001 follow 1001"],
        &["1001 block 2005", "1001 follow 2002", "1001 mute 2007", "2002 follow 1001"],
    )
}

/// Returns the contacts' exports, with more rows in the later one.
pub(crate) fn linkedin(more: &'static str) -> Pair {
    let make = |is_later| {
        let us = "https://www.linkedin.com/in/mara-1";
        let ben = "https://www.linkedin.com/in/ben-1";
        let message = |at: &str| format!("c1,,Mara B,{us},Ben C,{ben},{at},,x,INBOX,No\n");
        let messages =
            grown(is_later, message("2024-03-01 12:00:00 UTC"), message("2025-03-01 12:00:00 UTC"));
        let contact = |name: &str, day: &str| {
            format!("{name},C,https://www.linkedin.com/in/{}-1,,,,{day}\n", name.to_lowercase())
        };
        let contacts = left(is_later, contact("Ann", "08 Feb 2021"), contact("Ben", "09 Feb 2021"));
        let companies = left(
            is_later,
            "Club,Mon Aug 08 21:00:39 UTC 2022\n",
            "Town,Wed Feb 02 12:28:13 UTC 2022\n",
        );
        let more = if is_later { more } else { "" };
        let csv = |text: String| text.into_bytes();
        vec![
            ("Profile.csv", csv("First Name,Last Name\nMara,B\n".to_owned())),
            (
                "Invitations.csv",
                csv(format!(
                    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\nMara B,Ben C,\"12/26/20, 11:44 PM\",,OUTGOING,{us},{ben}\n"
                )),
            ),
            (
                "messages.csv",
                csv(format!(
                    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,IS MESSAGE DRAFT\n{}",
                    messages.concat()
                )),
            ),
            (
                "Connections.csv",
                csv(format!(
                    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n{}{more}",
                    contacts.concat()
                )),
            ),
            (
                "Company Follows.csv",
                csv(format!("Organization,Followed On\n{}", companies.concat())),
            ),
            (
                "Member_Follows.csv",
                csv("Date,Status,FullName\n2023-06-05 15:47:58 UTC,Active,Zoe\n".to_owned()),
            ),
        ]
    };
    pair(
        "linkedin",
        make,
        &["mara-1 contact ann-1", "mara-1 follow organisation:club"],
        &["mara-1 contact ben-1", "mara-1 follow name:zoe", "mara-1 follow organisation:town"],
    )
}

/// Seconds of a day so many days before the moment of the earlier export.
fn before(days: i64) -> i64 {
    MOMENTS[0] / 1_000 - days * 86_400
}

/// A conversation's messages, the last at the moment of the export.
fn talk(is_later: bool, me: &str) -> Value {
    let said =
        |ms: i64| json!({"sender_name": me, "timestamp_ms": ms, "content": "x", "type": "Generic"});
    let messages = grown(is_later, said(MOMENTS[0]), said(MOMENTS[1]));
    json!({"participants": [{"name": "Ben"}, {"name": me}], "messages": messages, "title": "Ben"})
}

fn instagram() -> Pair {
    let make = |is_later| {
        let row = |name: &str, days: i64| {
            json!({"title": "", "media_list_data": [], "string_list_data":
                [{"href": format!("https://www.instagram.com/{name}"), "value": name, "timestamp": before(days)}]})
        };
        let text_of = |text: &str| json!({"href": "", "value": text, "timestamp": 0});
        let profile = json!({"profile_user": [{"title": "x", "string_map_data":
            {"Username": text_of("mara"), "Name": text_of("Mara")}}]});
        let followers = left(is_later, row("ann", 30), row("ben", 2_000));
        let following = left(is_later, row("cara", 40), row("ben", 20));
        let blocked = left(is_later, row("dee", 50), row("eli", 60));
        vec![
            ("personal_information/personal_information/personal_information.json", text(&profile)),
            ("connections/followers_and_following/followers_1.json", text(&followers.into())),
            (
                "connections/followers_and_following/following.json",
                text(&json!({"relationships_following": following})),
            ),
            (
                "connections/followers_and_following/blocked_profiles.json",
                text(&json!({"relationships_blocked_users": blocked})),
            ),
            (
                "your_instagram_activity/messages/inbox/ben_17/message_1.json",
                text(&talk(is_later, "Mara")),
            ),
        ]
    };
    pair(
        "instagram",
        make,
        &["ann follow mara", "mara block dee", "mara follow cara"],
        &["ben follow mara", "mara block eli", "mara follow ben"],
    )
}

fn facebook() -> Pair {
    let make = |is_later| {
        let row = |name: &str, days: i64| json!({"name": name, "timestamp": before(days)});
        let friends = left(is_later, row("Ann", 30), row("Ben", 2_000));
        let follows = left(is_later, row("Cara", 40), row("Dee", 50));
        let pages = left(is_later, "Club", "Town")
            .into_iter()
            .map(|name| json!({"timestamp": before(60), "data": [{"name": name}], "title": "x"}));
        vec![
            (
                "personal_information/profile_information/profile_information.json",
                text(&json!({"profile_v2": {"name": {"full_name": "Mara B"}}})),
            ),
            ("connections/friends/your_friends.json", text(&json!({"friends_v2": friends}))),
            (
                "connections/followers/who_you_ve_followed.json",
                text(&json!({"following_v3": follows})),
            ),
            (
                "your_facebook_activity/pages/pages_you_follow.json",
                text(&json!({"pages_followed_v2": pages.collect::<Vec<_>>()})),
            ),
            (
                "your_facebook_activity/messages/inbox/ben_17/message_1.json",
                text(&talk(is_later, "Mara B")),
            ),
        ]
    };
    pair(
        "facebook",
        make,
        &[
            "name:Mara B follow name:Cara",
            "name:Mara B friend name:Ann",
            "name:Mara B subscriber page:Club",
        ],
        &[
            "name:Mara B follow name:Dee",
            "name:Mara B friend name:Ben",
            "name:Mara B subscriber page:Town",
        ],
    )
}

fn tiktok() -> Pair {
    let make = |is_later| {
        let row = |name: &str| json!({"Date": "2022-01-14 00:02:01", "UserName": name});
        let said = |at: &str| json!({"Date": at, "From": "mara", "Content": "x"});
        let talk = grown(is_later, said("2024-03-01 12:00:00"), said("2025-03-01 12:00:00"));
        let list = |gone: &str, stays: &str| left(is_later, row(gone), row(stays));
        let export = json!({
            "Profile": {"Profile Information": {"ProfileMap": {"userName": "mara"}}},
            "Activity": {
                "Follower List": {"FansList": list("ann", "ben")},
                "Following List": {"Following": list("cara", "ben")},
                "Block List": {"BlockList": list("dee", "eli")},
            },
            "Direct Messages": {"Chat History": {"ChatHistory": {"Chat History with ben:": talk}}},
        });
        vec![("user_data.json", text(&export))]
    };
    pair(
        "tiktok",
        make,
        &["ann follow mara", "mara block dee", "mara follow cara"],
        &["ben follow mara", "mara block eli", "mara follow ben"],
    )
}

fn youtube() -> Pair {
    let make = |is_later| {
        let row = |id: char, title: &str| {
            let id = format!("UC{}", id.to_string().repeat(22));
            format!("{id},http://www.youtube.com/channel/{id},{title}\n")
        };
        let subscribed = left(is_later, row('a', "Club"), row('b', "Town"));
        let comment = |id: char, at: &str| {
            let (id, own) = (id.to_string().repeat(24), "m".repeat(22));
            format!("Ug{id},UC{own},{at},0,,tbpvom68y_z,\"{{\"\"text\"\":\"\"x\"\"}}\"\n")
        };
        let comments = grown(
            is_later,
            comment('c', "2024-03-01T12:00:00.000000+00:00"),
            comment('d', "2025-03-01T12:00:00.000000+00:00"),
        );
        vec![
            (
                "Takeout/YouTube and YouTube Music/subscriptions/subscriptions.csv",
                format!("Channel Id,Channel Url,Channel Title\n{}", subscribed.concat()).into_bytes(),
            ),
            (
                "Takeout/YouTube and YouTube Music/comments/comments.csv",
                format!("Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text\n{}", comments.concat()).into_bytes(),
            ),
        ]
    };
    pair(
        "youtube",
        make,
        &["UCmmmmmmmmmmmmmmmmmmmmmm subscriber UCaaaaaaaaaaaaaaaaaaaaaa"],
        &["UCmmmmmmmmmmmmmmmmmmmmmm subscriber UCbbbbbbbbbbbbbbbbbbbbbb"],
    )
}

fn github() -> Pair {
    const HOST: &str = "https://github.com";
    let make = |is_later| {
        let member = |name: &str| json!({"user": format!("{HOST}/{name}"), "role": "member", "state": "active"});
        let club = json!([{"type": "organization", "url": format!("{HOST}/club"), "login": "club", "name": "Club",
            "members": left(is_later, member("ann"), member("ben"))}]);
        let issue = |number: u32, at: &str| {
            json!({"type": "issue", "url": format!("{HOST}/club/site/issues/{number}"), "user": format!("{HOST}/ben"),
                "repository": format!("{HOST}/club/site"), "body": "x", "created_at": at})
        };
        let issues =
            grown(is_later, issue(1, "2024-03-01T12:00:00Z"), issue(2, "2025-03-01T12:00:00Z"));
        let site = json!([{"type": "repository", "url": format!("{HOST}/club/site"), "owner": format!("{HOST}/club"),
            "name": "site", "private": false}]);
        vec![
            ("schema.json", br#"{"version":"1.0.1"}"#.to_vec()),
            ("organizations_000001.json", text(&club)),
            ("repositories_000001.json", text(&site)),
            ("issues_000001.json", text(&issues.into())),
        ]
    };
    pair("github", make, &["ann member club"], &["ben member club"])
}

/// Cards and letters never end anything: who is missing from a file of cards may only not have been chosen.
fn mail() -> Pair {
    let make = |is_later| {
        let letter = |id: u32, at: &str| {
            format!(
                "From 1@x Mon Sep 04 07:11:05 +0000 2023\nX-Gmail-Labels: Sent\nMessage-ID: <{id}@a.example>\nDate: {at}\nFrom: Mara <mara@a.example>\nTo: Ben <ben@b.example>\n\nx\n\n"
            )
        };
        let letters = grown(
            is_later,
            letter(1, "Fri, 01 Mar 2024 12:00:00 +0000"),
            letter(2, "Sat, 01 Mar 2025 12:00:00 +0000"),
        );
        let card = |name: &str| {
            format!(
                "BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{}@b.example\nREV:2023-05-01T10:00:00Z\nEND:VCARD\n",
                name.to_lowercase()
            )
        };
        let cards = left(is_later, card("Ann"), card("Ben"));
        vec![
            ("Sent.mbox", letters.concat().into_bytes()),
            ("contacts.vcf", cards.concat().into_bytes()),
        ]
    };
    pair(
        "mail",
        make,
        &[],
        &["mara@a.example contact ann@b.example", "mara@a.example contact ben@b.example"],
    )
}

/// A table ends what it says has ended, and nobody by leaving them out.
fn table() -> Pair {
    let make = |is_later| {
        let ann = "mara,ann,friend,2023-01-01T00:00:00Z,\n";
        let ben = "mara,ben,friend,2023-01-02T00:00:00Z,\n";
        let cara = if is_later { "2024-09-01T00:00:00Z" } else { "" };
        let cara = format!("mara,cara,friend,2023-01-03T00:00:00Z,{cara}\n");
        let rows = left(is_later, ann, ben).concat();
        vec![("ties.csv", format!("from,to,kind,at,until\n{rows}{cara}").into_bytes())]
    };
    pair("table", make, &["mara friend cara"], &["mara friend ann", "mara friend ben"])
}
