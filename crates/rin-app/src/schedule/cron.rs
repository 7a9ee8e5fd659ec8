//! A line for the user's table of cron (crontab(5)), run by `sh`.

use super::{ScheduleRequest, ScheduledFileView, commands};

pub(super) fn files(request: &ScheduleRequest) -> (Vec<ScheduledFileView>, Vec<String>) {
    let all: Vec<String> = commands(request)
        .iter()
        .map(|words| words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" "))
        .collect();
    // Cron ends the command at a percent sign, also in quotes, unless a backslash stands before it.
    let line = all.join("; ").replace('%', "\\%");
    let (minute, hour, day) = (request.minute, request.hour, request.day.number());
    let text = format!("{minute} {hour} * * {day} {line}\n");
    (
        vec![ScheduledFileView { place: "crontab -e".to_owned(), text }],
        vec!["crontab -e".to_owned()],
    )
}

/// Quotes a word for `sh`; what would end the line is a space.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace(['\n', '\r'], " ").replace('\'', "'\\''"))
}
