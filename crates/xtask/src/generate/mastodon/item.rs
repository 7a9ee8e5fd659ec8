//! One item of the outbox, letter by letter as a server of version 4.3 writes it.

use super::people::PEOPLE;

const ME: &str = "https://buecherei.example/users/stadtbuecherei";
const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// The library's own account.
pub(super) const ACTOR: &str = r#"{"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",{"manuallyApprovesFollowers":"as:manuallyApprovesFollowers","toot":"http://joinmastodon.org/ns#","alsoKnownAs":{"@id":"as:alsoKnownAs","@type":"@id"},"movedTo":{"@id":"as:movedTo","@type":"@id"},"schema":"http://schema.org#","PropertyValue":"schema:PropertyValue","value":"schema:value","discoverable":"toot:discoverable","indexable":"toot:indexable"}],"id":"https://buecherei.example/users/stadtbuecherei","type":"Person","following":"https://buecherei.example/users/stadtbuecherei/following","followers":"https://buecherei.example/users/stadtbuecherei/followers","inbox":"https://buecherei.example/users/stadtbuecherei/inbox","outbox":"outbox.json","featured":"https://buecherei.example/users/stadtbuecherei/collections/featured","preferredUsername":"stadtbuecherei","name":"Stadtbücherei Mühlbach","summary":"<p>Bücher, Spiele, Werkstatt. Fiktive Bücherei einer fiktiven Stadt.</p>","url":"https://buecherei.example/@stadtbuecherei","manuallyApprovesFollowers":false,"discoverable":true,"indexable":true,"published":"2022-11-06T00:00:00Z","memorial":false,"tag":[],"attachment":[],"endpoints":{"sharedInbox":"https://buecherei.example/inbox"},"likes":"likes.json","bookmarks":"bookmarks.json"}"#;

const NEWS: [&str; 12] = [
    "Heute bis 19 Uhr geöffnet.",
    "Neu im Regal: Krimis aus der Region.",
    "Vorlesestunde am Samstag um elf.",
    "Die Werkstatt sucht alte Wecker.",
    "Bilderbuchkino: diesmal mit Gebärden.",
    "Lesekreis am Dienstag, Gäste willkommen.",
    "Wir haben jetzt auch Saatgut zum Ausleihen.",
    "Spieleabend am Freitag, Tee gibt es genug.",
    "Sommerleseclub: drei Bücher, ein Fest.",
    "Danke für die Bücherspenden.",
    "Die Rückgabe ist rund um die Uhr möglich.",
    "Morgen kommt die Autorin, die Stühle stehen schon.",
];
const WORDS: [&str; 12] = [
    "Das passt gut, wir melden uns.",
    "Danke fürs Weitersagen!",
    "Gern wieder, der Raum ist frei.",
    "Wir legen zwei Exemplare zurück.",
    "Wie war die Lesung bei euch?",
    "Das Plakat hängt seit heute.",
    "Treffen wir uns nächste Woche?",
    "Schöne Idee, wir sind dabei.",
    "Teşekkürler, bis Samstag!",
    "Die Kinder fragen schon nach euch.",
    "Habt ihr noch Flyer?",
    "Grüße aus dem Lesesaal.",
];

/// What the library did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Act {
    /// A post to everybody.
    Post,
    /// A second post under the one of that minute and serial.
    Thread(u64, u64),
    Reply,
    Mention,
    Boost,
    Message,
}

/// One item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Minutes since 1970.
    pub(super) minute: u64,
    pub(super) act: Act,
    /// Position in [`PEOPLE`].
    pub(super) to: Option<usize>,
    /// Chooses the words.
    pub(super) choice: u32,
    /// Tells items of one minute apart.
    pub(super) serial: u64,
}

impl Item {
    pub(super) const fn new(minute: u64, act: Act, to: Option<usize>, choice: u32) -> Self {
        Self { minute, act, to, choice, serial: 0 }
    }

    /// Returns the same item once more, told apart by its number.
    pub(super) fn again(self, round: u64) -> Self {
        let act = match self.act {
            Act::Thread(minute, serial) => Act::Thread(minute, serial + round * 100),
            act => act,
        };
        Self { act, serial: self.serial + round * 100, ..self }
    }

    /// Returns it as it stands in the outbox.
    pub(super) fn json(&self) -> String {
        let (to, cc) = self.audience();
        let id = format!("{ME}/statuses/{}", snowflake(self.minute, self.serial));
        let (kind, object) = match self.act {
            Act::Boost => ("Announce", format!("\"{}\"", self.their_post().unwrap_or_default())),
            _ => ("Create", self.note(&id, &to, &cc)),
        };
        format!(
            r#"{{"id":"{id}/activity","type":"{kind}","actor":"{ME}","published":"{}","to":[{to}],"cc":[{cc}],"object":{object}}}"#,
            time(self.minute),
        )
    }

