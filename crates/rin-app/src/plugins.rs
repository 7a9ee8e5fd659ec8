//! Which plugins there are, and asking the right one.
//!
//! Finding them reads manifests only; a library is opened when its platform is first needed.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    path::{Path, PathBuf},
};

use rin_core::{Strategy, Text};
use rin_host::{
    Discovery, Found, Isolation, LoadError, Loading, ParamError, ParamKind, Params, Places, Plugin,
    PluginReader, Source, discover, load, search_path,
};
use serde::Serialize;

use crate::{Check, Config, Lang, SessionError};

/// Sure enough to read without asking, in percent.
const LIKELY: u8 = 70;
/// Below this a reader only offers to say what is wrong with the file.
const GUESS: u8 = 30;

/// The plugins that were found.
#[derive(Debug)]
pub struct Plugins {
    searched: Vec<PathBuf>,
    discovery: Discovery,
    loaded: BTreeMap<String, Plugin>,
}

/// The plugins there are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PluginListView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Each plugin.
    pub plugins: Vec<PluginRow>,
    /// What is there and cannot be used.
    pub problems: Vec<String>,
    /// Folders looked into.
    pub searched: Vec<String>,
}

/// One plugin in the list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PluginRow {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its platform.
    pub platform: String,
    /// Its library.
    pub file: String,
}

/// Everything a plugin says about itself.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PluginView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Its id.
    pub id: String,
    /// What people read.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, SPDX.
    pub license: String,
    /// Its platform.
    pub platform: String,
    /// Its library.
    pub file: String,
    /// The columns its strategy sees.
    pub columns: Vec<String>,
    /// Limits and customs of its platform.
    pub norms: Vec<NormView>,
    /// What can be set in `rin.toml`.
    pub params: Vec<ParamView>,
}

/// One norm.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct NormView {
    /// Its stable name.
    pub id: String,
    /// Which rule: `cooldown-days`, `per-day`, `per-week`, `max-unanswered`, `max-length`.
    pub rule: &'static str,
    /// The rule's number.
    pub value: f64,
    /// What it says.
    pub text: String,
    /// Where the number comes from.
    pub source: String,
}

/// One parameter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ParamView {
    /// Its key.
    pub key: String,
    /// Its default.
    pub default: String,
    /// What is allowed.
    pub range: String,
    /// What it does.
    pub text: String,
}

/// Why a plugin cannot be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PluginsError {
    /// No plugin has that id or platform.
    #[error("no plugin is called `{name}`{}", if known.is_empty() { String::new() } else { format!("; there are {}", known.join(", ")) })]
    Unknown {
        /// What was asked for.
        name: String,
        /// Platforms with a plugin.
        known: Vec<String>,
    },
    /// A plugin cannot be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A parameter in `rin.toml` does not fit.
    #[error(transparent)]
    Param(#[from] ParamError),
    /// No plugin knows the source.
    #[error("no plugin knows this kind of export: {what}")]
    Nobody {
        /// What lies there.
        what: String,
    },
    /// Several plugins are equally sure.
    #[error("several plugins would read this export: {}", platforms.join(", "))]
    Several {
        /// Their platforms.
        platforms: Vec<String>,
    },
}

impl PluginsError {
    pub(crate) fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::Unknown { .. } => (
                "See which there are with: rin plugin list",
                "Welche da sind, zeigt: rin plugin list",
            ),
            Self::Load(error) if error.is_about_params() => (
                "Mend its section in rin.toml; rin plugin info shows which settings there are.",
                "Seinen Abschnitt in rin.toml berichtigen; rin plugin info zeigt, welche Einstellungen es gibt.",
            ),
            Self::Load(_) => (
                "Install a build of the plugin that fits this program, or remove it.",
                "Einen Bau des Plugins einspielen, der zu diesem Programm passt, oder es entfernen.",
            ),
            Self::Param(_) => (
                "Mend the key in rin.toml; rin plugin info shows which there are.",
                "Den Schlüssel in rin.toml berichtigen; rin plugin info zeigt, welche es gibt.",
            ),
            Self::Nobody { .. } | Self::Several { .. } => (
                "Say whose export it is, for example: --platform mastodon",
                "Sagen, woher der Export stammt, zum Beispiel: --platform mastodon",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}

/// Returns the folders in which plugins are looked for; never the working directory.
pub fn plugin_search_path(
    explicit: &[PathBuf],
    variable: Option<&OsStr>,
    program: &Path,
    data_home: Option<&Path>,
) -> Vec<PathBuf> {
    search_path(&Places { explicit, variable, data_home, program: Some(program) })
}

impl Plugins {
    /// Looks for plugins; reads manifests and runs no code.
    pub fn find(folders: &[PathBuf]) -> Self {
        let discovery = discover(folders);
        for problem in &discovery.problems {
            tracing::debug!(%problem, "a plugin cannot be used");
        }
        Self { searched: folders.to_vec(), discovery, loaded: BTreeMap::new() }
    }

    /// Lists them.
    pub fn list(&self) -> PluginListView {
        let row = |found: &Found| PluginRow {
            id: found.manifest.info.id.clone(),
            version: found.manifest.info.version.clone(),
            platform: found.manifest.info.platform.clone(),
            file: found.library.display().to_string(),
        };
        PluginListView {
            schema: "rin.plugins/1",
            plugins: self.discovery.found.iter().map(row).collect(),
            problems: self.discovery.problems.iter().map(ToString::to_string).collect(),
            searched: self.searched.iter().map(|dir| dir.display().to_string()).collect(),
        }
    }

