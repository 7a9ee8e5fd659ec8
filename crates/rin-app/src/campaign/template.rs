//! The file a campaign begins with: every key with a comment, filled with what is known.

use std::fs;

use rin_core::{Moment, Programme};

use super::{CampaignDoneView, CampaignError, name};
use crate::{
    Lang, ProgrammeRequestError, Session, SessionError,
    programme::choose,
    time::{iso_date, week_of},
};

/// Weeks until a campaign that is being planned begins, and how long it then lasts, if nothing is said.
const AHEAD_DAYS: f64 = 28.0;
const LASTS_DAYS: f64 = 42.0;

/// A campaign to be planned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewCampaignRequest {
    /// What people call it.
    pub name: String,
    /// The programme it supports; `None` for the only one that runs.
    pub programme: Option<String>,
    /// First day; `None` for a Monday in four weeks.
    pub from: Option<Moment>,
    /// The day after the last; `None` for six weeks later.
    pub until: Option<Moment>,
    /// The moment.
    pub now: Moment,
    /// The language of the comments.
    pub lang: Lang,
}

impl Session {
    /// Writes the file of a campaign, with every key and a comment to each.
    ///
    /// # Errors
    /// [`SessionError`] if no programme runs, the name makes no file name, or the file is there already.
    pub fn new_campaign(
        &self,
        request: &NewCampaignRequest,
    ) -> Result<CampaignDoneView, SessionError> {
        let kept = self.kept()?;
        let programme = &choose(&kept, request.programme.as_deref(), request.now)?.programme;
        if !programme.is_running_at(request.now) {
            Err(ProgrammeRequestError::NotRunning { name: programme.name.clone() })?;
        }
        let id = name::short(&request.name)
            .ok_or_else(|| CampaignError::NoName { name: request.name.clone() })?;
        let path = self.file_of(&id);
        if path.exists() {
            Err(CampaignError::FileTaken { path: path.clone() })?;
        }
        let write = |what, source| CampaignError::File { what, path: path.clone(), source };
        if let Some(dir) = path.parent() {
            fs::create_dir_all(dir).map_err(|source| write("make the folder of", source))?;
        }
        let text = self.template(request, programme)?;
        fs::write(&path, text).map_err(|source| write("write", source))?;
        let (lang, shown) = (request.lang, path.display());
        let said = lang.pick(
            format!("{} is planned in {shown}", request.name.trim()),
            format!("{} ist geplant in {shown}", request.name.trim()),
        );
        let next = lang.pick(
            format!("Edit the file, then: rin campaign check {id}"),
            format!("Die Datei bearbeiten, dann: rin campaign check {id}"),
        );
        Ok(CampaignDoneView {
            schema: "rin.campaign-done/1",
            id,
            file: Some(path),
            said,
            next: vec![next],
        })
    }

    fn template(
        &self,
        request: &NewCampaignRequest,
        programme: &Programme,
    ) -> Result<String, SessionError> {
        let ahead = week_of(request.now.plus_days(AHEAD_DAYS), &self.zone).start();
        let from = request.from.unwrap_or(ahead);
        // Half a day more finds the right day when the clocks are changed meanwhile.
        let until = request.until.unwrap_or_else(|| from.plus_days(LASTS_DAYS + 0.5));
        let reader = self.store.read()?;
        let own = reader.own();
        let mut platforms = Vec::new();
        reader.each_account(|account| {
            let platform = account.account.key.platform;
            if own.contains(&account.id) && programme.is_about(&platform) {
                platforms.push(platform);
            }
        })?;
        if platforms.is_empty() {
            platforms.clone_from(&programme.platforms);
        }
        platforms.sort_unstable();
        platforms.dedup();
        if platforms.is_empty() {
            platforms.push("mastodon".to_owned());
        }
        let words = request.lang.pick(&ENGLISH, &GERMAN);
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let mut text = words
            .head
            .replace("{name}", &quoted(request.name.trim()))
            .replace("{programme}", &quoted(&programme.name))
            .replace("{from}", &iso_date(from, &self.zone))
            .replace("{until}", &iso_date(until, &self.zone));
        for platform in &platforms {
            text.push_str(&words.platform.replace("{platform}", &quoted(platform)));
        }
        text.push_str(words.tail);
        Ok(text)
    }
}

/// The parts of the file in one language.
struct Words {
    head: &'static str,
    platform: &'static str,
    tail: &'static str,
}

const ENGLISH: Words = Words {
    head: r#"# A campaign has an end; the relationships it wins do not. Fill in what is planned, then: rin campaign check
# Every key with its type: rin campaign schema

name = {name}
programme = {programme}   # the lasting programme it supports
from = {from}
until = {until}             # the day after the last
minutes = 1200                # working time for all of it
# money = 500                 # leave it out if money is no matter

[goal]
words = "What it is for, in your words"
measure = "won"               # "won", "alive" (with alive-after-days = 90) or "received"
target = 20

[[team]]                      # who works on it; one block each
name = "somebody"
minutes-per-week = 200
# platforms = ["mastodon"]    # leave it out for all
# until = {until}           # if they leave before the end
"#,
    platform: r"
[[platform]]                  # what is planned there; one block each
name = {platform}
posts-per-week = 3
strangers-per-week = 5        # first contacts to people who have no tie to you
messages-per-week = 0         # private messages
minutes-per-week = 100
automated = false             # is any of it posted by a program?
",
    tail: r##"
[marks]                       # how won ties are recognised: by dates always; of what is named here one is enough
lists = []                    # lists or groups a tie stands in
hashtags = []                 # e.g. ["#reading"]
links = []                    # e.g. ["example.org/reading"]
by-hand = false               # true: only what you mark with rin campaign mark

[aftercare]                   # what the programme keeps for them once the campaign has ended
minutes-per-week = 30
days = 90
"##,
};

const GERMAN: Words = Words {
    head: r#"# Eine Kampagne endet; die Beziehungen, die sie gewinnt, nicht. Ausfüllen, was geplant ist, dann: rin campaign check
# Jeden Schlüssel mit seinem Typ zeigt: rin campaign schema

name = {name}
programme = {programme}   # das dauerhafte Programm, das sie stützt
from = {from}
until = {until}             # der Tag nach dem letzten
minutes = 1200                # Arbeitszeit für alles
# money = 500                 # weglassen, wenn Geld keine Rolle spielt

[goal]
words = "Wofür sie ist, in eigenen Worten"
measure = "won"               # "won" (gewonnen), "alive" (lebendig, mit alive-after-days = 90) oder "received" (empfangen)
target = 20

[[team]]                      # wer daran arbeitet; je ein Block
name = "jemand"
minutes-per-week = 200
# platforms = ["mastodon"]    # weglassen für alle
# until = {until}           # falls vor dem Ende Schluss ist
"#,
    platform: r"
[[platform]]                  # was dort geplant ist; je ein Block
name = {platform}
posts-per-week = 3
strangers-per-week = 5        # Erstkontakte zu Leuten ohne Verbindung
messages-per-week = 0         # private Nachrichten
minutes-per-week = 100
automated = false             # schickt ein Programm etwas davon ab?
",
    tail: r##"
[marks]                       # woran Gewonnenes erkannt wird: immer am Datum; von dem, was hier steht, genügt eines
lists = []                    # Listen oder Gruppen, in denen eine Verbindung steht
hashtags = []                 # z. B. ["#lesen"]
links = []                    # z. B. ["example.org/lesen"]
by-hand = false               # true: nur, was mit rin campaign mark markiert ist

[aftercare]                   # was das Programm danach für sie bereithält (Nachsorge)
minutes-per-week = 30
days = 90
"##,
};
