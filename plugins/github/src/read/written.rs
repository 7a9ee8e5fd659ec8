//! Issues, requests, comments and reviews: who wrote to whom, who was named, who reacted.
//!
//! An issue is addressed to whose the repository is, a comment to who wrote what it stands under, and one's own
//! follow-up again to whose the repository is.

use rin_plugin::{
    archive::{Archive, ArchiveFile},
    prelude::{InteractionKind, InteractionRecord, ReadError, Stop},
    text::Labels,
};
use serde_json_borrow::Value;

use super::{
    body,
    item::{self, account, field, moment, owner_of, text, thread_of},
    kind::Kind,
    learn::address,
    people::Desk,
};

/// Reads one file; `false` if something of it is missing.
///
/// # Errors
/// [`ReadError::Stopped`] when the taker wants no more.
pub(super) fn read(
    archive: &Archive<'_>,
    (kind, file): (Kind, &ArchiveFile),
    desk: &mut Desk<'_>,
) -> Result<bool, ReadError> {
    let mut is_whole = true;
    let read = item::each(archive, file, |item, value| {
        let place = item.place;
        let Some(value) = value.filter(|value| owner_of(address(value)).is_some()) else {
            is_whole = false;
            desk.note("bad-item", file, place);
            return Ok(());
        };
        Written { kind, file, place, value: &value, id: address(&value) }.read(desk)
    });
    Ok(desk.close(file, read)? && is_whole)
}

/// Something that somebody wrote.
#[derive(Clone, Copy)]
struct Written<'w> {
    kind: Kind,
    file: &'w ArchiveFile,
    place: u64,
    value: &'w Value<'w>,
    id: &'w str,
}

/// Whom something is for.
enum Side {
    One(String),
    /// Their account was deleted.
    Gone,
    /// What it stands under is not in the archive.
    Unknown,
}

impl Written<'_> {
    fn read(self, desk: &mut Desk<'_>) -> Result<(), Stop> {
        if let Some(code) = self.unsaid() {
            desk.note(code, self.file, self.place);
            return Ok(());
        }
        let Some(at) = moment(self.value, desk.now) else {
            desk.note("no-date", self.file, self.place);
            return Ok(());
        };
        let Some(from) = account(self.value, "user") else {
            desk.note("gone", self.file, self.place);
            return Ok(());
        };
        self.reactions(&from, desk)?;
        let mut labels = Labels::default();
        let said = text(self.value, &["body"]);
        if desk.learned.is_open(self.id) {
            body::add_links(said, &mut labels);
        }
        let record = InteractionRecord {
            id: self.id,
            at,
            from: &from,
            to: "",
            kind: self.means(),
            labels: labels.as_str(),
        };
        let to = self.addressed(&from, desk);
        match &to {
            Side::One(to) if *to == from => desk.note("own-post", self.file, self.place),
            Side::One(to) => desk.event(InteractionRecord { to, ..record })?,
            Side::Gone => desk.note("gone", self.file, self.place),
            Side::Unknown => desk.note("target-unknown", self.file, self.place),
        }
        let is_named =
            |login: &String| *login != from && !matches!(&to, Side::One(to) if to == login);
        let host = from.split_once('@').map_or(String::new(), |(_, host)| format!("@{host}"));
        let named = body::mentions(said).into_iter().map(|login| format!("{login}{host}"));
        for login in named.filter(is_named) {
            let kind = InteractionKind::Mention;
            desk.event(InteractionRecord { to: &login, kind, ..record })?;
        }
        Ok(())
    }

    /// Why a review says nothing by itself, if it does not.
    fn unsaid(self) -> Option<&'static str> {
        if self.kind != Kind::Reviews {
            return None;
        }
        let state = field(self.value, "state");
        let is = |number: u64, word: &str| {
            state
                .is_some_and(|state| state.as_u64() == Some(number) || state.as_str() == Some(word))
        };
        if is(0, "PENDING") {
            return Some("draft");
        }
        let is_empty = text(self.value, &["body"]).trim().is_empty();
        (is_empty && is(1, "COMMENTED")).then_some("frame")
    }

    fn means(self) -> InteractionKind {
        let answered =
            field(self.value, "in_reply_to").or_else(|| field(self.value, "in_reply_to_id"));
        if answered.is_some_and(|answered| !answered.is_null()) {
            return InteractionKind::Reply;
        }
        InteractionKind::Comment
    }

    /// Returns whom it is for.
    fn addressed(self, from: &str, desk: &Desk<'_>) -> Side {
        let owner = || owner_of(self.id).map_or(Side::Unknown, Side::One);
        if matches!(self.kind, Kind::Issues | Kind::PullRequests | Kind::CommitComments) {
            return owner();
        }
        let keys = ["issue", "pull_request", "issue_url", "pull_request_url"];
        let thread = thread_of(text(self.value, &keys)).or_else(|| thread_of(self.id));
        let answered = text(self.value, &["in_reply_to"]);
        let writer = desk.learned.writer_of(answered);
        let writer = writer.or_else(|| desk.learned.writer_of(thread.as_deref()?));
        match writer {
            Some("") => Side::Gone,
            Some(writer) if writer == from => owner(),
            Some(writer) => Side::One(writer.to_owned()),
            None => Side::Unknown,
        }
    }

    fn reactions(self, to: &str, desk: &mut Desk<'_>) -> Result<(), Stop> {
        let all =
            field(self.value, "reactions").and_then(|all| all.as_array()).into_iter().flatten();
        for reaction in all {
            let Some(from) = account(reaction, "user") else {
                desk.note("gone", self.file, self.place);
                continue;
            };
            let Some(at) = moment(reaction, desk.now) else {
                desk.note("no-date", self.file, self.place);
                continue;
            };
            if from != to {
                let id = format!("{}#{from}:{}", self.id, text(reaction, &["content"]));
                let kind = InteractionKind::Reaction;
                desk.event(InteractionRecord { id: &id, at, from: &from, to, kind, labels: "" })?;
            }
        }
        Ok(())
    }
}
