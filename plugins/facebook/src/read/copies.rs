//! Of a list that stands in several downloads only the newest download's is read: another says how things stood before.
//!
//! Parts of one download may lie in several archives, so what is dropped is decided by the numbers of the parts.

use rin_plugin::{archive::Findings, prelude::Moment};

use super::{
    find::{self, Found, Part},
    say,
};

/// One list as one download has it.
struct Copy<'a> {
    part: Part,
    root: &'a str,
    files: Vec<Found<'a>>,
}

/// Leaves of each list the newest download's files; events of all downloads stay, since they are the same wherever they stand.
pub(super) fn drop_older<'a>(parts: &[Found<'a>], findings: &mut Findings) -> Vec<Found<'a>> {
    let mut kept: Vec<Found<'a>> =
        parts.iter().filter(|found| !found.part.is_list()).copied().collect();
    let mut copies: Vec<Copy<'a>> = Vec::new();
    for found in parts.iter().filter(|found| found.part.is_list()) {
        let (part, root) = (found.part, found.root);
        match copies.iter_mut().find(|copy| (copy.part, copy.root) == (part, root)) {
            Some(copy) => copy.files.push(*found),
            None => copies.push(Copy { part, root, files: vec![*found] }),
        }
    }
    copies.sort_by(|a, b| age(b).cmp(&age(a)));
    let mut taken: Vec<(Part, u32)> = Vec::new();
    for mut copy in copies {
        copy.files.sort_by_key(|found| (found.number, std::cmp::Reverse(found.file.modified())));
        let key = |found: &Found<'_>| (found.part, found.number.max(1));
        let is_older = copy.files.iter().any(|found| taken.contains(&key(found)));
        for found in copy.files {
            if is_older || taken.contains(&key(&found)) {
                findings.add(say::finding("older-copy", found.file.name(), 0));
            } else {
                taken.push(key(&found));
                kept.push(found);
            }
        }
    }
    kept.sort_by_key(|found| (found.part, found.number));
    kept
}

/// When a download was made, as far as anything says so.
fn age<'a>(copy: &Copy<'a>) -> (Option<&'a str>, Option<Moment>, &'a str) {
    let day = find::day_of_label(copy.root);
    (day, copy.files.iter().filter_map(|found| found.file.modified()).max(), copy.root)
}
