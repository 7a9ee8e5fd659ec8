//! What is handed out in the place of names, handles and ids when somebody looks over one's shoulder.
//!
//! Everything that shows people reads them through [`crate::Reader`], so this one place disguises all of it, and what
//! is added later is disguised too. A made-up name is drawn by the party's number and the first export that was read,
//! never by the real name: it is the same on every run, on all accounts of a party, and says nothing about who it
//! stands for. Nothing is written: the file keeps what it holds.

use sha2::{Digest, Sha256};

use rin_core::AccountFlags;

use crate::KnownAccount;

/// Names that are borne, but hardly by anybody in an export.
const FIRST: [&str; 48] = [
    "Aluna", "Amadis", "Belisa", "Borian", "Calista", "Corvin", "Damaris", "Dorian", "Eilika",
    "Emeram", "Fenja", "Florin", "Galina", "Gisbert", "Hedda", "Hilmar", "Ilsabe", "Ivo", "Jella",
    "Jorin", "Kalinka", "Kilian", "Lioba", "Lorin", "Malwine", "Merlin", "Nela", "Norwin",
    "Odilie", "Orell", "Perdita", "Quirin", "Ronja", "Rurik", "Saskia", "Silvan", "Tamina",
    "Thore", "Undine", "Urban", "Valeska", "Veit", "Wanda", "Wieland", "Xenia", "Yorick", "Zelda",
    "Zeno",
];

/// Birds and plants.
const LAST: [&str; 48] = [
    "Amsel",
    "Arnika",
    "Baldrian",
    "Bachstelze",
    "Distel",
    "Dohle",
    "Eberesche",
    "Eisvogel",
    "Fichtner",
    "Fink",
    "Ginster",
    "Goldammer",
    "Habicht",
    "Holunder",
    "Ilex",
    "Immergrün",
    "Jasmin",
    "Kiebitz",
    "Klee",
    "Kornblum",
    "Lavendel",
    "Lerche",
    "Malve",
    "Merle",
    "Myrte",
    "Nachtigall",
    "Nelke",
    "Oleander",
    "Pirol",
    "Primel",
    "Quitte",
    "Rainfarn",
    "Reiher",
    "Salbei",
    "Schlehe",
    "Seidelbast",
    "Sperling",
    "Thymian",
    "Uhu",
    "Veilchen",
    "Wacholder",
    "Wegerich",
    "Weißdorn",
    "Wiedehopf",
    "Zaunkönig",
    "Zeisig",
    "Zeder",
    "Ziest",
];

/// Makes names up for one store.
///
/// # Example
/// ```
/// let disguise = rin_store::Disguise::new("fingerprint of an export");
/// let shown = disguise.member("Ann");
/// assert_ne!(shown, "Ann");
/// assert_eq!(shown, disguise.member("Ann"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Disguise {
    seed: u64,
}

impl Disguise {
    /// Makes it of what distinguishes one store from another.
    pub fn new(seed: &str) -> Self {
        Self { seed: drawn(0, "seed", seed) }
    }

    /// Returns how somebody of one's own team is called.
    pub fn member(self, name: &str) -> String {
        pick(&FIRST, drawn(self.seed, "member", name)).to_owned()
    }

    /// Returns how a party is called.
    pub fn party(self, party: u32, is_organisation: bool) -> String {
        let (first, last) = self.words(party);
        if is_organisation { format!("{last} & {first}") } else { format!("{first} {last}") }
    }

    /// Returns how a source is called.
    pub fn source(self, number: i64) -> String {
        format!("export-{number}")
    }

