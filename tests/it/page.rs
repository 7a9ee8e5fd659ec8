//! The page, without a browser: who is let in, what is refused, the week worked off, an export sent, and what thousands
//! of connections that say nothing do to it.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{Home, data};

/// A served page, and a browser's memory of it.
pub(crate) struct Page {
    child: Child,
    port: u16,
    key: String,
    cookie: String,
}

impl Drop for Page {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

impl Page {
    /// Serves a network and enters with the address that was printed.
    pub(crate) fn of(home: &Home) -> Self {
        Self::from(home.command(&["serve", "--port", "0"]))
    }

    /// Enters with the address that such a command prints.
    pub(crate) fn from(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut address).unwrap();
        let (host, key) = address.trim().split_once("/?key=").unwrap();
        let port = host.strip_prefix("http://127.0.0.1:").unwrap().parse().unwrap();
        let mut page = Self { child, port, key: key.to_owned(), cookie: String::new() };
        let welcome = page.raw("GET", &format!("/?key={key}"), &[], b"");
        assert_eq!(welcome.status, 303, "{welcome:?}");
        let cookie = welcome.header("set-cookie").unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        cookie.split(';').next().unwrap().clone_into(&mut page.cookie);
        assert!(!page.cookie.contains(key), "the cookie is another word than the address has");
        page
    }

    /// Sends a request as it stands.
    fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nConnection: close\r\n").unwrap();
        if !headers.iter().any(|(name, _)| *name == "Host") {
            write!(stream, "Host: 127.0.0.1:{}\r\n", self.port).unwrap();
        }
        if method == "POST" {
            write!(stream, "Content-Length: {}\r\n", body.len()).unwrap();
        }
        for (name, value) in headers {
            // Whoever refuses by the head need not hear the end of it.
            drop(write!(stream, "{name}: {value}\r\n"));
        }
        drop(stream.write_all(b"\r\n"));
        drop(stream.write_all(body));
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// Asks as a program does that has no cookie.
    pub(crate) fn bare(&self, path: &str) -> Answer {
        self.raw("GET", path, &[], b"")
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.raw("GET", path, &[("Cookie", &self.cookie)], b"")
    }

    fn post(&self, path: &str, body: &str) -> Answer {
        self.post_as(path, "application/x-www-form-urlencoded", body)
    }

    /// Sends something that calls itself of that kind.
    pub(crate) fn post_as(&self, path: &str, kind: &str, body: &str) -> Answer {
        let own = format!("http://127.0.0.1:{}", self.port);
        let headers = [("Cookie", self.cookie.as_str()), ("Origin", &own), ("Content-Type", kind)];
        self.raw("POST", path, &headers, body.as_bytes())
    }
}

/// Returns what stands in the value of the first field of that name.
fn field<'a>(page: &'a str, name: &str) -> &'a str {
    let mark = format!("name=\"{name}\" value=\"");
    let begin = page.find(&mark).unwrap_or_else(|| panic!("no field {name}")) + mark.len();
    page[begin..].split('"').next().unwrap()
}

const PAGES: [&str; 5] = ["/week", "/people", "/plugins", "/plugins/org.rin.mastodon", "/import"];

#[test]
fn strangers_and_nonsense_are_refused_and_nothing_foreign_runs() {
    let home = Home::demo();
    let page = Page::of(&home);
    whoever_has_no_key_or_comes_from_elsewhere_is_refused(&page);
    every_page_forbids_what_is_not_ours_and_holds_nothing_that_runs(&page);
    what_nobody_asks_for_is_refused_and_breaks_nothing(&page);
}

fn whoever_has_no_key_or_comes_from_elsewhere_is_refused(page: &Page) {
    let own = format!("http://127.0.0.1:{}", page.port);
    let cookie = ("Cookie", page.cookie.as_str());
    for path in PAGES.into_iter().chain(["/", "/nowhere", "/import/events/1"]) {
        assert_eq!(page.raw("GET", path, &[], b"").status, 401, "{path}");
        let foreign = [cookie, ("Host", "evil.example")];
        assert_eq!(page.raw("GET", path, &foreign, b"").status, 421, "{path}");
    }
    let shorter = &page.key[1..];
    for key in ["", "0", shorter, "%00", page.cookie.split_once('=').unwrap().1] {
        let answer = page.raw("GET", &format!("/?key={key}"), &[], b"");
        assert_eq!((answer.status, answer.header("set-cookie")), (401, None), "{key}");
    }
    for foreign in [
        vec![("Origin", "http://evil.example")],
        vec![("Origin", "null")],
        vec![("Origin", "http://127.0.0.1:1")],
        vec![("Sec-Fetch-Site", "cross-site")],
        vec![("Sec-Fetch-Site", "same-site"), ("Origin", own.as_str())],
        vec![],
    ] {
        let headers: Vec<_> = foreign.into_iter().chain([cookie]).collect();
        for path in [
            "/week/answer",
            "/week/undo",
            "/week/calendar",
            "/calendar/0.ics",
            "/import",
            "/own",
            "/people/tag",
            "/",
        ] {
            assert_eq!(page.raw("POST", path, &headers, b"").status, 403, "{path} {headers:?}");
        }
    }
    // Our own page without the cookie is a stranger too.
    assert_eq!(page.raw("POST", "/week/undo", &[("Origin", &own)], b"").status, 401);
}

