//! What a word in the column of kinds means.

use rin_plugin::prelude::{InteractionKind, TieKind};

/// What happened in a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Deed {
    Event(InteractionKind),
    /// A relation that began.
    Begin(TieKind),
    /// A relation that ended.
    End(TieKind),
}

const EVENTS: [(InteractionKind, &[&str]); 8] = [
    (
        InteractionKind::Message,
        &[
            "message",
            "msg",
            "dm",
            "direct message",
            "mail",
            "email",
            "e-mail",
            "letter",
            "sms",
            "text",
            "chat",
            "call",
            "phone",
            "nachricht",
            "brief",
            "anruf",
            "telefonat",
        ],
    ),
    (InteractionKind::Reply, &["reply", "answer", "response", "antwort"]),
    (InteractionKind::Comment, &["comment", "kommentar", "review"]),
    (InteractionKind::Mention, &["mention", "erwähnung"]),
    (
        InteractionKind::Reaction,
        &["reaction", "like", "favourite", "favorite", "fav", "vote", "upvote", "reaktion"],
    ),
    (
        InteractionKind::Share,
        &["share", "boost", "repost", "retweet", "reblog", "forward", "announce", "geteilt"],
    ),
    (InteractionKind::Quote, &["quote", "zitat"]),
    (InteractionKind::Visit, &["visit", "meeting", "meet", "met", "besuch", "treffen", "termin"]),
];

const TIES: [(TieKind, &[&str]); 8] = [
    (TieKind::Follow, &["follow", "follows", "following", "folgt"]),
    (TieKind::Friend, &["friend", "friends", "friendship", "connection", "freund", "freundschaft"]),
    (TieKind::Contact, &["contact", "knows", "acquaintance", "kontakt"]),
    (TieKind::Member, &["member", "membership", "mitglied", "mitgliedschaft"]),
    (TieKind::Subscriber, &["subscriber", "subscribe", "subscription", "abo", "abonnent"]),
    (TieKind::Endorser, &["endorser", "endorse", "endorsement", "trust", "empfehlung"]),
    (TieKind::Block, &["block", "blocked", "blockiert"]),
    (TieKind::Mute, &["mute", "muted", "stumm"]),
];

/// The word of the row before and what it means, since most rows say the same.
#[derive(Debug, Default)]
pub(super) struct Last {
    word: String,
    deed: Option<Deed>,
}

impl Last {
    /// Returns what a word means, as [`deed`].
    pub(super) fn deed(&mut self, word: &str) -> Option<Deed> {
        if self.word != word {
            word.clone_into(&mut self.word);
            self.deed = deed(word);
        }
        self.deed
    }
}

/// Returns what a word means, whatever its case: `Unfollow` ends what `follow` begins; `None` for an unknown one.
pub(super) fn deed(word: &str) -> Option<Deed> {
    let word = word.trim().to_lowercase().replace('_', " ");
    let tie =
        |word: &str| TIES.iter().find(|(_, words)| words.contains(&word)).map(|(kind, _)| *kind);
    let event = EVENTS.iter().find(|(_, words)| words.contains(&word.as_str()));
    event
        .map(|(kind, _)| Deed::Event(*kind))
        .or_else(|| tie(&word).map(Deed::Begin))
        .or_else(|| tie(word.strip_prefix("un")?).map(Deed::End))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_any_case_and_unknown_ones_are_not_guessed() {
        assert_eq!(deed(" Like "), Some(Deed::Event(InteractionKind::Reaction)));
        assert_eq!(deed("DIRECT_MESSAGE"), Some(Deed::Event(InteractionKind::Message)));
        assert_eq!(deed("besuch"), Some(Deed::Event(InteractionKind::Visit)));
        assert_eq!(deed("follow"), Some(Deed::Begin(TieKind::Follow)));
        assert_eq!(deed("unfollow"), Some(Deed::End(TieKind::Follow)));
        assert_eq!((deed(""), deed("un"), deed("poke")), (None, None, None));
        let mut last = Last::default();
        for word in ["", "like", "like", "poke", "Like", ""] {
            assert_eq!(last.deed(word), deed(word), "{word}");
        }
    }
}