    /// Puts made-up names in the place of all that an account is known by; what is missing stays missing.
    pub(crate) fn account(self, known: &mut KnownAccount) {
        let party = known.account.party.get();
        let is_organisation = known.flags.contains(AccountFlags::ORGANISATION);
        let number = known.id.get().to_string();
        if known.account.name.is_some() {
            known.account.name = Some(self.party(party, is_organisation));
        }
        if let Some(handle) = &known.account.handle {
            known.account.handle = Some(self.handle(party, &number, handle));
        }
        known.account.key.id = self.id(party, &number, &known.account.key.id);
        for (at, alias) in known.aliases.iter_mut().enumerate() {
            *alias = self.id(party, &format!("{number} {at}"), alias);
        }
    }

    /// Returns a handle in the shape of the real one: an address, a domain or a word.
    fn handle(self, party: u32, number: &str, real: &str) -> String {
        let (first, last) = self.words(party);
        let mark = drawn(self.seed, "handle", number) % 10_000;
        let (first, last) = (plain(first), plain(last));
        match (real.trim_start_matches('@').contains('@'), real.contains('.')) {
            (true, _) => format!("{first}.{last}{mark}@town.example"),
            (false, true) => format!("{first}-{last}{mark}.example"),
            (false, false) => format!("{first}_{last}{mark}"),
        }
    }

    /// Returns a native id in the shape of the real one.
    fn id(self, party: u32, number: &str, real: &str) -> String {
        let mark = drawn(self.seed, "id", number);
        if real.starts_with("http") {
            format!("https://town.example/users/{mark:016x}")
        } else if real.starts_with("did:") {
            format!("did:example:{mark:016x}")
        } else if real.contains('@') {
            self.handle(party, number, real)
        } else if real.contains(' ') {
            // Where people write their own tables, the name is the id.
            format!("{} {number}", self.party(party, false))
        } else {
            format!("{mark:016x}")
        }
    }

    fn words(self, party: u32) -> (&'static str, &'static str) {
        let number = party.to_string();
        let draw = |what| drawn(self.seed, what, &number);
        (pick(&FIRST, draw("first")), pick(&LAST, draw("last")))
    }
}

fn pick(words: &[&'static str; 48], drawn: u64) -> &'static str {
    let at = usize::try_from(drawn % 48).unwrap_or_default();
    words.get(at).copied().unwrap_or_default()
}

/// Returns the letters a handle may hold.
fn plain(word: &str) -> String {
    let folded = word.to_lowercase().replace('ü', "ue").replace('ö', "oe").replace('ß', "ss");
    folded.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Draws a number that depends on all of its arguments.
fn drawn(seed: u64, what: &str, text: &str) -> u64 {
    let mut hash = Sha256::new();
    hash.update(seed.to_le_bytes());
    hash.update((what.len() as u64).to_le_bytes());
    hash.update(what.as_bytes());
    hash.update(text.as_bytes());
    let bytes = hash.finalize();
    bytes.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stable_and_differ_between_stores() {
        let (one, other) = (Disguise::new("one"), Disguise::new("other"));
        assert_eq!(one.party(7, false), Disguise::new("one").party(7, false));
        let differ =
            (0..100).filter(|party| one.party(*party, false) != other.party(*party, false));
        assert!(90 < differ.count());
    }

    #[test]
    fn handles_and_ids_keep_their_shape() {
        let disguise = Disguise::new("one");
        let handle = |real| disguise.handle(3, "5", real);
        assert!(handle("ann@example.org").ends_with("@town.example"));
        assert!(handle("@ann@example.org").ends_with("@town.example"));
        assert!(
            handle("ann.example").ends_with(".example") && !handle("ann.example").contains('@')
        );
        assert!(!handle("ann").contains(['.', '@']));
        assert!(disguise.id(3, "5", "https://a.example/ann").starts_with("https://town.example/"));
        assert!(disguise.id(3, "5", "did:plc:abc").starts_with("did:example:"));
        assert_ne!(disguise.id(3, "5", "12"), disguise.id(3, "6", "12"));
        let name = disguise.party(3, false);
        assert_eq!(disguise.id(3, "5", "Ann Example"), format!("{name} 5"));
        assert!(plain("Immergrün Weißdorn").is_ascii());
    }
}
