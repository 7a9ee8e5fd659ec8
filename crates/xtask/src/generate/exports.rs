//! Exports of the platforms that are JSON, tables or letters, of any size, for benches: as each platform writes them, with
//! two thousand people and nothing drawn by lot.

use std::{fmt::Write as _, fs, io, path::Path};

/// The people one writes with.
const PEOPLE: u64 = 2_000;
/// The first event, 2019-01-01T00:00:00Z, and the gap between two, in seconds.
const START: u64 = 1_546_300_800;
const GAP: u64 = 600;

/// The platforms there are exports of, with the files whose bytes are measured and whether those are JSON.
pub const PLATFORMS: [(&str, &str, Form); 9] = [
    ("x", "data/tweets.js", Form::Json),
    ("linkedin", "messages.csv", Form::Csv),
    ("instagram", "your_instagram_activity/messages/inbox/ann_1/message_1.json", Form::Json),
    ("facebook", "your_facebook_activity/messages/inbox/ann_1/message_1.json", Form::Json),
    ("youtube", "Takeout/YouTube/comments/comments.csv", Form::Csv),
    ("tiktok", "user_data.json", Form::Json),
    ("github", "issue_comments_000001.json", Form::Json),
    ("mail", "Sent.mbox", Form::Letters),
    ("table", "ties.csv", Form::Csv),
];

/// What a file is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// One JSON document, perhaps behind an assignment.
    Json,
    /// A table.
    Csv,
    /// A mailbox.
    Letters,
}

/// The small files that say whose an export is: platform, file, text.
const OWNERS: [(&str, &str, &str); 6] = [
    (
        "x",
        "data/account.js",
        r#"window.YTD.account.part0 = [{"account":{"username":"mara","accountId":"1","createdAt":"2012-05-01T10:00:00.000Z"}}]"#,
    ),
    ("linkedin", "Profile.csv", "First Name,Last Name\nMara,B\n"),
    (
        "linkedin",
        "Invitations.csv",
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\nMara B,P 1,\"1/1/19, 11:44 PM\",,OUTGOING,https://www.linkedin.com/in/mara,https://www.linkedin.com/in/p1\n",
    ),
    (
        "instagram",
        "personal_information/personal_information/personal_information.json",
        r#"{"profile_user":[{"title":"x","string_map_data":{"Username":{"href":"","value":"mara","timestamp":0},"Name":{"href":"","value":"Mara","timestamp":0}}}]}"#,
    ),
    (
        "facebook",
        "profile_information/profile_information.json",
        r#"{"profile_v2":{"name":{"full_name":"Mara"}}}"#,
    ),
    ("github", "schema.json", r#"{"version":"1.0.1"}"#),
];
const MESSAGES: &str = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,IS MESSAGE DRAFT\n";
const COMMENTS: &str = "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text\n";
const CHATS: &str = r#"{"Profile":{"Profile Information":{"ProfileMap":{"userName":"mara"}}},"Direct Messages":{"Chat History":{"ChatHistory":{"Chat History with p1:":["#;

/// Writes an export of about `bytes` bytes into a folder.
///
/// # Errors
/// Whatever the disk says.
pub fn write(platform: &str, bytes: usize, folder: &Path) -> io::Result<()> {
    let put = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)
    };
    for (_, name, text) in OWNERS.iter().filter(|owner| owner.0 == platform) {
        put(name, text)?;
    }
    let (name, text) = match platform {
        "instagram" => return talks("your_instagram_activity", bytes, &put),
        "facebook" => return talks("your_facebook_activity", bytes, &put),
        "x" => ("data/tweets.js", filled("window.YTD.tweets.part0 = [", ",\n", "]", bytes, tweet)),
        "linkedin" => ("messages.csv", filled(MESSAGES, "", "", bytes, letter_row)),
        "youtube" => {
            let history = filled("[", ",", "]", bytes / 20, watched);
            put("Takeout/YouTube/history/watch-history.json", &history)?;
            let comments = filled(COMMENTS, "", "", bytes, video_comment);
            ("Takeout/YouTube/comments/comments.csv", comments)
        }
        "tiktok" => ("user_data.json", filled(CHATS, ",", "]}}}}", bytes, chat)),
        "github" => {
            put("issues_000001.json", &filled("[", ",", "]", bytes / 50, issue))?;
            ("issue_comments_000001.json", filled("[", ",\n", "]", bytes, issue_comment))
        }
        "mail" => ("Sent.mbox", filled("", "", "", bytes, letter)),
        _ => ("ties.csv", filled("from,to,kind,at\n", "", "", bytes, tie)),
    };
    put(name, &text)
}

