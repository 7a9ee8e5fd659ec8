//! A job for the user's own launchd (launchd.plist(5)), run by `sh` since a job is one command.

use super::{ScheduleRequest, ScheduledFileView, commands};
use crate::export::escaped;

/// What the job is called.
const LABEL: &str = "org.rin.week";

pub(super) fn files(request: &ScheduleRequest) -> (Vec<ScheduledFileView>, Vec<String>) {
    let quoted = |word: &String| format!("'{}'", word.replace('\'', "'\\''"));
    let all: Vec<String> = commands(request)
        .iter()
        .map(|words| words.iter().map(quoted).collect::<Vec<_>>().join(" "))
        .collect();
    let line = escaped(&all.join("; "));
    let (hour, minute, day) = (request.hour, request.minute, request.day.number());
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n<dict>\n\
         <key>Label</key><string>{LABEL}</string>\n\
         <key>ProgramArguments</key>\n<array>\n<string>/bin/sh</string>\n<string>-c</string>\n<string>{line}</string>\n</array>\n\
         <key>StartCalendarInterval</key>\n<dict>\n\
         <key>Weekday</key><integer>{day}</integer>\n\
         <key>Hour</key><integer>{hour}</integer>\n\
         <key>Minute</key><integer>{minute}</integer>\n</dict>\n</dict>\n</plist>\n"
    );
    let place = format!("~/Library/LaunchAgents/{LABEL}.plist");
    let command = format!("launchctl load -w {place}");
    (vec![ScheduledFileView { place, text }], vec![command])
}
