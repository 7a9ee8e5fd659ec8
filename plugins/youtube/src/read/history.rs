//! Whose the videos are that the owner commented: what was watched says it, and nothing else in an export does.

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings, OwnedFinding},
    prelude::Severity,
    text::{ItemsError, Words, json_array},
};
use serde_json_borrow::Value;

use super::{sheet, value};

/// The longest entry of what was watched.
const MAX_ITEM: usize = 64 << 10;

/// Whose videos are, by the numbers of the videos.
#[derive(Debug)]
pub(super) struct Whose<'w> {
    videos: &'w Words,
    channels: Words,
    found: Vec<Option<usize>>,
    /// How many are not found yet.
    missing: usize,
}

impl<'w> Whose<'w> {
    /// Looks for the channels of videos; what no file holds stays unknown.
    pub(super) fn find(
        videos: &'w Words,
        archive: &Archive<'_>,
        files: &[&ArchiveFile],
        findings: &mut Findings,
    ) -> Self {
        let found = vec![None; videos.len()];
        let mut whose = Self { videos, channels: Words::default(), found, missing: videos.len() };
        for file in files {
            if whose.missing == 0 {
                break;
            }
            if file.base().to_lowercase().ends_with(".json") {
                whose.add_list(archive, file, findings);
            } else if let Some(text) = sheet::text_of(archive, file, findings) {
                whose.add_page(&text);
            }
        }
        whose
    }

    /// Returns the channel of a video.
    pub(super) fn channel(&self, video: usize) -> Option<&str> {
        self.found.get(video).copied().flatten().map(|channel| self.channels.get(channel))
    }

    fn add(&mut self, video: &str, channel: &str) {
        let place = self.videos.find(video).and_then(|video| self.found.get_mut(video));
        if let Some(place) = place {
            self.missing -= usize::from(place.is_none());
            *place = Some(self.channels.add(channel));
        }
    }

    /// Takes a list; what of it cannot be read is told, and leaves videos unknown.
    fn add_list(&mut self, archive: &Archive<'_>, file: &ArchiveFile, findings: &mut Findings) {
        let reader = match archive.open_file(file) {
            Ok(reader) => reader,
            Err(error) => return findings.add_error(&error),
        };
        let read = json_array(reader, MAX_ITEM, |item| {
            let value: Value<'_> = serde_json::from_slice(item.bytes).unwrap_or_default();
            let video = field(&value, "titleUrl").and_then(Value::as_str).and_then(value::video_in);
            let subtitles = field(&value, "subtitles").and_then(|all| all.as_array());
            let first = subtitles.and_then(|all| all.first());
            let address = first.and_then(|first| field(first, "url")).and_then(Value::as_str);
            if let (Some(video), Some(channel)) = (video, address.and_then(value::channel_in)) {
                self.add(video, channel);
            }
            Ok(())
        });
        if let Err(ItemsError::Fault(fault)) = read {
            findings.add(OwnedFinding::new(Severity::Error, file.name(), fault));
        }
    }

    /// On a page the address of the channel stands behind that of the video and before that of the next.
    fn add_page(&mut self, text: &str) {
        for piece in text.split("youtube.com/watch?v=").skip(1) {
            let video = piece.get(..11).filter(|video| self.videos.find(video).is_some());
            if let (Some(video), Some(channel)) = (video, value::channel_in(piece)) {
                self.add(video, channel);
            }
        }
    }
}

/// Returns what stands under a key of an object; of a key that is there twice the last one counts.
fn field<'v>(value: &'v Value<'_>, key: &str) -> Option<&'v Value<'v>> {
    let fields = value.as_object()?.as_vec();
    fields.iter().rev().find(|(known, _)| **known == *key).map(|(_, value)| value)
}
