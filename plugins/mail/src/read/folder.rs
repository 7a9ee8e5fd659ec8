//! Which folder a letter lies in, by its name in the languages mail programs speak.
//!
//! Folders say which letters the owner wrote, and which nobody sent or wanted.

use std::borrow::Cow;

/// A folder whose letters are not simply received.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Folder {
    Sent,
    Draft,
    Spam,
}

/// Names in lower case: English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish, Danish, Finnish,
/// Turkish, Russian, Ukrainian, Japanese, Chinese, Korean.
const NAMES: [(Folder, &[&str]); 3] = [
    (
        Folder::Draft,
        &[
            "draft",
            "drafts",
            "entwurf",
            "entwürfe",
            "brouillon",
            "brouillons",
            "borrador",
            "borradores",
            "bozza",
            "bozze",
            "concept",
            "concepten",
            "rascunho",
            "rascunhos",
            "wersje robocze",
            "kopie robocze",
            "utkast",
            "kladde",
            "kladder",
            "luonnokset",
            "taslak",
            "taslaklar",
            "черновик",
            "черновики",
            "чернетки",
            "下書き",
            "草稿",
            "임시보관함",
        ],
    ),
    (
        Folder::Spam,
        &[
            "spam",
            "junk",
            "junk e-mail",
            "junk email",
            "junk mail",
            "bulk mail",
            "spamverdacht",
            "werbung & spam",
            "indésirables",
            "courrier indésirable",
            "pourriel",
            "correo no deseado",
            "posta indesiderata",
            "ongewenste e-mail",
            "ongewenst",
            "lixo eletrônico",
            "wiadomości-śmieci",
            "skräppost",
            "uønsket",
            "roskaposti",
            "gereksiz",
            "спам",
            "迷惑メール",
            "垃圾邮件",
            "垃圾郵件",
            "스팸함",
        ],
    ),
    (
        Folder::Sent,
        &[
            "sent",
            "sent items",
            "sent mail",
            "sent messages",
            "sent-mail",
            "gesendet",
            "gesendete objekte",
            "gesendete elemente",
            "gesendete nachrichten",
            "envoyés",
            "messages envoyés",
            "éléments envoyés",
            "enviado",
            "enviados",
            "elementos enviados",
            "itens enviados",
            "e-mails enviados",
            "inviata",
            "inviati",
            "posta inviata",
            "verzonden",
            "verzonden items",
            "verzonden berichten",
            "wysłane",
            "elementy wysłane",
            "skickat",
            "skickade",
            "sendt",
            "sendt post",
            "lähetetyt",
            "gönderilmiş",
            "gönderilenler",
            "gönderilmiş postalar",
            "отправленные",
            "надіслані",
            "送信済み",
            "送信済みメール",
            "已发送",
            "已发送邮件",
            "已傳送",
            "寄件備份",
            "보낸편지함",
        ],
    ),
];

/// Returns the folder of that name.
fn of_name(name: &str) -> Option<Folder> {
    let name = name.trim().trim_matches('"');
    let lower = if name.is_ascii() { name.into() } else { Cow::from(name.to_lowercase()) };
    let is_one = |known: &&str| known.len() == lower.len() && known.eq_ignore_ascii_case(&lower);
    NAMES.iter().find(|(_, names)| names.iter().any(is_one)).map(|(folder, _)| *folder)
}

/// Returns the folder that labels, parted by commas, name: a draft is none that was sent, spam is spam.
pub(super) fn of_labels(labels: &str) -> Option<Folder> {
    if labels.is_empty() {
        return None;
    }
    let found = || labels.split(',').filter_map(of_name);
    let is_there = |folder: &Folder| found().any(|one| one == *folder);
    [Folder::Draft, Folder::Spam, Folder::Sent].into_iter().find(is_there)
}

/// Returns the folder that the name of a file says: `Sent`, `Sent-1`, `Gesendet(2).mbox`, `Sent Messages.mbox/mbox`, `.Sent/cur/1`.
pub(super) fn of_path(path: &str) -> Option<Folder> {
    path.rsplit('/').take(3).find_map(|part| {
        let stem = part.strip_suffix(".mbox").unwrap_or(part).trim_start_matches('.');
        let is_number = |letter: char| letter.is_ascii_digit() || " -()".contains(letter);
        of_name(stem).or_else(|| of_name(stem.trim_end_matches(is_number)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_known_in_other_languages() {
        for (labels, folder) in [
            ("Gesendet,Geöffnet", Some(Folder::Sent)),
            ("Messages envoyés", Some(Folder::Sent)),
            ("Posteingang,Geöffnet", None),
            ("Entwürfe,Gesendet", Some(Folder::Draft)),
            ("SPAM", Some(Folder::Spam)),
            ("送信済みメール,既読", Some(Folder::Sent)),
            ("", None),
        ] {
            assert_eq!(of_labels(labels), folder, "{labels}");
        }
    }

    #[test]
    fn a_file_is_called_after_its_folder() {
        for path in
            ["Sent", "Mail/Sent-1", "Gesendet(2).mbox", "Sent Messages.mbox/mbox", "a/sent.mbox"]
        {
            assert_eq!(of_path(path), Some(Folder::Sent), "{path}");
        }
        assert_eq!(of_path("Takeout/Mail/All mail Including Spam and Trash.mbox"), None);
        assert_eq!(of_path("Junk.mbox"), Some(Folder::Spam));
    }
}
