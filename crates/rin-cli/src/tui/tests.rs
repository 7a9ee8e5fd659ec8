//! Every screen drawn on a small network, key by key, against the pictures in `tests/screens.txt`.
//!
//! `RIN_BLESS=1` writes the pictures anew; read what changed.

mod past;

use std::{env, fmt::Write as _, fs, path::Path};

use jiff::tz::TimeZone;
use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::Cell,
    crossterm::event::{
        Event as Input, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
    },
    style::{Color, Modifier},
};
use rin_app::{
    AnswersView, Lang, LeftOutView, NewCampaignRequest, NewProgrammeRequest, PlanLineView, Session,
    SessionOptions, WeekView, parse_member, parse_moment,
};
use rin_core::{
    AccountFlags, AccountRecord, InteractionKind, InteractionRecord, Moment, Record, RecordSink,
    Stop, TieEnd, TieKind, TieRecord, TieStart,
};
use rin_store::{SourceInfo, Store};

use self::past::past_campaign;
use super::{
    ask::{Order, Outcome, Reply, asked},
    frame,
    state::State,
};
use crate::{
    args::{Global, LangArg},
    environment::Context,
    output::table::columns,
};

const NOW: &str = "2026-08-17T12:00:00Z";

/// A network, and somebody before a screen that shows it.
struct Desk {
    session: Session,
    context: Context,
    state: State,
    screen: Terminal<TestBackend>,
    folder: tempfile::TempDir,
}

fn moment(text: &str) -> Moment {
    parse_moment(text, &TimeZone::UTC).unwrap()
}

fn known(sink: &mut dyn RecordSink, id: &str, name: &str) -> Result<(), Stop> {
    sink.record(Record::Account(AccountRecord {
        id,
        alias: "",
        handle: id,
        name,
        flags: AccountFlags::default(),
        seen: None,
        facts: "",
    }))
}

/// Three whom we write to, the later ones the longer ago, and one who only follows.
fn records(sink: &mut dyn RecordSink) -> Result<(), Stop> {
    known(sink, "us@wall", "Library")?;
    known(sink, "ada@wall", "Ada Lovelace")?;
    known(sink, "hanako@wall", "日本語 花子")?;
    known(sink, "red@wall", "Bob \u{1b}[31mRed\u{7}\u{202e}dehsinif")?;
    for (number, other) in (0_u32..).zip(["ada@wall", "hanako@wall", "red@wall"]) {
        for week in 0..12 {
            let at = moment("2026-08-14T12:00:00Z").plus_days(-f64::from(60 * number + 7 * week));
            let ends = if week % 3 == 0 { (other, "us@wall") } else { ("us@wall", other) };
            let id = format!("{other}-{week}");
            sink.record(Record::Interaction(InteractionRecord {
                id: &id,
                at,
                from: ends.0,
                to: ends.1,
                kind: InteractionKind::Message,
                labels: "",
            }))?;
        }
    }
    sink.record(Record::Tie(TieRecord {
        from: "fan@wall",
        to: "us@wall",
        kind: TieKind::Follow,
        start: TieStart::Unknown,
        end: TieEnd::Open,
        label: "",
    }))
}

impl Desk {
    fn new(lang: Lang, (width, height): (u16, u16)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Session::init(folder.path()).unwrap();
        let now = moment(NOW);
        let info = SourceInfo {
            platform: "wall",
            name: "wall",
            fingerprint: "wall",
            now,
            ..SourceInfo::default()
        };
        Store::open(folder.path()).unwrap().import(&info, records).unwrap();
        let mut session = Session::open(SessionOptions {
            dir: folder.path().to_owned(),
            plugin_path: Vec::new(),
            zone: TimeZone::UTC,
        })
        .unwrap();
        session.set_own("us@wall", true, now).unwrap();
        let context = Context::new(&Global {
            data_dir: Some(folder.path().to_owned()),
            plugin_path: Vec::new(),
            lang: Some(lang.pick(LangArg::En, LangArg::De)),
            now: Some(NOW.to_owned()),
            disguise: false,
            json: false,
            plain: false,
            verbose: 0,
        });
        let state = State::in_language(lang, false, TimeZone::UTC);
        let screen = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut desk = Self { session, context, state, screen, folder };
        desk.state.load();
        desk.settle();
        desk
    }