fn issue(out: &mut String, n: u64) {
    let _ = write!(
        out,
        r#"{{"type":"issue","url":"https://github.com/mara/site/issues/{n}","repository":"https://github.com/mara/site","user":"https://github.com/p{}","body":"x","created_at":"{}"}}"#,
        n % PEOPLE,
        time(n)
    );
}

/// Repeats what `item` writes until there are so many bytes.
fn filled(
    head: &str,
    between: &str,
    tail: &str,
    bytes: usize,
    item: impl Fn(&mut String, u64),
) -> String {
    let mut out = String::with_capacity(bytes + 4_096);
    out.push_str(head);
    for n in 0.. {
        if bytes <= out.len() {
            break;
        }
        if n != 0 {
            out.push_str(between);
        }
        item(&mut out, n);
    }
    out.push_str(tail);
    out
}

/// Returns the moment of an event as an ISO time: whole days are counted on from 2019, months of 28 days.
fn time(n: u64) -> String {
    let (year, month, day, clock) = date(n);
    format!("{year}-{month:02}-{day:02}T{clock}Z")
}

fn date(n: u64) -> (u64, u64, u64, String) {
    let seconds = n * GAP;
    let (day, rest) = (seconds / 86_400, seconds % 86_400);
    let clock = format!("{:02}:{:02}:{:02}", rest / 3_600, rest / 60 % 60, n % 60);
    (2019 + day / 336 % 7, 1 + day / 28 % 12, 1 + day % 28, clock)
}

fn tweet(out: &mut String, n: u64) {
    let (year, month, day, clock) = date(n);
    let names =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let name = usize::try_from(month).ok().and_then(|month| names.get(month - 1)).unwrap_or(&"Jan");
    let (id, who) = (1_080_000_000_000_000_000 + n * 1_000_000, n % PEOPLE);
    let _ = write!(
        out,
        r#"{{"tweet":{{"edit_info":{{"initial":{{"editTweetIds":["{id}"],"editableUntil":"2023-08-12T17:10:37.000Z","editsRemaining":"5","isEditEligible":false}}}},"retweeted":false,"source":"<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>","entities":{{"hashtags":[{{"text":"Lesewoche","indices":["10","20"]}}],"symbols":[],"user_mentions":[{{"name":"Person {who}","screen_name":"p{who}","indices":["0","3"],"id_str":"{0}","id":"{0}"}}],"urls":[]}},"display_text_range":["0","60"],"favorite_count":"1","in_reply_to_status_id_str":"7","id_str":"{id}","in_reply_to_user_id":"{0}","truncated":false,"retweet_count":"0","id":"{id}","created_at":"Sat {name} {day:02} {clock} +0000 {year}","favorited":false,"full_text":"@p{who} danke &amp; bis bald, wir sehen uns in der Lesewoche","lang":"de","in_reply_to_screen_name":"p{who}","in_reply_to_user_id_str":"{0}"}}}}"#,
        5_000 + who
    );
}

fn letter_row(out: &mut String, n: u64) {
    let who = n % PEOPLE;
    let (year, month, day, clock) = date(n);
    let me = ("Mara B", "https://www.linkedin.com/in/mara".to_owned());
    let other = (format!("P {who}"), format!("https://www.linkedin.com/in/p{who}"));
    let other = (other.0.as_str(), other.1);
    let (from, to) = if n.is_multiple_of(2) { (&me, &other) } else { (&other, &me) };
    let _ = writeln!(
        out,
        "2-c{who}==,,{},{},{},{},{year}-{month:02}-{day:02} {clock} UTC,,\"Danke für den Austausch, bis \"\"Donnerstag\"\"!\",INBOX,No",
        from.0, from.1, to.0, to.1
    );
}

/// Writes a hundred conversations, each of the same length.
fn talks(top: &str, bytes: usize, put: &impl Fn(&str, &str) -> io::Result<()>) -> io::Result<()> {
    for talk in 0..100 {
        let name = if talk == 0 { "Ann".to_owned() } else { format!("Person {talk}") };
        let head = format!(
            r#"{{"participants":[{{"name":"{name}"}},{{"name":"Mara"}}],"title":"{name}","messages":["#
        );
        let message = |out: &mut String, n: u64| {
            let from = if n.is_multiple_of(2) { &*name } else { "Mara" };
            let ms = (START + n * GAP) * 1_000 + n % 1_000;
            let _ = write!(
                out,
                "{{\n      \"sender_name\": \"{from}\",\n      \"timestamp_ms\": {ms},\n      \"content\": \"Sch\\u00c3\\u00b6n, bis Donnerstag um zehn am Bahnhof!\",\n      \"is_geoblocked_for_viewer\": false\n    }}"
            );
        };
        let folder = if talk == 0 { "ann_1".to_owned() } else { format!("person{talk}_{talk}") };
        put(
            &format!("{top}/messages/inbox/{folder}/message_1.json"),
            &filled(&head, ",", "]}", bytes / 100, message),
        )?;
    }
    Ok(())
}

