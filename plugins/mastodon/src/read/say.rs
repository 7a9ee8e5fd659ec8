//! What a person is told about an archive, in both languages.

use rin_plugin::{
    archive::{Fault, OwnedFinding},
    prelude::Severity,
};

/// Makes the finding of that code about a place in a file.
pub(crate) fn finding(code: &'static str, file: &str, place: u64) -> OwnedFinding {
    let (severity, en, de) = words(code);
    OwnedFinding::new(severity, file, Fault::new(code, en, de).at(place))
}

/// Makes the same for `count` rows.
pub(crate) fn counted(code: &'static str, file: &str, count: u64) -> OwnedFinding {
    OwnedFinding { count, ..finding(code, file, 0) }
}

fn words(code: &str) -> (Severity, &'static str, &'static str) {
    about_archive(code)
        .or_else(|| about_item(code))
        .or_else(|| about_people(code))
        .or_else(|| about_table(code))
        .unwrap_or((
            Severity::Warning,
            "Something could not be used.",
            "Etwas konnte nicht verwendet werden.",
        ))
}

fn about_archive(code: &str) -> Option<(Severity, &'static str, &'static str)> {
    Some(match code {
        "received-not-covered" => (
            Severity::Note,
            "A Mastodon archive shows what you wrote, not who wrote to you, nor who follows you. Followers can be read from a followers.csv of your software or over the server's API.",
            "Ein Mastodon-Archiv zeigt, was Sie geschrieben haben, nicht wer Ihnen schrieb und nicht wer Ihnen folgt. Follower lassen sich aus einer followers.csv Ihrer Software oder über die API des Servers lesen.",
        ),
        "following-not-covered" => (
            Severity::Note,
            "Whom you follow is not in the archive. Download following_accounts.csv under Preferences, Import and export, and put it beside the archive.",
            "Wem Sie folgen, steht nicht im Archiv. Bitte following_accounts.csv unter Einstellungen, Importieren und Exportieren herunterladen und neben das Archiv legen.",
        ),
        "no-outbox" => (
            Severity::Note,
            "There is no outbox.json, so nothing is known of what was written. Request the archive under Preferences, Import and export.",
            "Es gibt keine outbox.json, daher ist nicht bekannt, was geschrieben wurde. Bitte das Archiv unter Einstellungen, Importieren und Exportieren anfordern.",
        ),
        "no-actor" => (
            Severity::Warning,
            "There is no readable actor.json; the owner was taken from the outbox.",
            "Es gibt keine lesbare actor.json; der Inhaber wurde dem Postausgang entnommen.",
        ),
        "likes-without-date" => (
            Severity::Note,
            "Favourites have neither a date nor an author in the archive and were only counted.",
            "Favoriten haben im Archiv weder Datum noch Urheber und wurden nur gezählt.",
        ),
        "bookmarks-without-date" => (
            Severity::Note,
            "Bookmarks have neither a date nor an author in the archive and were only counted.",
            "Lesezeichen haben im Archiv weder Datum noch Urheber und wurden nur gezählt.",
        ),
        "also-known-as" => (
            Severity::Note,
            "The account names other accounts as the same person's; they were not joined. Read their archives too and join them by hand.",
            "Das Konto nennt weitere Konten derselben Person; sie wurden nicht verbunden. Bitte auch deren Archive einlesen und von Hand verbinden.",
        ),
        "moved" => (
            Severity::Note,
            "The account has moved to another one; read the archive of that account too.",
            "Das Konto ist zu einem anderen umgezogen; bitte auch dessen Archiv einlesen.",
        ),
        _ => return None,
    })
}

fn about_item(code: &str) -> Option<(Severity, &'static str, &'static str)> {
    Some(match code {
        "bad-item" => (
            Severity::Warning,
            "An item of the outbox is no valid activity and was left out.",
            "Ein Eintrag des Postausgangs ist keine gültige Aktivität und wurde ausgelassen.",
        ),
        "no-items" => (
            Severity::Error,
            "The outbox holds no list of items; download the archive again.",
            "Der Postausgang enthält keine Liste von Einträgen; bitte das Archiv neu herunterladen.",
        ),
        "too-long-item" => (
            Severity::Warning,
            "An item of the outbox is longer than any post can be and was left out.",
            "Ein Eintrag des Postausgangs ist länger, als ein Beitrag sein kann, und wurde ausgelassen.",
        ),
        "foreign-item" => (
            Severity::Warning,
            "An item of the outbox is by another account and was left out.",
            "Ein Eintrag des Postausgangs stammt von einem anderen Konto und wurde ausgelassen.",
        ),
        "unknown-item" => (
            Severity::Warning,
            "An item of the outbox is neither a post nor a boost and was left out.",
            "Ein Eintrag des Postausgangs ist weder Beitrag noch geteilter Beitrag und wurde ausgelassen.",
        ),
        "no-date" => (
            Severity::Warning,
            "An item of the outbox has no readable date and was left out.",
            "Ein Eintrag des Postausgangs hat kein lesbares Datum und wurde ausgelassen.",
        ),
        "future-date" => (
            Severity::Warning,
            "An item of the outbox is dated in the future and was left out.",
            "Ein Eintrag des Postausgangs ist in der Zukunft datiert und wurde ausgelassen.",
        ),
        _ => return None,
    })
}