    /// Answers everything that is asked, but shows the made-up week: rules of platforms are not part of this program.
    fn settle(&mut self) {
        loop {
            // The test's screen keeps what stood under the second half of a wide letter, which no terminal does.
            self.screen.clear().unwrap();
            self.screen.draw(|page| frame::draw(&mut self.state, page)).unwrap();
            let orders: Vec<Order> = self.state.orders.drain(..).collect();
            if orders.is_empty() {
                return;
            }
            for order in orders {
                let reply = self.answer(&order);
                self.state.reply(&order, reply);
            }
        }
    }

    fn answer(&mut self, order: &Order) -> Outcome {
        if let Order::Week { .. } = order {
            let answers = AnswersView { schema: "rin.answers/1", answers: Vec::new() };
            return Ok(Reply::Week(Box::new((week(), answers))));
        }
        let reply = asked(order, &mut self.session, &self.context);
        reply.map_err(|error| error.told(self.context.lang))
    }

    fn key(&mut self, code: KeyCode) -> &mut Self {
        self.state.input(&Input::Key(KeyEvent::from(code)));
        self.settle();
        self
    }

    fn letters(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.key(KeyCode::Char(letter));
        }
        self
    }

    fn click(&mut self, column: u16, row: u16) -> &mut Self {
        let kind = MouseEventKind::Down(MouseButton::Left);
        let modifiers = KeyModifiers::NONE;
        self.state.input(&Input::Mouse(MouseEvent { kind, column, row, modifiers }));
        self.settle();
        self
    }

    fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.screen.backend_mut().resize(width, height);
        self.settle();
        self
    }

    /// Returns what stands on the screen, without what is blank at the ends.
    fn seen(&self) -> String {
        let buffer = self.screen.backend().buffer();
        let mut text = String::new();
        for row in buffer.content().chunks(usize::from(buffer.area.width).max(1)) {
            writeln!(text, "{}", shown(row).trim_end()).unwrap();
        }
        text
    }

    fn shows(&self, parts: &[&str]) {
        let seen = self.seen();
        for part in parts {
            assert!(seen.contains(part), "{part} is not in\n{seen}");
        }
    }
}

/// Returns what stands in the cells of a line; a wide letter stands in the cell after it too.
fn shown(cells: &[Cell]) -> String {
    let mut line = String::new();
    let mut skipped = 0;
    for cell in cells {
        if 0 < skipped {
            skipped -= 1;
            continue;
        }
        line.push_str(cell.symbol());
        skipped = columns(cell.symbol()).saturating_sub(1);
    }
    line
}

fn line(number: usize, name: &str) -> PlanLineView {
    PlanLineView {
        line: number,
        party: u32::try_from(number).unwrap() + 1,
        name: name.to_owned(),
        handle: Some("ada@wall".to_owned()),
        platform: "wall".to_owned(),
        account: "ada@wall".to_owned(),
        link: None,
        action: "reply".to_owned(),
        what: "Reply to one of their recent posts".to_owned(),
        why: "No contact for 95 days: after 14 days of contact it goes on by itself with a chance of 51 %."
            .to_owned(),
        facts: "alive 51 %, after a contact 93 %".to_owned(),
        minutes: 2.5,
        day: "2026-08-17".to_owned(),
        member: Some("Anna".to_owned()),
        not_before: None,
        due: (number == 1).then(|| "2026-08-19".to_owned()),
        owed: number == 1,
        kept: false,
        likelihood: 1.0,
        alive: 0.51,
        alive_after: 0.93,
        effect: 0.42,
        lapse: "2026-08-19".to_owned(),
        last: None,
        silence_days: 95.0,
        contact_days: 14,
    }
}

