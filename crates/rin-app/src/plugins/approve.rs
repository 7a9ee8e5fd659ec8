//! Letting a plugin run, and taking that back: shown first, then agreed to.

use rin_core::{Column, Moment};
use rin_host::{Approval, Found, Isolation};
use serde::Serialize;

use super::{Plugins, PluginsError, words};
use crate::{Lang, SessionError};

/// What is to be approved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApproveRequest<'a> {
    /// Id or platform of the plugin.
    pub plugin: &'a str,
    /// The personal columns it is to see, by name.
    pub permit: &'a [String],
    /// Where it is to run.
    pub isolation: Isolation,
    /// The SHA-256 that the user has been shown and agrees to; `None` to be shown it.
    pub consent: Option<&'a str>,
    /// The moment of the approval.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// What would be approved, or was.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ApproveView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The plugin's id.
    pub id: String,
    /// What people read.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its library.
    pub file: String,
    /// SHA-256 of that.
    pub sha256: String,
    /// How it stood before, as in the list.
    pub standing: &'static str,
    /// The same in words.
    pub status: String,
    /// What was approved before, if something was.
    pub before: Option<BeforeView>,
    /// Where it runs: `worker`, `required`, `in-process`.
    pub isolation: &'static str,
    /// The personal columns it asks for.
    pub asks: Vec<String>,
    /// Those it is to see.
    pub permissions: Vec<String>,
    /// Those it cannot do without and is not to see: it will not start.
    pub lacks: Vec<String>,
    /// Whether it is approved now.
    pub is_approved: bool,
}

/// What was approved before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BeforeView {
    /// Its version.
    pub version: String,
    /// SHA-256 of its library.
    pub sha256: String,
    /// The personal columns it could see.
    pub permissions: Vec<String>,
}

/// A plugin that may not run any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RevokeView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The plugin's id.
    pub id: String,
    /// What happened, as a sentence.
    pub said: String,
}

impl Plugins {
    /// Shows what would be approved, and approves it once the request says that the user has agreed to these bytes.
    ///
    /// # Errors
    /// [`SessionError::Plugins`] if there is no such plugin, it does not ask for a column that is to be permitted, it
    /// is not what the user was shown, or the approval cannot be written down.
    pub fn approve(&mut self, request: &ApproveRequest<'_>) -> Result<ApproveView, SessionError> {
        Ok(self.try_approve(request)?)
    }

    fn try_approve(&mut self, request: &ApproveRequest<'_>) -> Result<ApproveView, PluginsError> {
        let found = self.named(request.plugin)?.clone();
        let info = &found.manifest.info;
        let permissions = permitted(&found, request.permit)?;
        let sha256 = found.sha256()?;
        if request.consent.is_some_and(|seen| seen != sha256) {
            return Err(PluginsError::Swapped { plugin: info.id.clone() });
        }
        let trust = self.trust()?;
        let standing = trust.standing(&found, &sha256);
        let before = trust.approval(&info.id).map(|approval| BeforeView {
            version: approval.version.clone(),
            sha256: approval.sha256.clone(),
            permissions: words::columns(&approval.permissions),
        });
        let needed = info.columns.iter().filter(|one| one.column.is_personal() && !one.is_optional);
        let lacks = needed.map(|one| one.column).filter(|column| !permissions.contains(column));
        let view = ApproveView {
            schema: "rin.approve/1",
            id: info.id.clone(),
            name: one_line(&info.name),
            version: info.version.clone(),
            file: one_line(&found.library.display().to_string()),
            sha256: sha256.clone(),
            standing: standing.name(),
            status: words::standing(&standing, request.lang),
            before,
            isolation: request.isolation.name(),
            asks: asks(&found),
            permissions: words::columns(&permissions),
            lacks: words::columns(&lacks.collect::<Vec<_>>()),
            is_approved: request.consent.is_some(),
        };
        if view.is_approved {
            trust.approve(Approval {
                id: info.id.clone(),
                version: info.version.clone(),
                sha256,
                isolation: request.isolation,
                permissions,
                date: request.now.day(),
            })?;
            self.loaded.remove(&info.id);
        }
        Ok(view)
    }

    /// Takes back that a plugin may run, by id or platform; also of one that is not there any more.
    ///
    /// # Errors
    /// [`SessionError::Plugins`] if there is no such plugin, or that cannot be written down.
    pub fn revoke(
        &mut self,
        name: &str,
        now: Moment,
        lang: Lang,
    ) -> Result<RevokeView, SessionError> {
        Ok(self.try_revoke(name, now, lang)?)
    }

    fn try_revoke(
        &mut self,
        name: &str,
        now: Moment,
        lang: Lang,
    ) -> Result<RevokeView, PluginsError> {
        let named = self.named(name).map(|found| found.manifest.info.id.clone());
        let trust = self.trust()?;
        let id = match named {
            Ok(id) => id,
            Err(_) if trust.approval(name).is_some() => name.to_owned(),
            Err(error) => return Err(error),
        };
        trust.revoke(&id, now.day())?;
        self.loaded.remove(&id);
        let said = lang.pick(
            format!("{id} does not run any more. To let it run again: rin plugin approve {id}"),
            format!(
                "{id} läuft nicht mehr. Um es wieder laufen zu lassen: rin plugin approve {id}"
            ),
        );
        Ok(RevokeView { schema: "rin.revoke/1", id, said })
    }
}

/// Returns the personal columns a plugin asks for.
pub(super) fn asks(found: &Found) -> Vec<String> {
    let columns = found.manifest.info.columns.iter().map(|one| one.column);
    words::columns(&columns.filter(|column| column.is_personal()).collect::<Vec<_>>())
}

/// Returns the columns to be permitted; only those can be that it asks for.
fn permitted(found: &Found, names: &[String]) -> Result<Vec<Column>, PluginsError> {
    let asks = asks(found);
    let mut columns = Vec::new();
    for name in names {
        let Some(column) = Column::from_name(name).filter(|_| asks.contains(name)) else {
            let plugin = found.manifest.info.id.clone();
            return Err(PluginsError::NotAsked { plugin, column: name.clone(), asks });
        };
        columns.push(column);
    }
    columns.sort_by_key(|column| column.id());
    columns.dedup();
    Ok(columns)
}

/// Returns a stranger's text on one line that reads from one end to the other, so that it cannot pass for something
/// that the program says, nor hide a part of itself.
fn one_line(text: &str) -> String {
    // Marks that turn the direction of what follows (Unicode Standard Annex 9).
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().map(|c| if breaks(c) || turns(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_pass_for_a_line_of_ours() {
        assert_eq!(one_line("Club\nSHA-256 00\u{202e}drow\u{1b}[2J"), "Club SHA-256 00 drow [2J");
        assert_eq!(one_line("Bücherei 本 🌻"), "Bücherei 本 🌻");
    }
}
