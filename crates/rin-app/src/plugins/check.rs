//! What the doctor says of plugins: how each stands, whether it starts, and how far it is shut in.

use rin_host::{Confinement, Found, Standing};

use super::{Plugins, PluginsError, params, words};
use crate::{Check, Config, Lang};

impl Plugins {
    /// Starts each plugin that may run, with the user's settings, and says whether it can be used.
    pub(crate) fn checks(&mut self, config: &Config, lang: Lang) -> Vec<Check> {
        let found = self.discovery.found.clone();
        let mut checks: Vec<_> = found.iter().map(|one| self.check(one, config, lang)).collect();
        checks.extend(self.discovery.problems.iter().map(|problem| Check {
            what: "plugin".to_owned(),
            is_fine: false,
            found: problem.to_string(),
            remedy: String::new(),
        }));
        checks.extend(self.strays(config, lang));
        if self.discovery.found.is_empty() && self.discovery.problems.is_empty() {
            checks.push(none_there(lang));
        }
        checks
    }

    fn check(&mut self, found: &Found, config: &Config, lang: Lang) -> Check {
        let (info, looked) = (&found.manifest.info, self.look(found, config, lang));
        let (version, standing) = (&info.version, words::standing(&looked.standing, lang));
        let fine = |text: String| Check {
            what: format!("plugin {}", info.id),
            is_fine: true,
            found: format!("{version}, {standing}{text}"),
            remedy: String::new(),
        };
        // Whoever revoked it wants it so.
        if looked.standing == Standing::Revoked {
            return fine(String::new());
        }
        match self.start(found, config) {
            Ok(reached) => fine(format!(", {}", words::confinement(reached, lang))),
            Err(error) => {
                let what = format!("plugin {}", info.id);
                crate::doctor::check(what, Err(error.into()), lang)
            }
        }
    }

    /// Loads a plugin, starts an instance and returns how far it is shut in.
    pub(super) fn start(
        &mut self,
        found: &Found,
        config: &Config,
    ) -> Result<Confinement, PluginsError> {
        let params = params(found, config)?;
        Ok(self.load(found, config)?.connect(&params)?.confinement())
    }

    /// Finds settings of plugins that are not there.
    fn strays(&self, config: &Config, lang: Lang) -> Vec<Check> {
        let is_known = |id: &String| self.discovery.get(id).is_some();
        let stray = |id: &String| Check {
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
        };
        config.plugin.keys().filter(|id| !is_known(id)).map(stray).collect()
    }
}

fn none_there(lang: Lang) -> Check {
    Check {
        what: "plugins".to_owned(),
        is_fine: false,
        found: lang.pick("none found", "keine gefunden").to_owned(),
        remedy: lang
            .pick(
                "Say where they are: --plugin-path DIR",
                "Sagen, wo sie liegen: --plugin-path ORDNER",
            )
            .to_owned(),
    }
}