fn about_people(code: &str) -> Option<(Severity, &'static str, &'static str)> {
    Some(match code {
        "reply-author-unknown" => (
            Severity::Warning,
            "Whom a reply answers cannot be told: the archive holds only the address of the post, and it shows no name. Those named in it are counted as mentions.",
            "Wem eine Antwort gilt, ist nicht erkennbar: Das Archiv enthält nur die Adresse des Beitrags, und sie zeigt keinen Namen. Wer darin genannt ist, zählt als Erwähnung.",
        ),
        "boost-author-unknown" => (
            Severity::Warning,
            "Whose post was boosted cannot be told: neither the addressees nor the post's address show it.",
            "Wessen Beitrag geteilt wurde, ist nicht erkennbar: Weder die Adressaten noch die Adresse des Beitrags zeigen es.",
        ),
        "quote-author-unknown" => (
            Severity::Warning,
            "Whose post was quoted cannot be told: the address of the post shows no name.",
            "Wessen Beitrag zitiert wurde, ist nicht erkennbar: Die Adresse des Beitrags zeigt keinen Namen.",
        ),
        "own-post" => (
            Severity::Note,
            "Answers to, boosts and quotes of one's own posts are no contact with anybody and were only counted.",
            "Antworten auf eigene Beiträge sowie geteilte und zitierte eigene Beiträge sind kein Kontakt und wurden nur gezählt.",
        ),
        "to-nobody" => (
            Severity::Note,
            "Posts addressed to nobody, notes to oneself or to deleted accounts, were only counted.",
            "Beiträge ohne Empfänger, also Notizen an sich selbst oder an gelöschte Konten, wurden nur gezählt.",
        ),
        _ => return None,
    })
}

fn about_table(code: &str) -> Option<(Severity, &'static str, &'static str)> {
    Some(match code {
        "bad-address" => (
            Severity::Warning,
            "A row holds no address like name@server and was left out; the list is not taken as complete.",
            "Eine Zeile enthält keine Adresse wie name@server und wurde ausgelassen; die Liste gilt nicht als vollständig.",
        ),
        "duplicate-row" => (
            Severity::Note,
            "A row names the same account as an earlier one.",
            "Eine Zeile nennt dasselbe Konto wie eine frühere.",
        ),
        "own-row" => (
            Severity::Warning,
            "A row names the owner itself and was left out.",
            "Eine Zeile nennt den Inhaber selbst und wurde ausgelassen.",
        ),
        "open-quote" => (
            Severity::Warning,
            "A quotation mark is never closed, so rows may have run together; the list is not taken as complete.",
            "Ein Anführungszeichen wird nie geschlossen, Zeilen können verschmolzen sein; die Liste gilt nicht als vollständig.",
        ),
        "empty-list" => (
            Severity::Note,
            "The list is empty, without even a heading; it is not taken as complete.",
            "Die Liste ist leer, auch ohne Überschrift; sie gilt nicht als vollständig.",
        ),
        "older-copy" => (
            Severity::Note,
            "There is a newer download of the same list; this one was not read.",
            "Es gibt einen neueren Download derselben Liste; dieser wurde nicht gelesen.",
        ),
        "domains-not-people" => (
            Severity::Note,
            "Blocked servers are no accounts and were only counted.",
            "Blockierte Server sind keine Konten und wurden nur gezählt.",
        ),
        "list-owner-unknown" => (
            Severity::Error,
            "The source holds archives of several accounts, and it cannot be told whose list this is. Put it into a folder with its archive.",
            "Die Quelle enthält Archive mehrerer Konten, und es ist nicht erkennbar, wessen Liste dies ist. Bitte mit ihrem Archiv in einen Ordner legen.",
        ),
        _ => return None,
    })
}
