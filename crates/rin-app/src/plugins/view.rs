//! What there is to see of plugins: the list, and everything one says about itself.

use rin_host::{Example, ExampleValue, Expect, Found, Isolation, ParamKind, Standing};
use serde::Serialize;

use super::{Plugins, PluginsError, approve, norms, words};
use crate::{Config, Lang, Session, SessionError};

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
    /// SHA-256 of that; `None` if it cannot be read.
    pub sha256: Option<String>,
    /// `shipped`, `approved`, `changed`, `unknown`, `revoked`, `quarantined`.
    pub standing: &'static str,
    /// Whether it may run.
    pub may_run: bool,
    /// The same in words.
    pub status: String,
    /// Where it runs or would run: `worker`, `required`, `in-process`.
    pub isolation: &'static str,
    /// The personal columns it may see.
    pub permissions: Vec<String>,
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
    /// SHA-256 of that; `None` if it cannot be read.
    pub sha256: Option<String>,
    /// As in the list.
    pub standing: &'static str,
    /// The same in words.
    pub status: String,
    /// Where it runs or would run: `worker`, `required`, `in-process`.
    pub isolation: &'static str,
    /// How far it is shut in on this system, in words; `None` if it was not started.
    pub confinement: Option<String>,
    /// Why it does not start, and what to do; `None` if it does or may not.
    pub problem: Option<String>,
    /// The personal columns it asks for.
    pub asks: Vec<String>,
    /// Those of them it may see.
    pub permissions: Vec<String>,
    /// The columns its strategy sees.
    pub columns: Vec<String>,
    /// Limits and customs of its platform.
    pub norms: Vec<NormView>,
    /// What its strategy does, by worked examples.
    pub examples: Vec<ExampleView>,
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
    /// The rule's number, the user's own if one is set.
    pub value: f64,
    /// The plugin's own number, if the user has set another.
    pub instead_of: Option<f64>,
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

/// One worked example.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ExampleView {
    /// What it shows.
    pub text: String,
    /// The columns that have a value, and the value.
    pub row: Vec<(&'static str, String)>,
    /// The kind of action proposed; `None` for nothing.
    pub kind: Option<String>,
    /// The reason given; `None` for nothing.
    pub reason: Option<String>,
}

/// How one build stands, looked up once for a view.
pub(super) struct Looked {
    pub(super) sha256: Option<String>,
    pub(super) standing: Standing,
    pub(super) isolation: Isolation,
    pub(super) permissions: Vec<String>,
    /// Why it could not be looked up.
    pub(super) problem: Option<String>,
}

impl Plugins {
    /// Lists them, and says how each stands.
    pub fn list(&mut self, config: &Config, lang: Lang) -> PluginListView {
        let mut problems: Vec<_> =
            self.discovery.problems.iter().map(ToString::to_string).collect();
        let mut plugins = Vec::new();
        for found in self.discovery.found.clone() {
            let looked = self.look(&found, config, lang);
            problems.extend(looked.problem);
            let info = found.manifest.info;
            plugins.push(PluginRow {
                id: info.id,
                version: info.version,
                platform: info.platform,
                file: found.library.display().to_string(),
                sha256: looked.sha256,
                standing: looked.standing.name(),
                may_run: looked.standing.may_run(),
                status: words::standing(&looked.standing, lang),
                isolation: looked.isolation.name(),
                permissions: looked.permissions,
            });
        }
        problems.dedup();
        let searched = self.searched.iter().map(|folder| folder.path.display().to_string());
        PluginListView { schema: "rin.plugins/1", plugins, problems, searched: searched.collect() }
    }

