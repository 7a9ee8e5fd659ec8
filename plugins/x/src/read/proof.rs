//! Whose archive it is where the files do not say: what the user says, or what posts and messages prove.

use rin_plugin::archive::{Archive, ArchiveFile, Findings};

use super::{
    export::Export,
    kind::Kind,
    messages,
    owner::{Common, Owner, Proof},
    posts::MAX_POST,
    say, script, table,
};

/// Finds out whose archive it is: what it says, what the user says, what its posts and messages prove.
pub(super) fn owner_of(
    archive: &Archive<'_>,
    export: &Export<'_>,
    account_id: &str,
    findings: &mut Findings,
) -> Owner {
    if let Some(owner) = &export.owner {
        return owner.clone();
    }
    if !account_id.is_empty() {
        return Owner::of_id(account_id);
    }
    let first = export.parts.first().map_or("", |part| part.file.name());
    let owner = proven(archive, export);
    let code = if owner.is_some() { "owner-proven" } else { "owner-unknown" };
    findings.add(say::finding(code, first, 0));
    owner.unwrap_or_else(Owner::unknown)
}

/// Returns the owner that the files prove.
fn proven(archive: &Archive<'_>, export: &Export<'_>) -> Option<Owner> {
    let mut proof = Proof::default();
    let mut said = None;
    for part in &export.parts {
        match part.kind {
            Kind::TweetTable => table::prove(archive, part.file, &mut proof),
            Kind::Tweets | Kind::MonthTweets | Kind::TweetHeaders if said.is_none() => {
                prove(archive, part.file, &mut proof, &mut said);
            }
            _ => {}
        }
    }
    let mut common = Common::default();
    for file in export.of(Kind::Messages).chain(export.of(Kind::MessageHeaders)) {
        messages::common(archive, file, &mut common);
    }
    said.or_else(|| proof.writer().or_else(|| common.owner()).map(Owner::of_id))
}

/// Adds the posts of a file to what may prove who wrote them; old ones say it.
fn prove(archive: &Archive<'_>, file: &ArchiveFile, proof: &mut Proof, said: &mut Option<Owner>) {
    // What is damaged is told when the file is read.
    let _read = script::each_item(archive, file, MAX_POST, |item| {
        let Some((value, _)) = script::parse(item.bytes) else { return Ok(()) };
        let tweet = value.get("tweet").unwrap_or(&value);
        let user = tweet.get("user").and_then(Owner::parse);
        let header = script::id_of(tweet, &["user_id"]).map(|id| Owner::of_id(&id));
        *said = said.take().or(user).or(header);
        let id = script::id_of(tweet, &["id_str", "id"]).unwrap_or_default();
        let post = script::id_of(tweet, &["in_reply_to_status_id_str"]);
        let user = script::id_of(tweet, &["in_reply_to_user_id_str"]);
        proof.add(&id, post.as_deref().zip(user.as_deref()));
        Ok(())
    });
}
