//! Why a plugin cannot be had, and what to do about it.

use rin_core::Text;
use rin_host::{CallError, LoadError, LoadFault, NotTrusted, ParamError, Standing, TrustError};

use super::NormError;
use crate::Lang;

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
    /// A norm in `rin.toml` does not fit.
    #[error(transparent)]
    Norm(#[from] NormError),
    /// It may not run.
    #[error(transparent)]
    NotTrusted(#[from] NotTrusted),
    /// Nobody knows which may.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// It was asked and gave no answer.
    #[error(transparent)]
    Call(#[from] CallError),
    /// It was to be given a column it does not ask for.
    #[error("plugin {plugin} does not ask for `{column}`{}", asked_for(asks))]
    NotAsked {
        /// Its id.
        plugin: String,
        /// The column.
        column: String,
        /// The personal columns it asks for.
        asks: Vec<String>,
    },
    /// Its file is another one than that which was shown to the user.
    #[error("plugin {plugin} has changed while it was looked at")]
    Swapped {
        /// Its id.
        plugin: String,
    },
    /// There is nothing in the source.
    #[error("there is nothing in it: {what}")]
    Empty {
        /// What lies there.
        what: String,
    },
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

fn asked_for(asks: &[String]) -> String {
    if asks.is_empty() { String::new() } else { format!("; it asks for {}", asks.join(", ")) }
}

impl PluginsError {
    /// Whether only this plugin is at fault, so that others can go on.
    pub(super) const fn is_about_one(&self) -> bool {
        match self {
            Self::NotTrusted(_) | Self::Call(_) => true,
            Self::Load(error) => !error.is_about_params(),
            _ => false,
        }
    }

    /// Whether the user has taken back that it may run.
    pub(super) fn is_revoked(&self) -> bool {
        matches!(self, Self::NotTrusted(error) if error.standing == Standing::Revoked)
    }

    /// Returns what is wrong and what to do in one text.
    pub(crate) fn told(&self, lang: Lang) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(error.to_string().trim_end());
            cause = error.source();
        }
        format!("{text}. {}", lang.text(&self.remedy()))
    }

    pub(crate) fn remedy(&self) -> Text {
        match self {
            Self::NotTrusted(error) => return not_trusted(error),
            Self::Trust(error) => return error.remedy(),
            Self::Load(error) => return load(error),
            _ => {}
        }
        let (en, de) = match self {
            Self::Unknown { .. } => (
                "See which there are with: rin plugin list",
                "Welche da sind, zeigt: rin plugin list",
            ),
            Self::Param(_) | Self::Norm(_) => (
                "Mend the key in rin.toml; rin plugin info shows which there are.",
                "Den Schlüssel in rin.toml berichtigen; rin plugin info zeigt, welche es gibt.",
            ),
            Self::NotAsked { .. } => ("Leave it out of --permit.", "Es bei --permit weglassen."),
            Self::Swapped { .. } => (
                "Look at it again, and approve it only if you know who changed it.",
                "Es noch einmal ansehen und nur genehmigen, wenn klar ist, wer es geändert hat.",
            ),
            Self::Empty { .. } => ("Download it again.", "Noch einmal herunterladen."),
            Self::Nobody { .. } | Self::Several { .. } => (
                "Say whose export it is, for example: --platform mastodon",
                "Sagen, woher der Export stammt, zum Beispiel: --platform mastodon",
            ),
            _ => (
                "Tell the plugin's author, or install another version.",
                "Dem Autor des Plugins melden oder eine andere Version einspielen.",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}

fn not_trusted(error: &NotTrusted) -> Text {
    let id = &error.plugin;
    let (en, de) = match error.standing {
        Standing::Changed { .. } => (
            "If you know who changed it, approve it again",
            "Wenn klar ist, wer es geändert hat, wieder genehmigen",
        ),
        Standing::Quarantined { .. } => (
            "Tell its author. To give it another chance",
            "Dem Autor melden. Um ihm noch eine Chance zu geben",
        ),
        Standing::Revoked => ("To let it run again", "Um es wieder laufen zu lassen"),
        _ => (
            "Look at what it is and asks for, and decide",
            "Ansehen, was es ist und verlangt, und entscheiden",
        ),
    };
    let command = format!("rin plugin approve {id}");
    Text { en: format!("{en}: {command}"), de: format!("{de}: {command}") }
}

fn load(error: &LoadError) -> Text {
    let id = &error.plugin;
    let (en, de) = match &error.fault {
        LoadFault::Params { .. } => (
            "Mend its section in rin.toml; rin plugin info shows which settings there are.".to_owned(),
            "Seinen Abschnitt in rin.toml berichtigen; rin plugin info zeigt, welche Einstellungen es gibt.".to_owned(),
        ),
        LoadFault::Personal { column } => (
            format!("If it may see that, permit it: rin plugin approve {id} --permit {column}"),
            format!("Wenn es das sehen darf, erlauben: rin plugin approve {id} --permit {column}"),
        ),
        LoadFault::Quarantined { .. } | LoadFault::Changed { .. } => (
            format!("If you know why, approve it again: rin plugin approve {id}"),
            format!("Wenn klar ist, warum, wieder genehmigen: rin plugin approve {id}"),
        ),
        LoadFault::NoWorker { .. } => (
            "Install Rin whole again: rin-worker lies beside rin.".to_owned(),
            "Rin noch einmal vollständig einspielen: rin-worker liegt neben rin.".to_owned(),
        ),
        LoadFault::NotConfined { .. } => (
            "Use a newer system, or write isolation = \"worker\" under [plugins] in rin.toml to run it less confined.".to_owned(),
            "Ein neueres System benutzen, oder isolation = \"worker\" unter [plugins] in rin.toml schreiben; dann läuft es weniger eingesperrt.".to_owned(),
        ),
        LoadFault::Crashed { .. } | LoadFault::Late { .. } => (
            "Tell the plugin's author, or install another version.".to_owned(),
            "Dem Autor des Plugins melden oder eine andere Version einspielen.".to_owned(),
        ),
        _ => (
            "Install a build of the plugin that fits this program, or remove it.".to_owned(),
            "Einen Bau des Plugins einspielen, der zu diesem Programm passt, oder es entfernen.".to_owned(),
        ),
    };
    Text { en, de }
}
