//! What comes from outside the command line: environment, clock, terminal. Read once, at the edge.

use std::{
    env,
    io::{self, IsTerminal as _, Write as _, stderr, stdout},
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use jiff::tz::TimeZone;
use rin_app::{
    Config, DoctorView, Lang, Moment, PluginFolder, Plugins, Session, SessionError, SessionOptions,
    parse_moment, plugin_search_path,
};
use tracing_subscriber::EnvFilter;

use crate::{
    args::{Global, LangArg},
    error::Error,
};

/// What every command needs to know of the world.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one switch of the command line or the terminal"
)]
pub(crate) struct Context {
    dir: PathBuf,
    plugin_path: Vec<PluginFolder>,
    now: Option<String>,
    pub(crate) zone: TimeZone,
    /// The language given, or set in `rin.toml`, or the system's.
    pub(crate) lang: Lang,
    /// Whether names are made up.
    pub(crate) disguise: bool,
    pub(crate) json: bool,
    /// Whether the answer is tab-separated lines.
    pub(crate) plain: bool,
    /// Columns of the terminal; 100 where there is none.
    pub(crate) width: usize,
    /// Whether results may be coloured.
    pub(crate) colour: bool,
    /// Whether progress may be drawn.
    pub(crate) progress: bool,
}

impl Context {
    /// Looks at the environment once.
    pub(crate) fn new(global: &Global) -> Self {
        let given = global.lang.and_then(|lang| match lang {
            LangArg::De => Some(Lang::De),
            LangArg::En => Some(Lang::En),
            LangArg::Rust | LangArg::C => None,
        });
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(|name| env::var(name).ok())
            .find(|value| !value.is_empty());
        let system = locale.as_deref().and_then(Lang::from_tag);
        let data_home = data_home();
        let dir = global.data_dir.clone().unwrap_or_else(|| data_home.join("rin"));
        // Settings that cannot be read are told by the command that needs them.
        let set = Config::read(&dir).ok().and_then(|config| config.language());
        // Two spellings of one folder are one folder.
        let explicit: Vec<PathBuf> = global
            .plugin_path
            .iter()
            .map(|dir| dir.canonicalize().unwrap_or_else(|_| dir.clone()))
            .collect();
        let exe = env::current_exe().unwrap_or_default();
        Self {
            dir,
            plugin_path: plugin_search_path(
                &explicit,
                env::var_os("RIN_PLUGIN_PATH").as_deref(),
                &exe,
                Some(&data_home),
            ),
            now: global.now.clone(),
            zone: TimeZone::system(),
            lang: given.or(set).or(system).unwrap_or_default(),
            disguise: global.disguise,
            json: global.json,
            plain: global.plain,
            width: terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)),
            colour: stdout().is_terminal() && env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
            progress: stderr().is_terminal() && !global.json && !global.plain,
        }
    }

    /// Returns the folder of the network.
    pub(crate) fn dir(&self) -> &std::path::Path {
        &self.dir
    }

    /// Returns the moment given, or the clock's.
    pub(crate) fn now(&self) -> Result<Moment, Error> {
        if let Some(text) = &self.now {
            return Ok(parse_moment(text, &self.zone)?);
        }
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Ok(Moment::from_unix_ms(i64::try_from(since.as_millis()).unwrap_or(i64::MAX)))
    }

    /// Finds the plugins without opening the network.
    pub(crate) fn plugins(&self) -> Plugins {
        Plugins::find(&self.plugin_path, &self.dir)
    }

    /// Reads the settings without opening the network.
    pub(crate) fn config(&self) -> Result<Config, Error> {
        Ok(Config::read(&self.dir).map_err(SessionError::from)?)
    }

    /// Checks everything.
    pub(crate) fn doctor(&self) -> Result<DoctorView, Error> {
        Ok(DoctorView::new(&self.dir, &mut self.plugins(), self.now()?, self.lang))
    }

    /// Opens the network, and returns the language of its results.
    pub(crate) fn open(&self) -> Result<(Session, Lang), Error> {
        let mut session = Session::open(SessionOptions {
            dir: self.dir.clone(),
            plugin_path: self.plugin_path.clone(),
            zone: self.zone.clone(),
        })?;
        if self.disguise {
            session.disguise()?;
        }
        Ok((session, self.lang))
    }
}

/// Returns the user's data folder by the XDG convention.
fn data_home() -> PathBuf {
    let given = env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|dir| dir.is_absolute());
    given.unwrap_or_else(|| env::home_dir().unwrap_or_default().join(".local").join("share"))
}

/// What was logged while the screen was taken: told when it is given back.
static HELD: Mutex<Vec<u8>> = Mutex::new(Vec::new());
/// More is not held.
const MOST_HELD: usize = 64 * 1024;

/// Keeps what is logged until [`tell_held`].
struct Held;

impl io::Write for Held {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() + text.len() <= MOST_HELD {
            held.extend_from_slice(text);
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes to stderr what was held.
pub(crate) fn tell_held() {
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    // With stderr gone there is nobody left to tell.
    drop(stderr().write_all(&std::mem::take(&mut *held)));
}

/// Sends logs to stderr: warnings, and more if asked for by `-v` or `RIN_LOG`. Where the screen is taken, what would be
/// written over it is held back.
pub(crate) fn log(verbose: u8, is_screen_taken: bool) {
    let level = match verbose {
        0 => "warn",
        1 => "info",
        2 => "debug",
        _ => "trace",
    };
    let filter = EnvFilter::try_from_env("RIN_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    let is_held = is_screen_taken && stderr().is_terminal();
    // A second subscriber cannot be set by anybody else here.
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(move || -> Box<dyn io::Write> {
            if is_held { Box::new(Held) } else { Box::new(stderr()) }
        })
        .without_time()
        .with_ansi(stderr().is_terminal());
    drop(subscriber.try_init());
}
