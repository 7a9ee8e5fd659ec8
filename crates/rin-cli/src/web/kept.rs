//! Views that took long and are asked for again: kept as long as nothing they rest on has changed.
//!
//! The picture of fifty thousand people is a second's work, and the page, its picture and every way back to it need the
//! same view. It is kept with what it rests on: the store's files, the settings, and the hour, within which a forecast
//! does not move by what could be read off it.

use std::{
    any::Any,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use rin_app::{Moment, Session, SessionError};

use super::{House, refusal::Trouble};
use crate::error::Error;

/// Views kept at once; the one least lately made goes first.
const MOST: usize = 12;
/// The files a view rests on, in the data folder.
const FILES: [&str; 3] = ["rin.db", "rin.db-wal", "rin.toml"];
const HOUR_MS: i64 = 3_600_000;

/// What each file was like: when it was written, how long it is.
type Stamp = [Option<(SystemTime, u64)>; FILES.len()];

/// What a view was made from.
#[derive(Clone, PartialEq, Debug)]
struct Key {
    asked: String,
    now: Moment,
    stamp: Stamp,
}

/// The views that are kept.
#[derive(Debug, Default)]
pub(super) struct Kept {
    views: Mutex<Vec<(Key, Arc<dyn Any + Send + Sync>)>>,
}

impl Kept {
    fn find<V: Any + Send + Sync>(&self, key: &Key) -> Option<Arc<V>> {
        let views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        let view = views.iter().find(|(other, _)| other == key).map(|(_, view)| Arc::clone(view));
        view?.downcast().ok()
    }

    fn keep(&self, key: Key, view: Arc<dyn Any + Send + Sync>) {
        let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        // What rests on another state of the store is never asked for again.
        views.retain(|(other, _)| other.stamp == key.stamp && *other != key);
        if MOST <= views.len() {
            views.remove(0);
        }
        views.push((key, view));
    }
}

/// Returns the moment that views are made for: the beginning of the hour.
pub(super) fn hour(house: &House) -> Result<Moment, Error> {
    let ms = house.context.now()?.unix_ms();
    Ok(Moment::from_unix_ms(ms - ms.rem_euclid(HOUR_MS)))
}

/// Returns the view that `asked` names, as it was kept or as a session says.
pub(super) async fn view<V: Any + Send + Sync>(
    house: &House,
    asked: String,
    question: impl FnOnce(&mut Session) -> Result<V, SessionError> + Send + 'static,
) -> Result<Arc<V>, Trouble> {
    let key = Key { asked, now: hour(house)?, stamp: stamp(house.context.dir()) };
    if let Some(view) = house.kept.find(&key) {
        return Ok(view);
    }
    let view = Arc::new(house.sessions.ask(question).await?);
    house.kept.keep(key, Arc::<V>::clone(&view));
    Ok(view)
}

fn stamp(dir: &Path) -> Stamp {
    FILES.map(|file| {
        // An empty log is as good as none.
        let about = dir.join(file).metadata().ok().filter(|about| 0 < about.len())?;
        Some((about.modified().ok()?, about.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(asked: &str, stamp: Stamp) -> Key {
        Key { asked: asked.to_owned(), now: Moment::from_unix_ms(0), stamp }
    }

    #[test]
    fn a_view_goes_when_what_it_rests_on_changes() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::default();
        let before = stamp(folder.path());
        kept.keep(key("a", before), Arc::new(1_u8));
        kept.keep(key("b", before), Arc::new("two".to_owned()));
        assert_eq!(kept.find::<u8>(&key("a", before)).as_deref(), Some(&1));
        assert_eq!(kept.find::<String>(&key("b", before)).as_deref(), Some(&"two".to_owned()));
        std::fs::write(folder.path().join("rin.db"), "changed").unwrap();
        let after = stamp(folder.path());
        assert_eq!(kept.find::<u8>(&key("a", after)), None);
        kept.keep(key("a", after), Arc::new(3_u8));
        assert_eq!(kept.views.lock().unwrap().len(), 1);
        for n in 0..40_u8 {
            kept.keep(key(&n.to_string(), after), Arc::new(n));
        }
        assert_eq!(kept.views.lock().unwrap().len(), MOST);
        assert_eq!(kept.find::<u8>(&key("39", after)).as_deref(), Some(&39));
    }
}