fn every_page_forbids_what_is_not_ours_and_holds_nothing_that_runs(page: &Page) {
    for path in PAGES.into_iter().chain(["/people/2", "/nowhere"]) {
        for lang in ["de", "en"] {
            let cookie = format!("{}; rin-lang={lang}", page.cookie);
            let answer = page.raw("GET", path, &[("Cookie", &cookie)], b"");
            assert!(matches!(answer.status, 200 | 404), "{path}: {answer:?}");
            let policy = answer.header("content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'none'; script-src 'self'; "), "{policy}");
            assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            assert_eq!(answer.header("access-control-allow-origin"), None);
            let body = &answer.body;
            assert!(body.contains(&format!("<html lang=\"{lang}\">")), "{path}");
            assert_eq!(body.matches("<script").count(), 1, "{path}");
            for inline in
                [" style=\"", " onclick=", " onload=", "javascript:", "<style", "src=\"http"]
            {
                assert!(!body.contains(inline), "{path} has {inline}");
            }
        }
    }
    // Its own files are the same for everybody.
    let week = page.get("/week").body;
    for mark in ["href=\"/asset/", "src=\"/asset/"] {
        let begin = week.find(mark).unwrap() + mark.len() - "/asset/".len();
        let path = week[begin..].split('"').next().unwrap();
        let asset = page.raw("GET", path, &[], b"");
        assert!(
            asset.status == 200 && asset.header("cache-control").unwrap().contains("immutable")
        );
    }
}

fn what_nobody_asks_for_is_refused_and_breaks_nothing(page: &Page) {
    for path in [
        "/asset/../../../etc/passwd",
        "/asset/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/people/../../etc/passwd",
        "/people/99999999999999",
        "/people/4000000000",
        "/people/-1",
        "/plugins/..%2f..%2fx",
        "/plugins/%00",
        "/import/999",
        "/import/events/999",
        "/week?said=x",
    ] {
        let status = page.get(path).status;
        assert!((400..500).contains(&status), "{path}: {status}");
    }
    for body in
        ["", "plan=1", "plan=x&line=1&answer=done", "plan=1&line=1&answer=%ff", "{}", "a=b&&&=="]
    {
        for path in [
            "/week/answer",
            "/week/undo",
            "/people/tag",
            "/people/untag",
            "/people/note",
            "/people/unnote",
            "/people/part",
            "/people/join",
            "/own",
            "/import/path",
            "/import/start/77",
        ] {
            let answer = page.post(path, body);
            assert!((400..500).contains(&answer.status), "{path} {body}: {answer:?}");
        }
    }
    let minutes = "plan=1&line=1&answer=done&minutes=-5";
    assert_eq!(page.post("/week/answer", minutes).status, 422);
    assert_eq!(page.post("/import/path", "path=relative/x").status, 422);
    assert_eq!(page.post("/week/answer", &"a".repeat(100_000)).status, 413);
    let long = "x".repeat(40_000);
    let refused = page.raw("GET", "/week", &[("X-Long", &long)], b"").status;
    assert!(matches!(refused, 0 | 400 | 431), "{refused}");
    assert_eq!(page.get("/language/de?to=//evil.example").header("location"), Some("/"));
    assert_eq!(page.get("/week").status, 200);
}