    /// Shows everything one says about itself, by id or platform; one that may run is started to see how far it is
    /// shut in.
    ///
    /// # Errors
    /// [`SessionError::Plugins`] if there is none.
    pub fn info(
        &mut self,
        name: &str,
        config: &Config,
        lang: Lang,
    ) -> Result<PluginView, SessionError> {
        let found = self.named(name)?.clone();
        let looked = self.look(&found, config, lang);
        let (mut confinement, mut problem) = (None, looked.problem);
        if looked.standing.may_run() {
            match self.start(&found, config) {
                Ok(reached) => confinement = Some(words::confinement(reached, lang)),
                Err(error) => problem = Some(error.told(lang)),
            }
        }
        let (info, manifest) = (&found.manifest.info, &found.manifest);
        let (_, wishes) = norms::section(&found, config);
        let own = norms::with_own(&info.id, &manifest.norms, &wishes).unwrap_or_else(|error| {
            problem = Some(PluginsError::from(error).told(lang));
            manifest.norms.clone()
        });
        let norms = own.iter().zip(&manifest.norms).map(|both| norm_view(both, lang)).collect();
        Ok(PluginView {
            schema: "rin.plugin/1",
            id: info.id.clone(),
            name: info.name.clone(),
            version: info.version.clone(),
            license: info.license.clone(),
            platform: info.platform.clone(),
            file: found.library.display().to_string(),
            sha256: looked.sha256,
            standing: looked.standing.name(),
            status: words::standing(&looked.standing, lang),
            isolation: looked.isolation.name(),
            confinement,
            problem,
            asks: approve::asks(&found),
            permissions: looked.permissions,
            columns: info.columns.iter().map(|one| one.column.name().to_owned()).collect(),
            norms,
            examples: manifest.examples.iter().map(|one| example_view(one, &found, lang)).collect(),
            params: manifest.params.iter().map(|param| param_view(param, lang)).collect(),
        })
    }

    /// Looks up how a build stands; what cannot be looked up counts as unknown.
    pub(super) fn look(&mut self, found: &Found, config: &Config, lang: Lang) -> Looked {
        let usual = config.plugins.isolation();
        let mut looked = Looked {
            sha256: None,
            standing: Standing::Unknown,
            isolation: usual,
            permissions: Vec::new(),
            problem: None,
        };
        match found.sha256() {
            Ok(sha256) => looked.sha256 = Some(sha256),
            Err(error) => looked.problem = Some(PluginsError::from(error).told(lang)),
        }
        let (trust, sha256) = match (self.trust(), &looked.sha256) {
            (Ok(trust), Some(sha256)) => (trust, sha256),
            (Err(error), _) => {
                looked.problem = Some(PluginsError::from(error).told(lang));
                return looked;
            }
            (_, None) => return looked,
        };
        looked.standing = trust.standing(found, sha256);
        let usual = rin_host::Loading { isolation: usual, ..rin_host::Loading::default() };
        if let Ok(how) = trust.loading(found, sha256, &usual) {
            looked.isolation = how.isolation;
            looked.permissions = words::columns(&how.permitted);
        }
        looked
    }
}

impl Session {
    /// Lists the plugins, and says how each stands.
    pub fn plugin_list(&mut self, lang: Lang) -> PluginListView {
        self.plugins.list(&self.config, lang)
    }

    /// Shows everything one says about itself, by id or platform ([`Plugins::info`]).
    ///
    /// # Errors
    /// [`SessionError::Plugins`] if there is none.
    pub fn plugin(&mut self, name: &str, lang: Lang) -> Result<PluginView, SessionError> {
        self.plugins.info(name, &self.config, lang)
    }
}

fn example_view(example: &Example, found: &Found, lang: Lang) -> ExampleView {
    let value = |value: &ExampleValue| match value {
        ExampleValue::U32(n) => n.to_string(),
        ExampleValue::U64(n) => n.to_string(),
        ExampleValue::I64(n) => n.to_string(),
        ExampleValue::F32(n) => n.to_string(),
        ExampleValue::Text(text) => text.clone(),
        _ => String::new(),
    };
    let info = &found.manifest.info;
    let (kind, reason) = match example.expect {
        Expect::Nothing => (None, None),
        Expect::Proposal { kind, reason } => {
            (info.kinds.get(kind as usize), info.reasons.get(reason as usize))
        }
    };
    ExampleView {
        text: lang.text(&example.text).to_owned(),
        row: example.row.iter().map(|(column, held)| (column.name(), value(held))).collect(),
        kind: kind.map(|kind| kind.id.clone()),
        reason: reason.map(|reason| reason.id.clone()),
    }
}

fn norm_view((norm, before): (&rin_core::Norm, &rin_core::Norm), lang: Lang) -> NormView {
    let (value, theirs) = (norm.rule.to_parts().1, before.rule.to_parts().1);
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
        value,
        instead_of: (norm.source != before.source).then_some(theirs),
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
