//! Whose the videos are that the owner commented: what was watched says it, and nothing else in an export does.

use std::collections::{HashMap, HashSet};

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings},
    text::json_array,
};
use serde_json_borrow::Value;

use super::{sheet, value};

/// The longest entry of what was watched.
const MAX_ITEM: usize = 64 << 10;

/// Finds the channels of the videos in `wanted`; what a file does not hold stays unknown.
pub(super) fn channels(
    archive: &Archive<'_>,
    files: &[&ArchiveFile],
    wanted: &HashSet<String>,
    findings: &mut Findings,
) -> HashMap<String, String> {
    let mut found = HashMap::new();
    for file in files {
        if found.len() == wanted.len() {
            break;
        }
        let is_list = file.base().to_lowercase().ends_with(".json");
        if is_list {
            of_list(archive, file, wanted, &mut found);
        } else if let Some(text) = sheet::text_of(archive, file, findings) {
            of_page(&text, wanted, &mut found);
        }
    }
    found
}

fn of_list(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    wanted: &HashSet<String>,
    found: &mut HashMap<String, String>,
) {
    let Ok(reader) = archive.open_file(file) else { return };
    // What cannot be read leaves videos unknown, which is told in their number.
    let _read = json_array(reader, MAX_ITEM, |item| {
        let value: Value<'_> = serde_json::from_slice(item.bytes).unwrap_or_default();
        let video = field(&value, "titleUrl").and_then(Value::as_str).and_then(value::video_in);
        let subtitles = field(&value, "subtitles").and_then(|all| all.as_array());
        let first = subtitles.and_then(|all| all.first());
        let address = first.and_then(|first| field(first, "url")).and_then(Value::as_str);
        if let (Some(video), Some(channel)) = (video, address.and_then(value::channel_in))
            && wanted.contains(video)
        {
            found.insert(video.to_owned(), channel.to_owned());
        }
        Ok(())
    });
}

/// Returns what stands under a key of an object; of a key that is there twice the last one counts.
fn field<'v>(value: &'v Value<'_>, key: &str) -> Option<&'v Value<'v>> {
    let fields = value.as_object()?.as_vec();
    fields.iter().rev().find(|(known, _)| **known == *key).map(|(_, value)| value)
}

/// On a page the address of the channel stands behind that of the video and before that of the next.
fn of_page(text: &str, wanted: &HashSet<String>, found: &mut HashMap<String, String>) {
    for piece in text.split("youtube.com/watch?v=").skip(1) {
        let Some(video) = piece.get(..11).filter(|video| wanted.contains(*video)) else { continue };
        if let Some(channel) = value::channel_in(piece) {
            found.insert(video.to_owned(), channel.to_owned());
        }
    }
}