#[test]
fn a_week_is_worked_off_and_taken_back() {
    let home = Home::demo();
    let page = Page::of(&home);
    let week = page.get("/week").body;
    let (plan, line) = (field(&week, "plan"), field(&week, "line"));
    assert!(week.contains(">60</strong> of 60 minutes left"), "{week}");
    // Looking again makes no other plan.
    assert_eq!(field(&page.get("/week").body, "plan"), plan);

    let said =
        page.post("/week/answer", &format!("plan={plan}&line={line}&answer=done&minutes=12.5"));
    assert_eq!(said.status, 303, "{said:?}");
    let to = said.header("location").unwrap();
    let after = page.get(to).body;
    assert!(after.contains(">47.5</strong> of 60 minutes left"), "{after}");
    assert!(after.contains("Said this week") && after.contains("12.5 min"), "{after}");
    let answer = to.strip_prefix("/week?said=").unwrap();
    assert_eq!(field(&after, "answer"), answer);

    // A line of the plan that was open in another window still means what it said there.
    let later =
        page.post("/week/answer", &format!("plan={plan}&line=2&answer=later&until=2026-09-01"));
    assert_eq!(later.status, 303, "{later:?}");
    assert!(page.get("/week").body.contains("will not be proposed before 1 Sep 2026"));
    let twice = page.post("/week/answer", &format!("plan={plan}&line=2&answer=later"));
    assert_eq!(twice.status, 422, "{twice:?}");

    assert_eq!(page.post("/week/undo", &format!("answer={answer}")).status, 303);
    let back = page.get("/week").body;
    assert!(back.contains(">60</strong> of 60 minutes left"), "{back}");
    assert_eq!(page.post("/week/undo", &format!("answer={answer}")).status, 422);

    the_plan_is_a_calendar_for_whoever_knows_its_secret(&home, &page);

    words_and_notes_are_kept_and_taken_away(&page);
    an_account_is_taken_out_and_put_back(&home, &page);
    assert!(page.get("/people?text=feuerwehr").body.contains("feuerwehr@<wbr>stadt.example"));
}

fn words_and_notes_are_kept_and_taken_away(page: &Page) {
    for (give, take, shown) in [
        ("/people/tag", "/people/untag", "&lt;b&gt;bold"),
        ("/people/note", "/people/unnote", "7 Aug 2026</span> &lt;b&gt;bold"),
    ] {
        let word = "party=2&tag=%3Cb%3Ebold&text=%3Cb%3Ebold&day=2026-08-07";
        let given = page.post(give, word);
        assert_eq!(given.header("location"), Some("/people/2"), "{given:?}");
        let body = page.get("/people/2").body;
        assert!(body.contains(shown), "{shown}: {body}");
        let note = if give == "/people/note" { field(&body, "note") } else { "0" };
        let taken = page.post(take, &format!("{word}&note={note}"));
        assert_eq!(taken.header("location"), Some("/people/2"), "{taken:?}");
        assert!(!page.get("/people/2").body.contains("bold"));
    }
    for wrong in ["party=2&text=+", "party=2&text=x&day=yesterday", "party=4000000000&text=x"] {
        assert_eq!(page.post("/people/note", wrong).status, 422, "{wrong}");
    }
    assert_eq!(page.post("/people/unnote", "party=2&note=7").status, 422);
}