    /// Shows everything one says about itself, by id or platform.
    ///
    /// # Errors
    /// [`SessionError::Plugins`] if there is none.
    pub fn info(&self, name: &str, lang: Lang) -> Result<PluginView, SessionError> {
        let found = self.named(name)?;
        let (info, manifest) = (&found.manifest.info, &found.manifest);
        Ok(PluginView {
            schema: "rin.plugin/1",
            id: info.id.clone(),
            name: info.name.clone(),
            version: info.version.clone(),
            license: info.license.clone(),
            platform: info.platform.clone(),
            file: found.library.display().to_string(),
            columns: info.columns.iter().map(|one| one.column.name().to_owned()).collect(),
            norms: manifest.norms.iter().map(|norm| norm_view(norm, lang)).collect(),
            params: manifest.params.iter().map(|param| param_view(param, lang)).collect(),
        })
    }

    /// Starts each plugin with the user's settings and says whether it can be used.
    pub(crate) fn checks(&self, config: &Config, lang: Lang) -> Vec<Check> {
        let check = |found: &Found| {
            let what = format!("plugin {}", found.manifest.info.id);
            let started = start(found, config).map_err(SessionError::from);
            let version = &found.manifest.info.version;
            let fine = lang.pick(format!("{version} starts"), format!("{version} startet"));
            crate::doctor::check(what, started.map(|()| fine), lang)
        };
        let mut checks: Vec<Check> = self.discovery.found.iter().map(check).collect();
        checks.extend(self.discovery.problems.iter().map(|problem| Check {
            what: "plugin".to_owned(),
            is_fine: false,
            found: problem.to_string(),
            remedy: String::new(),
        }));
        let ids = || self.discovery.found.iter().map(|found| &found.manifest.info.id);
        let strays = config.plugin.keys().filter(|id| ids().all(|known| known != *id));
        checks.extend(strays.map(|id| {
            Check {
                what: format!("rin.toml [plugin.\"{id}\"]"),
                is_fine: false,
                found: lang
                    .pick("there is no such plugin", "ein solches Plugin gibt es nicht")
                    .to_owned(),
                remedy: lang
                    .pick(
                        "See which there are with: rin plugin list",
                        "Welche da sind, zeigt: rin plugin list",
                    )
                    .to_owned(),
            }
        }));
        if self.discovery.found.is_empty() && self.discovery.problems.is_empty() {
            checks.push(Check {
                what: "plugins".to_owned(),
                is_fine: false,
                found: lang.pick("none found", "keine gefunden").to_owned(),
                remedy: lang
                    .pick(
                        "Say where they are: --plugin-path DIR",
                        "Sagen, wo sie liegen: --plugin-path ORDNER",
                    )
                    .to_owned(),
            });
        }
        checks
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
        Ok(Some(Box::new(self.load(&found)?.strategy(&params)?)))
    }

    /// Starts the readers of a source: that of the platform asked for, else all that recognise their own in it (a
    /// folder may hold the downloads of several platforms), else the one that is least unsure.
    pub(crate) fn readers_for(
        &mut self,
        source: &dyn Source,
        platform: Option<&str>,
        config: &Config,
    ) -> Result<Vec<PluginReader>, PluginsError> {
        let readers: Vec<Found> = match platform {
            Some(name) => vec![self.named(name)?.clone()],
            None => self
                .discovery
                .found
                .iter()
                .filter(|one| one.manifest.provides.reader)
                .cloned()
                .collect(),
        };
        let mut asked = Vec::new();
        for found in readers {
            let params = params(&found, config)?;
            let mut reader = self.load(&found)?.reader(&params)?;
            let sure = match (platform, reader.probe(source)) {
                (Some(_), _) => 100,
                (None, Ok(sure)) => sure,
                (None, Err(error)) => {
                    tracing::debug!(%error, "a plugin could not look at the source");
                    0
                }
            };
            asked.push((sure, reader));
        }
        surest(asked, source)
    }

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

    fn load(&mut self, found: &Found) -> Result<Plugin, LoadError> {
        let id = &found.manifest.info.id;
        if let Some(plugin) = self.loaded.get(id) {
            return Ok(plugin.clone());
        }
        let plugin =
            load(found, &Loading { isolation: Isolation::InProcess, ..Loading::default() })?;
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
    first.ok_or_else(|| PluginsError::Nobody { what: names(source) })
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

/// Loads a plugin and starts an instance.
fn start(found: &Found, config: &Config) -> Result<(), PluginsError> {
    let params = params(found, config)?;
    load(found, &Loading { isolation: Isolation::InProcess, ..Loading::default() })?
        .connect(&params)?;
    Ok(())
}

fn params(found: &Found, config: &Config) -> Result<Params, ParamError> {
    match config.plugin.get(&found.manifest.info.id) {
        Some(settings) => Params::check(&found.manifest, settings),
        None => Ok(Params::defaults(&found.manifest)),
    }
}

fn norm_view(norm: &rin_core::Norm, lang: Lang) -> NormView {
    let rule = match norm.rule.to_parts().0 {
        1 => "cooldown-days",
        2 => "per-day",
        3 => "per-week",
        4 => "max-unanswered",
        _ => "max-length",
    };
    NormView {
        id: norm.id.clone(),
        rule,
        value: norm.rule.to_parts().1,
        text: lang.text(&norm.text).to_owned(),
        source: norm.source.clone(),
    }
}

fn param_view(param: &rin_host::Param, lang: Lang) -> ParamView {
    let (default, range) = match &param.kind {
        ParamKind::Number { min, max, default } => (default.to_string(), format!("{min} .. {max}")),
        ParamKind::Switch { default } => (default.to_string(), "true, false".to_owned()),
        ParamKind::Text { default } => (format!("\"{default}\""), String::new()),
    };
    ParamView { key: param.key.clone(), default, range, text: lang.text(&param.text).to_owned() }
}
