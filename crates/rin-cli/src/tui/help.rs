//! The keys: all of them on a screen of their own, the nearest on the last line.

use ratatui::text::Line;
use rin_app::Lang;

use super::{
    paper::{Cell, Ink, Paper},
    state::Place,
};
use crate::output::Look;

/// A key, and what it does in English and German.
type Key = (&'static str, &'static str, &'static str);

const HELP: &[Key] = &[("any key", "goes back", "geht zurück"), QUIT];
const WEEK: &[Key] = &[
    ("d", "done", "erledigt"),
    ("l", "later", "später"),
    ("n", "never", "nie"),
    ("u", "undo", "zurück"),
    ("Enter", "open", "öffnen"),
    ("/", "filter", "Filter"),
    ASK,
    QUIT,
];
const NETWORK: &[Key] =
    &[("Enter", "open", "öffnen"), ("/", "filter", "Filter"), ("Esc", "all", "alle"), ASK, QUIT];
const PARTY: &[Key] = &[
    ("↑↓", "scroll", "blättern"),
    ("t", "tag", "Wort"),
    ("a", "note", "Notiz"),
    ("Esc", "back", "zurück"),
    ASK,
    QUIT,
];
const PROGRAMME: &[Key] = &[
    ("b", "what the budget keeps", "was das Budget hält"),
    ("o", "other programme", "anderes Programm"),
    ASK,
    QUIT,
];
const CAMPAIGNS: &[Key] = &[("Enter", "open", "öffnen"), ("Esc", "all", "alle"), ASK, QUIT];
const EXIT: &[Key] = &[
    ("p", "platform", "Plattform"),
    ("f", "from", "ab"),
    ("b", "back on", "zurück am"),
    ("h", "handover", "Übergabe"),
    ("↑↓", "scroll", "blättern"),
    ASK,
    QUIT,
];
const ASK: Key = ("?", "help", "Hilfe");
const QUIT: Key = ("q", "quit", "Ende");

/// Returns the keys of a screen in a word each, the most used first.
pub(super) const fn keys(place: Place, has_help: bool) -> &'static [Key] {
    if has_help {
        return HELP;
    }
    match place {
        Place::Week => WEEK,
        Place::Network => NETWORK,
        Place::Party => PARTY,
        Place::Programme => PROGRAMME,
        Place::Campaigns => CAMPAIGNS,
        Place::Exit => EXIT,
    }
}

/// Keys of every screen, and those of one, told at length.
const ALL: &[(Option<Place>, &[Key])] = &[
    (
        None,
        &[
            ("1–6 Tab ← →", "go to another screen", "zu einer anderen Ansicht"),
            ("↑ ↓ j k", "move; Page ↑ ↓, g, G farther", "bewegen; Bild ↑ ↓, g, G weiter"),
            ("Enter", "open what is marked", "das Markierte öffnen"),
            ("Esc", "back; with a filter: everybody", "zurück; mit Filter: wieder alle"),
            ("/", "filter week and network", "Woche und Netz eingrenzen"),
            ("r", "read everything anew", "alles neu lesen"),
            ("q Ctrl-C", "quit", "beenden"),
        ],
    ),
    (
        Some(Place::Week),
        &[
            ("d D", "done; D asks in how many minutes", "erledigt; D fragt, in wie vielen Minuten"),
            ("l", "later: asks until when", "später: fragt, bis wann"),
            ("n", "never propose them again", "nie wieder vorschlagen"),
            ("u", "take the last word back", "das letzte Wort zurücknehmen"),
        ],
    ),
    (
        Some(Place::Party),
        &[
            ("t", "a word for them; -word takes it away", "ein Wort dafür; -wort nimmt es weg"),
            ("a", "add a note", "eine Notiz dazu"),
        ],
    ),
    (
        Some(Place::Programme),
        &[
            ("b", "live through a year", "ein Jahr durchleben"),
            ("o", "another programme", "ein anderes Programm"),
        ],
    ),
    (
        Some(Place::Exit),
        &[
            ("p", "which platform is left", "welche Plattform verlassen wird"),
            ("f b h", "from when; back when; who hands over", "ab wann; wann zurück; wer übergibt"),
        ],
    ),
];

/// Returns all keys.
pub(super) fn lines(width: usize, ink: Ink, lang: Lang) -> Vec<Line<'static>> {
    let mut paper = Paper::new(width, ink);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (place, keys) in ALL {
        let name = place.map_or(lang.pick("Everywhere", "Überall"), |place| place.name(lang));
        for (at, (key, en, de)) in keys.iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            rows.push(vec![
                (Look::Faint, name.to_owned()),
                (Look::Strong, (*key).to_owned()),
                (Look::Plain, (*lang.pick(en, de)).to_owned()),
            ]);
        }
    }
    paper.grid(&rows, &[]);
    paper.gap();
    paper.prose(Look::Faint, 2, lang.pick(
        "The filter is that of rin party list: tag:press alive<0.5. The mouse works too: a click chooses, a second opens; with Shift held the terminal itself selects text.",
        "Der Filter ist der von rin party list: tag:presse alive<0.5. Die Maus geht auch: ein Klick wählt, ein zweiter öffnet; mit Umschalttaste markiert das Terminal selbst Text.",
    ));
    paper.lines()
}
