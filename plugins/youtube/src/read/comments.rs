//! All comments of an export, kept until it is known whose they are and whose the videos: each channel, video and id once,
//! and of a row little more than their numbers.

use rin_plugin::{
    archive::{ArchiveFile, Findings},
    prelude::Moment,
    text::{Labels, Row, Table, Words},
};

use super::{comment::Comment, say};

/// Comments remembered.
const REMEMBERED: usize = 500_000;
/// Bytes of a usual comment, by which room is made.
const USUAL: usize = 160;

/// The comments of an export, each once.
#[derive(Debug, Default)]
pub(super) struct Comments<'e> {
    rows: Vec<Kept<'e>>,
    /// As many as rows, in their order.
    ids: Words,
    channels: Words,
    videos: Words,
    /// The labels of all rows, end to end.
    labels: String,
}

/// One comment, by numbers.
#[derive(Debug)]
struct Kept<'e> {
    channel: usize,
    video: usize,
    at: Option<Moment>,
    is_answer: bool,
    /// Where its labels begin.
    labels: usize,
    file: &'e ArchiveFile,
    line: u64,
}

/// One comment, in full.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<'c> {
    pub(super) id: &'c str,
    /// The number of the channel that wrote it.
    pub(super) channel: usize,
    /// The number of the video it stands under.
    pub(super) video: usize,
    pub(super) at: Option<Moment>,
    pub(super) is_answer: bool,
    pub(super) labels: &'c str,
    pub(super) file: &'c ArchiveFile,
    pub(super) line: u64,
}

impl<'e> Comments<'e> {
    /// Gathers the comments of one table; `false` if something of them is missing.
    pub(super) fn add_table(
        &mut self,
        text: &str,
        file: &'e ArchiveFile,
        findings: &mut Findings,
    ) -> bool {
        let mut table = Table::new(text, b',');
        let mut is_whole = true;
        if self.rows.is_empty() {
            self.ids = Words::with_capacity(REMEMBERED.min(text.len() / USUAL));
        }
        let (mut row, mut is_first) = (Row::default(), true);
        let mut labels = Labels::default();
        while table.read(&mut row) {
            let comment = Comment::of(&row);
            // The first row is the heading, in whatever language.
            if std::mem::take(&mut is_first) && comment.is_none() {
                continue;
            }
            if let Some(code) = self.add(comment.as_ref(), (file, row.line()), &mut labels) {
                findings.add(say::finding(code, file.name(), row.line()));
                is_whole &= code == "duplicate";
            }
        }
        if let Some(line) = table.open_quote() {
            findings.add(say::finding("open-quote", file.name(), line));
            is_whole = false;
        }
        is_whole
    }

    /// Takes one row; returns why it was left out.
    fn add(
        &mut self,
        comment: Option<&Comment<'_>>,
        (file, line): (&'e ArchiveFile, u64),
        labels: &mut Labels,
    ) -> Option<&'static str> {
        let Some(comment) = comment else { return Some("bad-row") };
        if REMEMBERED <= self.rows.len() {
            return Some("too-many");
        }
        if self.ids.add(&comment.id) < self.rows.len() {
            return Some("duplicate");
        }
        labels.clear();
        comment.label(labels);
        self.rows.push(Kept {
            channel: self.channels.add(comment.channel),
            video: self.videos.add(comment.video),
            at: comment.at,
            is_answer: comment.is_answer,
            labels: self.labels.len(),
            file,
            line,
        });
        self.labels.push_str(labels.as_str());
        None
    }

    /// Returns the channel that wrote most of them; of several the first by its id.
    pub(super) fn most(&self) -> Option<&str> {
        let mut counts = vec![0_u64; self.channels.len()];
        for row in &self.rows {
            if let Some(count) = counts.get_mut(row.channel) {
                *count += 1;
            }
        }
        let named = counts.iter().enumerate().map(|(n, count)| (count, self.channels.get(n)));
        named.max_by_key(|(count, name)| (*count, std::cmp::Reverse(*name))).map(|(_, name)| name)
    }

    /// Returns the number of a channel; `None` if it wrote none.
    pub(super) fn channel(&self, id: &str) -> Option<usize> {
        self.channels.find(id)
    }

    /// Returns the videos they stand under.
    pub(super) const fn videos(&self) -> &Words {
        &self.videos
    }

    /// Returns all of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = Told<'_>> {
        let ends = self.rows.iter().skip(1).map(|row| row.labels).chain([self.labels.len()]);
        self.rows.iter().zip(ends).enumerate().map(|(number, (row, end))| Told {
            id: self.ids.get(number),
            channel: row.channel,
            video: row.video,
            at: row.at,
            is_answer: row.is_answer,
            labels: self.labels.get(row.labels..end).unwrap_or_default(),
            file: row.file,
            line: row.line,
        })
    }
}