fn week() -> WeekView {
    WeekView {
        schema: "rin.week/1",
        plan: Some(17),
        start: "2026-08-17".to_owned(),
        end: "2026-08-23".to_owned(),
        covered_until: Some("2026-08-14".to_owned()),
        budget_minutes: 60.0,
        done_minutes: 16.0,
        left_minutes: 44.0,
        planned_minutes: 5.0,
        gain: 1.2,
        lines: vec![line(1, "Ada Lovelace"), line(2, "日本語 花子")],
        left_out: LeftOutView {
            never: 0,
            later: 0,
            dormant: 2,
            cooldown: 0,
            unanswered: 0,
            norm: 0,
            same_party: 0,
            time: 3,
        },
        is_empty: false,
        is_stale: false,
        problems: Vec::new(),
        own_norms: Vec::new(),
        only: None,
    }
}

fn programme(desk: &mut Desk) {
    desk.session.begin_programme(&library(desk.state.lang)).unwrap();
}

/// A programme as one would begin it.
fn library(lang: Lang) -> NewProgrammeRequest {
    NewProgrammeRequest {
        name: "Library".to_owned(),
        goals: vec!["Neighbours stay neighbours".to_owned()],
        team: vec![parse_member("anna=60", &TimeZone::UTC).unwrap()],
        platforms: Vec::new(),
        minutes_per_week: None,
        money: None,
        from: Some(moment("2026-01-05")),
        until: None,
        note: None,
        now: moment(NOW),
        lang,
    }
}

fn campaign(desk: &mut Desk) {
    let request = NewCampaignRequest {
        name: "Summer".to_owned(),
        programme: None,
        from: Some(moment("2026-09-01")),
        until: Some(moment("2026-10-01")),
        now: moment(NOW),
        lang: desk.state.lang,
    };
    desk.session.new_campaign(&request).unwrap();
}

#[test]
fn every_screen_is_as_in_its_picture() {
    let mut pictures = String::new();
    let mut picture = |desk: &Desk, name: &str| {
        writeln!(pictures, "=== {name}\n{}", desk.seen()).unwrap();
    };
    let mut desk = Desk::new(Lang::En, (80, 24));
    picture(&desk, "week");
    picture(desk.key(KeyCode::Down), "week, second line");
    picture(desk.letters("?"), "help");
    picture(desk.letters("x2"), "network");
    picture(desk.letters("/name:ada").key(KeyCode::Enter), "network, filtered");
    picture(desk.key(KeyCode::Enter), "person");
    picture(desk.key(KeyCode::PageDown), "person, a page on");
    picture(desk.key(KeyCode::End), "person, the end");
    picture(desk.letters("4"), "no programme");
    picture(desk.letters("5"), "no campaign");
    programme(&mut desk);
    picture(desk.letters("r4"), "programme");
    campaign(&mut desk);
    picture(desk.letters("r5"), "campaigns");
    picture(desk.key(KeyCode::Enter), "campaign, checked");
    picture(desk.letters("6"), "exit");
    past_campaign(&mut desk);
    picture(desk.letters("r5").key(KeyCode::Esc).key(KeyCode::End), "campaigns, one of them ended");
    picture(desk.key(KeyCode::Enter).resize(80, 60), "campaign, reported");
    let mut desk = Desk::new(Lang::De, (44, 14));
    picture(&desk, "Woche, schmal");
    picture(desk.letters("2"), "Netz, schmal");
    past_campaign(&mut desk);
    picture(desk.letters("r5").key(KeyCode::Enter).resize(44, 70), "Kampagnenbericht, schmal");
    desk.session.set_own("reader00@wall", true, moment(NOW)).unwrap();
    picture(desk.letters("r6").resize(90, 90), "Ausstieg mit Übergabe");
    desk.letters("h").shows(&["reader00@wall → us@wall", "niemanden zu übergeben"]);
    picture(desk.resize(30, 5), "zu klein");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tui/tests/screens.txt");
    if env::var_os("RIN_BLESS").is_some() {
        fs::write(&path, &pictures).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap();
    assert_eq!(pictures, kept, "with RIN_BLESS=1 the pictures are written anew");
}

#[test]
fn what_is_said_to_a_line_goes_with_its_plan_and_a_wrong_day_is_asked_again() {
    let mut desk = Desk::new(Lang::De, (80, 24));
    desk.letters("lmorgen").key(KeyCode::Enter);
    desk.shows(&["`morgen` ist weder ein Tag", "Bis wann?"]);
    desk.key(KeyCode::Esc).letters("d");
    // The plan shown is made up, so that the store does not know it: that is said, and nothing breaks.
    desk.shows(&["der Plan 17 ist nicht mehr aufbewahrt", "44 von 60 Minuten übrig"]);
    desk.letters("Dviel").key(KeyCode::Enter).shows(&["Minuten sind eine Zahl von 0 bis 10080"]);
    desk.key(KeyCode::Esc).letters("u").shows(&["Fehler: es gibt keine Antwort"]);
}

#[test]
fn words_and_notes_about_somebody_are_kept_and_shown() {
    let mut desk = Desk::new(Lang::En, (80, 60));
    desk.letters("2").key(KeyCode::End).key(KeyCode::Enter);
    desk.letters("tpress").key(KeyCode::Enter);
    desk.letters("alikes\u{1b}tea").key(KeyCode::Enter).key(KeyCode::End);
    desk.shows(&["  press", "17 Aug 2026  likestea"]);
    desk.letters("t-press").key(KeyCode::Enter).key(KeyCode::End).shows(&["None: t adds one."]);
}

#[test]
fn a_filter_narrows_the_network_and_what_is_none_is_explained() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.letters("2/alvie").key(KeyCode::Enter);
    desk.shows(&["`alvie` at character 1", "Filter: alvie"]);
    desk.key(KeyCode::Esc).letters("/tag:nobody").key(KeyCode::Enter);
    desk.shows(&["Nobody matches.", "Esc shows everybody"]);
    desk.key(KeyCode::Esc).shows(&["Ada Lovelace", "日本語 花子"]);
}

