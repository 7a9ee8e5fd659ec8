//! Where the downloads of one platform begin in a source that holds those of several.
//!
//! Some platforms call their files alike. Which download a file belongs to is then told by the folders around it that
//! one of them alone has.

use super::{Archive, ArchiveFile};

/// Where downloads begin: what stands before their own folders in the names of files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Roots<'a>(Vec<&'a str>);

impl Archive<'_> {
    /// Returns what stands before any of these folders, which may be several levels (`connections/friends`).
    ///
    /// # Example
    /// ```
    /// use rin_plugin::{archive::{Archive, Limits}, testing::MemorySource};
    ///
    /// let source = MemorySource::new()
    ///     .with_file("a/messages/1.json", b"")
    ///     .with_file("a/ours/1.json", b"")
    ///     .with_file("theirs/1.json", b"");
    /// let archive = Archive::open(&source, &Limits::default())?;
    /// let (ours, theirs) = (archive.roots(&["ours"]), archive.roots(&["theirs"]));
    /// let depths = |at: usize| (ours.depth(&archive.files()[at]), theirs.depth(&archive.files()[at]));
    /// assert_eq!(depths(0), (Some(2), Some(0)));
    /// assert_eq!(depths(2), (None, Some(0)));
    /// # Ok::<(), rin_plugin::ReadError>(())
    /// ```
    pub fn roots(&self, folders: &[&str]) -> Roots<'_> {
        let root =
            |file: &'_ ArchiveFile| folders.iter().find_map(|folder| start_of(file.name(), folder));
        let mut roots: Vec<&str> =
            self.files().iter().filter_map(|file| file.name().get(..root(file)?)).collect();
        roots.sort_unstable();
        roots.dedup();
        Roots(roots)
    }
}

impl Roots<'_> {
    /// Returns how long the beginning is under which a file lies; `None` if it lies under none. Of two platforms the
    /// file is the one's whose beginning is longer.
    pub fn depth(&self, file: &ArchiveFile) -> Option<usize> {
        let above = self.0.iter().filter(|root| file.name().starts_with(**root));
        above.map(|root| root.len()).max()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Returns where in a name the folder begins.
fn start_of(name: &str, folder: &str) -> Option<usize> {
    let is_whole = |at: &usize| {
        let is_begun = *at == 0 || name.as_bytes().get(*at - 1) == Some(&b'/');
        is_begun && name.as_bytes().get(at + folder.len()) == Some(&b'/')
    };
    name.match_indices(folder).map(|(at, _)| at).find(is_whole)
}
