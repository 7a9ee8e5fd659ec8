//! The plan as a calendar that other programs fetch again and again: behind a secret, which is part of the address.
//!
//! A calendar program cannot log in, so whoever knows the address reads the plan, names in it and all. The secret is drawn
//! by the system, 128 bits of it, kept in a file that only the user can read, and replaced whenever they ask; an address
//! with an older one then leads nowhere.

use std::{fs, io, io::Write as _, path::PathBuf};

use rin_core::{Moment, PlanPolicy};

use crate::{Lang, PlanRequest, Reach, Session, SessionError};

/// The file beside the store that holds the secret.
const FILE: &str = "calendar.secret";
/// Octets drawn.
const DRAWN: usize = 16;
/// Weeks that a calendar shows.
const WEEKS: u32 = 4;

impl Session {
    /// Returns the secret part of the calendar's address, and draws one if there is none: 32 letters and digits.
    ///
    /// # Errors
    /// [`SessionError`] if the file cannot be read or written, or the system draws nothing.
    pub fn calendar_secret(&self) -> Result<String, SessionError> {
        match self.kept_calendar_secret()? {
            Some(secret) => Ok(secret),
            None => self.renew_calendar_secret(),
        }
    }

    /// Returns the secret part of the calendar's address, if one was drawn; what is none, for instance an empty file,
    /// counts as none.
    ///
    /// # Errors
    /// [`SessionError`] if the file cannot be read.
    pub fn kept_calendar_secret(&self) -> Result<Option<String>, SessionError> {
        let path = self.secret_path();
        match fs::read_to_string(&path) {
            Ok(text) => {
                let is_secret =
                    text.len() == 2 * DRAWN && text.bytes().all(|it| it.is_ascii_hexdigit());
                Ok(is_secret.then_some(text))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(SessionError::File { what: "read", path, source }),
        }
    }

    /// Draws another secret, so that every address given out before leads nowhere; returns it.
    ///
    /// # Errors
    /// [`SessionError`] if the file cannot be written, or the system draws nothing.
    pub fn renew_calendar_secret(&self) -> Result<String, SessionError> {
        let path = self.secret_path();
        let failed = |source| SessionError::File { what: "write", path: path.clone(), source };
        let mut drawn = [0; DRAWN];
        getrandom::fill(&mut drawn).map_err(|error| failed(io::Error::other(error)))?;
        let secret: Vec<String> = drawn.iter().map(|octet| format!("{octet:02x}")).collect();
        let secret = secret.concat();
        // Written beside and put in place, so that it is the old one or the new one and never half of one.
        let beside = path.with_extension("part");
        let write = || -> io::Result<()> {
            let mut options = fs::OpenOptions::new();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(&beside)?;
            file.write_all(secret.as_bytes())?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        };
        write().map_err(failed)?;
        Ok(secret)
    }

    /// Returns the plan of the next weeks as iCalendar to whoever knows the secret, and nothing to whoever does not.
    ///
    /// The plan is made as things stand and not kept, so that fetching it changes nothing.
    ///
    /// # Errors
    /// [`SessionError`] if the store or the secret cannot be read.
    pub fn calendar(
        &mut self,
        secret: &str,
        now: Moment,
        lang: Lang,
    ) -> Result<Option<String>, SessionError> {
        if !self.kept_calendar_secret()?.is_some_and(|kept| is_same(&kept, secret)) {
            return Ok(None);
        }
        let plan = self.plan(&PlanRequest {
            now,
            reach: Reach::Weeks(WEEKS),
            minutes: None,
            policy: PlanPolicy::default(),
            seed: 1,
            is_fresh: false,
            is_trial: true,
            lang,
        })?;
        Ok(Some(plan.export(now, lang).ics()))
    }

    fn secret_path(&self) -> PathBuf {
        self.dir.join(FILE)
    }
}

/// Compares in a time that does not depend on where they differ.
fn is_same(kept: &str, given: &str) -> bool {
    let pairs = kept.bytes().zip(given.bytes());
    kept.len() == given.len() && pairs.fold(0, |found, (one, other)| found | (one ^ other)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SessionOptions;

    #[test]
    fn the_secret_opens_the_calendar_until_it_is_renewed() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("rin");
        Session::init(&dir).unwrap();
        let zone = jiff::tz::TimeZone::UTC;
        let mut session =
            Session::open(SessionOptions { dir: dir.clone(), plugin_path: vec![], zone }).unwrap();
        let now = Moment::from_unix_ms(1_787_000_000_000);
        let fetch = |session: &mut Session, secret: &str| {
            session.calendar(secret, now, Lang::En).unwrap().is_some()
        };
        // Before one is drawn, nothing opens it, not even nothing.
        assert!(!fetch(&mut session, ""));
        let first = session.calendar_secret().unwrap();
        assert_eq!(session.calendar_secret().unwrap(), first);
        assert!(fetch(&mut session, &first));
        assert!(
            !fetch(&mut session, &first[1..])
                && !fetch(&mut session, &first.to_uppercase().replace('0', "1"))
        );
        let second = session.renew_calendar_secret().unwrap();
        assert_ne!(first, second);
        assert!(fetch(&mut session, &second) && !fetch(&mut session, &first));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(dir.join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(dir.join(FILE), "").unwrap();
        assert!(!fetch(&mut session, ""));
    }
}