#[test]
fn the_mouse_chooses_and_opens() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.click(10, 0).shows(&["who", "where"]);
    let row = desk.seen().lines().position(|line| line.contains("花子")).unwrap();
    let row = u16::try_from(row).unwrap();
    desk.click(5, row).shows(&["▸ 日本語 花子"]);
    desk.click(5, row).shows(&["If nobody acts"]);
    desk.key(KeyCode::Esc).shows(&["▸ 日本語 花子"]);
}

#[test]
fn nothing_foreign_steers_the_terminal_and_no_size_breaks_it() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.letters("2").shows(&["Bob [31mRed dehsinif"]);
    for place in ["1", "2", "3", "4", "5", "6", "?"] {
        desk.letters(place);
        for (width, height) in [(0, 0), (1, 1), (3, 40), (39, 30), (40, 12), (41, 13), (300, 90)] {
            desk.resize(width, height);
            let steers = |letter: char| letter.is_control() && letter != '\n';
            assert!(!desk.seen().contains(steers), "{place} {width}x{height}");
        }
    }
}

#[test]
fn where_colours_are_not_wanted_there_are_none() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    let colours = |desk: &Desk| {
        let cells = desk.screen.backend().buffer().content().iter();
        cells.filter(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset).count()
    };
    let reversed = |desk: &Desk| {
        let cells = desk.screen.backend().buffer().content().iter();
        cells.filter(|cell| cell.modifier.contains(Modifier::REVERSED)).count()
    };
    assert_eq!(colours(&desk), 0);
    assert!(80 < reversed(&desk), "the row chosen is seen without colours");
    desk.state.ink.is_coloured = true;
    desk.settle();
    assert!(0 < colours(&desk));
}

#[test]
fn a_store_that_cannot_be_read_is_said_and_tried_again() {
    let mut desk = Desk::new(Lang::De, (80, 24));
    let settings = desk.folder.path().join("campaigns/broken.toml");
    fs::create_dir_all(settings.parent().unwrap()).unwrap();
    fs::write(&settings, "no toml").unwrap();
    desk.letters("5").shows(&["unlesbar"]);
    let told = crate::error::Told {
        what: "the store is in use by another process".to_owned(),
        because: vec!["database is locked".to_owned()],
        remedy: Some("Wait.".to_owned()),
        code: 1,
    };
    let order = Order::Network { filter: String::new() };
    desk.state.reply(&order, Err(told));
    desk.letters("2").shows(&[
        "in use by another process",
        "denn: database is locked",
        "r versucht es",
    ]);
    desk.letters("r").shows(&["Ada Lovelace"]);
}
