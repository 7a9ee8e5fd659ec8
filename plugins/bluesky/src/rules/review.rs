//! Says what Bluesky's limits and customs mean for a planned campaign.

use rin_plugin::prelude::{Brief, Remark, Text, Verdict};

/// Records an account may create in a day: 35,000 points at 3 points each
/// (<https://docs.bsky.app/docs/advanced-guides/rate-limits>).
pub(super) const CREATES_PER_DAY: f64 = 11_666.0;

/// The norm in the manifest that holds this limit.
pub(super) const CREATES_NORM: &str = "creates-per-day";

/// Reviews a campaign.
pub(crate) fn review(brief: &Brief) -> Vec<Remark> {
    [writes(brief), automation(brief), messages(brief)].into_iter().flatten().collect()
}

/// Posts and first contacts are records the account creates; each counts against the day's limit.
fn writes(brief: &Brief) -> Option<Remark> {
    let a_day = (brief.posts_per_week + brief.strangers_per_week) / 7.0;
    (CREATES_PER_DAY < a_day).then(|| Remark {
        verdict: Verdict::Stop,
        norm: CREATES_NORM.to_owned(),
        found: a_day,
        limit: CREATES_PER_DAY,
        text: Text {
            en: format!("{a_day:.0} posts and first contacts a day are more than the server accepts; plan fewer."),
            de: format!("{a_day:.0} Posts und Erstkontakte am Tag sind mehr, als der Server annimmt; plane weniger."),
        },
    })
}

/// A program may post, but it may turn to people only who have turned to it
/// (<https://docs.bsky.app/docs/starter-templates/bots>).
fn automation(brief: &Brief) -> Option<Remark> {
    (brief.automated && 0.0 < brief.strangers_per_week).then(|| Remark {
        verdict: Verdict::Stop,
        norm: String::new(),
        found: brief.strangers_per_week,
        limit: 0.0,
        text: Text {
            en: "A program may like, repost or answer only those who have tagged its account; let people make first contacts (docs.bsky.app/docs/starter-templates/bots).".to_owned(),
            de: "Ein Programm darf nur Leuten antworten, deren Posts liken oder reposten, die sein Konto erwähnt haben; überlass Erstkontakte Menschen (docs.bsky.app/docs/starter-templates/bots).".to_owned(),
        },
    })
}

/// By default an account takes messages only from accounts it follows
/// (<https://bsky.social/about/blog/05-22-2024-direct-messages>).
fn messages(brief: &Brief) -> Option<Remark> {
    (0.0 < brief.messages_per_week && 0.0 < brief.strangers_per_week).then(|| Remark {
        verdict: Verdict::Warn,
        norm: String::new(),
        found: brief.messages_per_week,
        limit: 0.0,
        text: Text {
            en: "By default people receive messages only from accounts they follow, so messages do not reach strangers; answer their posts instead (bsky.social/about/blog/05-22-2024-direct-messages).".to_owned(),
            de: "Nachrichten kommen in der Voreinstellung nur von Konten an, denen man folgt, Fremde erreichen sie also nicht; antworte lieber auf deren Posts (bsky.social/about/blog/05-22-2024-direct-messages).".to_owned(),
        },
    })
}
