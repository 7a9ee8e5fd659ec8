//! Which plugins there are, which of them may run, and asking the right one.
//!
//! Finding them reads manifests only; a library is opened when its platform is first needed, and only if the user has
//! approved its very bytes or it came with the program.

mod approve;
mod check;
mod error;
mod norms;
mod view;
mod words;

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    path::{Path, PathBuf},
};

use rin_core::{Moment, Strategy};
use rin_host::{
    Crashes, Discovery, Found, Loading, ParamError, Params, Places, Plugin, PluginFolder,
    PluginReader, Source, Standing, Trust, TrustError, discover_in, load, search_path,
};

pub use self::{
    approve::{ApproveRequest, ApproveView, BeforeView, RevokeView},
    error::PluginsError,
    norms::NormError,
    view::{ExampleView, NormView, ParamView, PluginListView, PluginRow, PluginView},
};
use crate::{Config, Lang};

/// Sure enough to read without asking, in percent.
const LIKELY: u8 = 70;
/// Below this a reader only offers to say what is wrong with the file.
const GUESS: u8 = 30;

/// The plugins that were found, and which of them may run.
#[derive(Debug)]
pub struct Plugins {
    searched: Vec<PluginFolder>,
    discovery: Discovery,
    lock: PathBuf,
    trust: Option<Trust>,
    loaded: BTreeMap<String, Plugin>,
}

/// Returns the folders in which plugins are looked for; never the working directory.
pub fn plugin_search_path(
    explicit: &[PathBuf],
    variable: Option<&OsStr>,
    program: &Path,
    data_home: Option<&Path>,
) -> Vec<PluginFolder> {
    search_path(&Places { explicit, variable, data_home, program: Some(program) })
}

impl Plugins {
    /// Looks for plugins; reads manifests and runs no code. `dir` is the folder that holds the approvals.
    pub fn find(folders: &[PluginFolder], dir: &Path) -> Self {
        let discovery = discover_in(folders);
        for problem in &discovery.problems {
            tracing::debug!(%problem, "a plugin cannot be used");
        }
        Self {
            searched: folders.to_vec(),
            discovery,
            lock: dir.join(Trust::FILE),
            trust: None,
            loaded: BTreeMap::new(),
        }
    }

    /// Returns where people look at an account, if a plugin of its platform says.
    pub(crate) fn profile(&self, platform: &str, id: &str, handle: Option<&str>) -> Option<String> {
        let found = self.discovery.found.iter().map(|found| &found.manifest);
        let mut fitting = found.filter(|manifest| manifest.info.platform == platform);
        fitting.find_map(|manifest| manifest.profile.as_ref())?.of(id, handle)
    }

    /// Starts the strategy of a platform; `None` if no plugin has one.
    pub(crate) fn strategy(
        &mut self,
        platform: &str,
        config: &Config,
    ) -> Result<Option<Box<dyn Strategy>>, PluginsError> {
        let fits = |found: &&Found| {
            found.manifest.info.platform == platform && found.manifest.provides.strategy
        };
        let Some(found) = self.discovery.found.iter().find(fits).cloned() else { return Ok(None) };
        let params = params(&found, config)?;
        let strategy = self.load(&found, config)?.strategy(&params)?;
        let (_, wishes) = norms::section(&found, config);
        let norms = norms::with_own(&found.manifest.info.id, strategy.norms(), &wishes)?;
        Ok(Some(Box::new(norms::UnderOwnNorms { strategy: Box::new(strategy), norms })))
    }

    /// Says which of a platform's norms the user has set otherwise.
    pub(crate) fn own_norms(&self, platform: &str, config: &Config, lang: Lang) -> Vec<String> {
        let of = |found: &&Found| found.manifest.info.platform == platform;
        let found = self.discovery.found.iter().find(of);
        found.map(|found| norms::told(found, config, lang)).unwrap_or_default()
    }

    /// Starts the readers of a source: that of the platform asked for, else all that recognise their own in it (a
    /// folder may hold the downloads of several platforms), else the one that is least unsure.
    ///
    /// Plugins that may not run or do not start are put into `without` and the others are asked.
    pub(crate) fn readers_for(
        &mut self,
        source: &dyn Source,
        platform: Option<&str>,
        config: &Config,
        without: &mut Vec<PluginsError>,
    ) -> Result<Vec<PluginReader>, PluginsError> {
        if let Some(name) = platform {
            let found = self.named(name)?.clone();
            return Ok(vec![self.reader(&found, config)?]);
        }
        let can_read = |found: &&Found| found.manifest.provides.reader;
        let readers: Vec<Found> = self.discovery.found.iter().filter(can_read).cloned().collect();
        let mut asked = Vec::new();
        for found in readers {
            match self.sure(&found, source, config) {
                Ok(sure) => asked.push(sure),
                // Whoever revoked it knows, and does not want to hear of it at every import.
                Err(error) if error.is_revoked() => {}
                Err(error) if error.is_about_one() => without.push(error),
                Err(error) => return Err(error),
            }
        }
        surest(asked, source)
    }

    /// Starts a reader and asks it how sure it is of a source.
    fn sure(
        &mut self,
        found: &Found,
        source: &dyn Source,
        config: &Config,
    ) -> Result<(u8, PluginReader), PluginsError> {
        let mut reader = self.reader(found, config)?;
        Ok((reader.probe(source)?, reader))
    }