    /// Returns the post of theirs that is answered or boosted.
    pub(super) fn their_post(&self) -> Option<String> {
        let (user, host, _) = PEOPLE.get(self.to?)?;
        // They wrote some hours before.
        let number = snowflake(self.minute - 30 - u64::from(self.choice % 3000), 7);
        Some(format!("https://{host}/users/{user}/statuses/{number}"))
    }

    fn note(&self, id: &str, to: &str, cc: &str) -> String {
        let number = id.rsplit('/').next().unwrap_or_default();
        let published = time(self.minute);
        let parent = match self.act {
            Act::Reply => self.their_post(),
            Act::Thread(minute, serial) => {
                Some(format!("{ME}/statuses/{}", snowflake(minute, serial)))
            }
            _ => None,
        };
        let parent = parent.map_or_else(|| "null".to_owned(), |uri| format!("\"{uri}\""));
        let content = self.content();
        format!(
            r#"{{"id":"{id}","type":"Note","summary":null,"inReplyTo":{parent},"published":"{published}","url":"https://buecherei.example/@stadtbuecherei/{number}","attributedTo":"{me}","to":[{to}],"cc":[{cc}],"sensitive":false,"atomUri":"{id}","inReplyToAtomUri":{parent},"conversation":"tag:buecherei.example,{day}:objectId={object}:objectType=Conversation","content":"{content}","contentMap":{{"de":"{content}"}},"attachment":[],"tag":[{tag}],"replies":{{"id":"{id}/replies","type":"Collection","first":{{"type":"CollectionPage","next":"{id}/replies?only_other_accounts=true&page=true","partOf":"{id}/replies","items":[]}}}}}}"#,
            me = ME,
            day = published.get(..10).unwrap_or_default(),
            object = self.minute % 100_000,
            tag = self.tag(),
        )
    }

    fn content(&self) -> String {
        let word = |words: &[&'static str; 12]| words[self.choice as usize % words.len()];
        match self.person() {
            Some((user, host)) => format!(
                r#"<p><span class=\"h-card\" translate=\"no\"><a href=\"https://{host}/@{user}\" class=\"u-url mention\">@<span>{user}</span></a></span> {words}</p>"#,
                words = word(&WORDS),
            ),
            None => format!("<p>{}</p>", word(&NEWS)),
        }
    }

    fn tag(&self) -> String {
        self.person().map_or_else(String::new, |(user, host)| {
            format!(
                r#"{{"type":"Mention","href":"https://{host}/users/{user}","name":"@{user}@{}"}}"#,
                letters(host)
            )
        })
    }

    fn audience(&self) -> (String, String) {
        let public = format!("\"{PUBLIC}\"");
        let followers = format!("\"{ME}/followers\"");
        let them = self.person().map(|(user, host)| format!("\"https://{host}/users/{user}\""));
        match (self.act, them) {
            (Act::Message, Some(them)) => (them, String::new()),
            (Act::Boost, Some(them)) => (public, format!("{them},{followers}")),
            (_, Some(them)) => (public, format!("{followers},{them}")),
            (_, None) => (public, followers),
        }
    }

    fn person(&self) -> Option<(&'static str, &'static str)> {
        PEOPLE.get(self.to?).map(|(user, host, _)| (*user, *host))
    }
}

/// Returns a host in its own letters; addresses show these, URIs the others.
pub(super) fn letters(host: &str) -> String {
    host.replace("xn--bcherwurm-q9a", "bücherwurm")
        .replace("xn--mhlbach-n2a", "mühlbach")
        .replace("xn--ar-3ia21a0h", "çarşı")
}

/// A status number: the milliseconds above, 16 bits of a serial below.
const fn snowflake(minute: u64, serial: u64) -> u64 {
    ((minute * 60_000) << 16) + serial
}

/// Returns the time of a minute since 1970 as servers write it.
fn time(minute: u64) -> String {
    let (days, minutes) = (minute / 1440, minute % 1440);
    let (mut year, mut day) = (1970, days);
    let length = |year: u64| if year.is_multiple_of(4) { 366 } else { 365 };
    while length(year) <= day {
        day -= length(year);
        year += 1;
    }
    let february = length(year) - 337;
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}T{:02}:{:02}:00Z", day + 1, minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_calendar() {
        for (minute, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (27_794_880, "2022-11-06T00:00:00Z"),
            (19_782 * 1440 + 61, "2024-02-29T01:01:00Z"),
            (20_680 * 1440 + 1439, "2026-08-15T23:59:00Z"),
        ] {
            assert_eq!(time(minute), text);
        }
        assert_eq!(snowflake(27_801_029, 0), 109_318_094_192_640_000);
    }
}