fn video(n: u64) -> String {
    format!("v{:010}", n % 2_000)
}

fn video_comment(out: &mut String, n: u64) {
    let _ = writeln!(
        out,
        "Ug{n:024},UCmmmmmmmmmmmmmmmmmmmmmm,{},0,,{},\"{{\"\"takeoutSegments\"\":[{{\"\"text\"\":\"\"Danke, das war sehr schoen! #Lesewoche\"\"}}]}}\"",
        time(n),
        video(n)
    );
}

fn watched(out: &mut String, n: u64) {
    let _ = write!(
        out,
        r#"{{"header":"YouTube","title":"Watched a video","titleUrl":"https://www.youtube.com/watch?v\u003d{}","subtitles":[{{"name":"Channel","url":"https://www.youtube.com/channel/UC{:022}"}}],"time":"{}"}}"#,
        video(n),
        n % PEOPLE,
        time(n)
    );
}

fn chat(out: &mut String, n: u64) {
    let (year, month, day, clock) = date(n);
    let from = if n.is_multiple_of(2) { "p1" } else { "mara" };
    let _ = write!(
        out,
        r#"{{"Date":"{year}-{month:02}-{day:02} {clock}","From":"{from}","Content":"Bis Donnerstag um zehn am Bahnhof!"}}"#
    );
}

fn issue_comment(out: &mut String, n: u64) {
    let issue = n % 1_000;
    let _ = write!(
        out,
        r#"{{"type":"issue_comment","url":"https://github.com/mara/site/issues/{issue}#issuecomment-{n}","issue":"https://github.com/mara/site/issues/{issue}","user":"https://github.com/p{}","body":"Thanks @p{}, I have tried that and it works now.\n\n```\ncargo test\n```","formatter":"markdown","created_at":"{}","reactions":[]}}"#,
        n % PEOPLE,
        (n + 7) % PEOPLE,
        time(n)
    );
}

fn letter(out: &mut String, n: u64) {
    let who = n % PEOPLE;
    let (year, month, day, clock) = date(n);
    let names =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let name = usize::try_from(month).ok().and_then(|month| names.get(month - 1)).unwrap_or(&"Jan");
    let (from, to) = if n.is_multiple_of(2) {
        ("mara".to_owned(), format!("p{who}"))
    } else {
        (format!("p{who}"), "mara".to_owned())
    };
    let label = if n.is_multiple_of(2) { "Sent" } else { "Inbox" };
    let _ = write!(
        out,
        "From {n}@xxx Mon {name} {day:02} {clock} +0000 {year}\nX-GM-THRID: {n}\nX-Gmail-Labels: {label}\nDate: {day:02} {name} {year} {clock} +0000\nFrom: =?utf-8?q?P=C3=A4ul?= <{from}@example.org>\nTo: {to}@example.org\nSubject: =?utf-8?b?R3LDvMOfZQ==?=\nMessage-ID: <{n}.dev@example.org>\nContent-Type: text/plain; charset=utf-8\n\nHallo,\n\nbis Donnerstag um zehn am Bahnhof, ich freue mich sehr darauf und\nbringe die Karten mit.\n\nViele Gruesse\n\n"
    );
}

fn tie(out: &mut String, n: u64) {
    let _ = writeln!(out, "mara,p{},message,{}", n % PEOPLE, time(n));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_export_is_as_long_as_asked_for_and_parses() {
        let dir = std::env::temp_dir().join(format!("rin-exports-{}", std::process::id()));
        for (platform, file, form) in PLATFORMS {
            let folder = dir.join(platform);
            write(platform, 60_000, &folder).unwrap();
            let text = fs::read_to_string(folder.join(file)).unwrap();
            let least = if file.ends_with("message_1.json") { 600 } else { 60_000 };
            assert!((least..80_000).contains(&text.len()), "{platform}: {}", text.len());
            let json = text.split_once("part0 = ").map_or(text.as_str(), |(_, json)| json);
            let is_json = serde_json::from_str::<serde_json::Value>(json).is_ok();
            assert_eq!(is_json, form == Form::Json, "{platform}");
        }
        fs::remove_dir_all(dir).unwrap();
    }
}