    fn reader(&mut self, found: &Found, config: &Config) -> Result<PluginReader, PluginsError> {
        let params = params(found, config)?;
        Ok(self.load(found, config)?.reader(&params)?)
    }

    /// Writes down the crashes since the approvals were read; returns those that were the last.
    pub(crate) fn note_crashes(&mut self, now: Moment) -> Result<Vec<PluginsError>, PluginsError> {
        // Without approvals read, nothing has run.
        let Some(trust) = &mut self.trust else { return Ok(Vec::new()) };
        let fresh = trust.note_crashes(now)?;
        let is_last = |crashes: &Crashes| trust.ledger().is_quarantined(&crashes.sha256);
        let quarantined = |crashes: Crashes| {
            PluginsError::NotTrusted(rin_host::NotTrusted {
                plugin: crashes.plugin,
                standing: Standing::Quarantined { crashes: crashes.count },
            })
        };
        Ok(fresh.into_iter().filter(is_last).map(quarantined).collect())
    }

    /// The same in words, with what kept it from being written down.
    pub(crate) fn crash_notes(&mut self, now: Moment, lang: Lang) -> Vec<String> {
        let errors = self.note_crashes(now).unwrap_or_else(|error| vec![error]);
        errors.into_iter().map(|error| error.told(lang)).collect()
    }

    /// Puts a plugin that was loaded elsewhere in the place of whatever serves its platform or has its id.
    pub(crate) fn lend(&mut self, found: &Found, plugin: Plugin) {
        let info = &found.manifest.info;
        let is_other = |one: &Found| {
            one.manifest.info.id != info.id && one.manifest.info.platform != info.platform
        };
        self.discovery.found.retain(is_other);
        self.discovery.found.push(found.clone());
        self.loaded.insert(info.id.clone(), plugin);
    }

    /// Returns the plugin of that id or platform.
    fn named(&self, name: &str) -> Result<&Found, PluginsError> {
        let is_named = |found: &&Found| {
            let info = &found.manifest.info;
            info.id == name || info.platform == name
        };
        let platform = |found: &Found| found.manifest.info.platform.clone();
        self.discovery.found.iter().find(is_named).ok_or_else(|| PluginsError::Unknown {
            name: name.to_owned(),
            known: self.discovery.found.iter().map(platform).collect(),
        })
    }

    /// Returns the approvals, read when they are first needed.
    fn trust(&mut self) -> Result<&mut Trust, TrustError> {
        let trust = match self.trust.take() {
            Some(trust) => trust,
            None => Trust::read(&self.lock)?,
        };
        Ok(self.trust.insert(trust))
    }

    /// Loads a plugin that may run, and only the bytes that may.
    fn load(&mut self, found: &Found, config: &Config) -> Result<Plugin, PluginsError> {
        let id = &found.manifest.info.id;
        if let Some(plugin) = self.loaded.get(id) {
            return Ok(plugin.clone());
        }
        let usual = Loading { isolation: config.plugins.isolation(), ..Loading::default() };
        let trust = self.trust()?;
        let how = trust.loading(found, &found.sha256()?, &usual)?;
        let plugin = load(found, &how)?;
        self.loaded.insert(id.clone(), plugin.clone());
        Ok(plugin)
    }
}

/// Returns all readers that recognise their own, else the one that is surer than all others.
fn surest(
    mut asked: Vec<(u8, PluginReader)>,
    source: &dyn Source,
) -> Result<Vec<PluginReader>, PluginsError> {
    asked.retain(|(sure, _)| 0 < *sure);
    asked.sort_by_key(|(sure, _)| std::cmp::Reverse(*sure));
    let known = asked.iter().filter(|(sure, _)| LIKELY <= *sure).count();
    if 0 < known {
        asked.truncate(known);
        return Ok(asked.into_iter().map(|(_, reader)| reader).collect());
    }
    if let [(first, _), (second, _), ..] = asked.as_slice()
        && first == second
        && GUESS <= *first
    {
        let platforms = asked.iter().filter(|(sure, _)| sure == first);
        let platforms = platforms.map(|(_, one)| one.manifest().info.platform.clone()).collect();
        return Err(PluginsError::Several { platforms });
    }
    let first = asked.into_iter().next().map(|(_, reader)| vec![reader]);
    first.ok_or_else(|| {
        let is_empty = source.entries().iter().all(|entry| entry.size == 0);
        let what = names(source);
        if is_empty { PluginsError::Empty { what } } else { PluginsError::Nobody { what } }
    })
}

/// Names what lies in a source.
fn names(source: &dyn Source) -> String {
    let entries = source.entries();
    if entries.is_empty() {
        return "an empty folder".to_owned();
    }
    let mut names: Vec<&str> = entries.iter().take(4).map(|entry| entry.name.as_str()).collect();
    if names.len() < entries.len() {
        names.push("...");
    }
    names.join(", ")
}

fn params(found: &Found, config: &Config) -> Result<Params, ParamError> {
    let (settings, _) = norms::section(found, config);
    Params::check(&found.manifest, &settings)
}