fn an_account_is_taken_out_and_put_back(home: &Home, page: &Page) {
    let before = home.dump();
    let joined = home.json(&["people", "merge", "feuerwehr@stadt.example", "anna-dev.test"]);
    let party = joined["parties"][0]["party"].to_string();
    let shown = page.get(&format!("/people/{party}")).body;
    assert!(shown.contains("are one (by you"), "{shown}");
    let account = field(&shown, "account").replace(':', "%3A").replace('/', "%2F");
    let parted = page.post("/people/part", &format!("account={account}"));
    let to = parted.header("location").unwrap();
    let news = page.get(to).body;
    let parties = field(&news, "parties").to_owned();
    assert_eq!(parties.split(',').count(), 2, "{news}");
    let alone = home.json(&["party", "show", "feuerwehr@stadt.example"]);
    assert_eq!(alone["accounts"].as_array().unwrap().len(), 1);
    // Only the words on who is one differ from before.
    let rest = |dump: &str| {
        dump.lines().filter(|line| !line.starts_with("identity")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(rest(&home.dump()), rest(&before));
    let back = page.post("/people/join", &format!("parties={}", parties.replace(',', "%2C")));
    assert_eq!(back.header("location"), Some(format!("/people/{party}").as_str()), "{back:?}");
    let again = home.json(&["party", "show", "feuerwehr@stadt.example"]);
    assert_eq!(again["accounts"].as_array().unwrap().len(), 2);
    // A number that nobody has is no news, and what is one cannot be taken apart further.
    assert!(!page.get("/people/2?apart=4000000000,x").body.contains("name=\"parties\""));
    assert_eq!(page.post("/people/part", "account=mastodon%3Anobody").status, 422);
    assert_eq!(page.post("/people/join", "parties=2%2C2").status, 422);
}

fn the_plan_is_a_calendar_for_whoever_knows_its_secret(home: &Home, page: &Page) {
    let port = page.port.to_string();
    let path = |address: &str| {
        let own = format!("http://127.0.0.1:{port}");
        address.trim().strip_prefix(&own).unwrap().to_owned()
    };
    // Before one is drawn, nothing opens it.
    assert_eq!(page.bare("/calendar/.ics").status, 404);
    assert!(!page.get("/week").body.contains("/calendar/"));
    let to = page.post("/week/calendar", "");
    assert_eq!(to.header("location"), Some("/week?calendar=new"), "{to:?}");
    let week = page.get("/week?calendar=new").body;
    let shown = week.split("<code class=\"address\">").nth(1).unwrap().split('<').next().unwrap();
    let said = home.json(&["calendar", "--port", &port]);
    assert_eq!(said["address"], shown);

    let first = path(shown);
    let feed = page.bare(&first);
    assert_eq!(feed.header("content-type"), Some("text/calendar; charset=utf-8"), "{feed:?}");
    assert!(5 < feed.body.matches("BEGIN:VEVENT\r\n").count(), "{feed:?}");
    let foreign = page.raw("GET", &first, &[("Host", "evil.example")], b"");
    assert_eq!(foreign.status, 421);
    let shorter = first.replacen("/calendar/", "/calendar/x", 1);
    for other in [&first[..first.len() - 5], &shorter, "/calendar/%2e%2e.ics", "/calendar/%ff.ics"]
    {
        let status = page.bare(other).status;
        assert!((400..500).contains(&status), "{other}: {status}");
    }
    assert_eq!(page.bare(&shorter).status, 404);
    let own = format!("http://127.0.0.1:{port}");
    assert_eq!(page.raw("POST", &first, &[("Origin", &own)], b"").status, 401);

    let renewed = home.ok(&["calendar", "--renew", "--port", &port]);
    let second = path(renewed.lines().next().unwrap());
    assert_ne!(first, second);
    assert_eq!((page.bare(&first).status, page.bare(&second).status), (404, 200));
}

#[test]
fn an_export_is_sent_read_and_not_kept() {
    let home = Home::new();
    let page = Page::of(&home);
    let own = format!("http://127.0.0.1:{}", page.port);
    let headers = [("Cookie", page.cookie.as_str()), ("Origin", own.as_str())];
    let job = page.raw("POST", "/import", &headers, b"");
    let job = job.body.trim_matches(|letter: char| !letter.is_ascii_digit()).to_owned();
    let send = |name: &str, bytes: &[u8]| {
        page.raw("POST", &format!("/import/file/{job}?path={name}"), &headers, bytes).status
    };
    for name in ["../x", "..%2fx", "%2fetc%2fx", "a%5c..%5c..%5cx", "", "."] {
        assert_eq!(send(name, b"x"), 422, "{name}");
    }
    for entry in fs::read_dir(data("bluesky/pds")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        assert_eq!(send(&format!("pds/{name}"), &fs::read(&path).unwrap()), 204, "{name}");
        assert_eq!(send(&format!("pds/{name}"), b"again"), 409, "{name}");
    }
    let inbox = home.path().join("inbox");
    assert!(fs::read_dir(&inbox).unwrap().next().is_some());
    assert!(!home.path().join("x").exists() && !inbox.join("x").exists());
    assert_eq!(page.raw("POST", &format!("/import/start/{job}"), &headers, b"").status, 202);
    assert_eq!(send("late", b"x"), 409);

    let events = page.get(&format!("/import/events/{job}"));
    assert_eq!(events.header("content-type"), Some("text/event-stream"));
    assert!(events.body.contains("\"is_over\":true"), "{events:?}");
    let report = page.get(&format!("/import/{job}")).body;
    assert!(report.contains("Bluesky") && report.contains("That is me"), "{report}");
    assert!(fs::read_dir(&inbox).unwrap().next().is_none(), "what was sent is kept nowhere");

    let mine = page.post("/own", "account=stadtbuecherei-dev.test");
    assert_eq!(mine.header("location"), Some("/import"), "{mine:?}");
    assert!(page.get("/people").body.contains("Anna Müller-Öztürk"));
    let path = data("mastodon").replace('/', "%2F");
    let begun = page.post("/import/path", &format!("path={path}"));
    let to = begun.header("location").unwrap();
    let started = Instant::now();
    while !page.get(to).body.contains("Mastodon") {
        assert!(started.elapsed() < Duration::from_mins(1), "the import does not end");
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn connections_that_say_nothing_keep_nobody_out() {
    let home = Home::new();
    let page = Page::of(&home);
    let mut silent = Vec::new();
    for n in 0..3_000 {
        // A process may open only so many files; some hundred are more than the page keeps.
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", page.port)) else { break };
        drop(stream.write_all(b"GET /week HTTP/1.1\r\nHost: "));
        silent.push(stream);
        if n % 1_000 == 999 {
            let started = Instant::now();
            assert_eq!(page.get("/import").status, 200, "after {n}");
            assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
        }
    }
    assert!(500 < silent.len(), "only {} could be opened", silent.len());
    assert_eq!(page.get("/import").status, 200);
}
