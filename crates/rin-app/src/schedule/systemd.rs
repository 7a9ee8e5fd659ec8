//! A service and a timer for the user's own systemd (systemd.service(5), systemd.timer(5), systemd.syntax(7)).

use super::{ScheduleRequest, ScheduledFileView, commands};
use crate::Lang;

/// Where a user's units lie.
const FOLDER: &str = "~/.config/systemd/user";

pub(super) fn files(request: &ScheduleRequest) -> (Vec<ScheduledFileView>, Vec<String>) {
    let lang = request.lang;
    let mut all = commands(request);
    let last = all.pop().map(|words| quoted(&words)).unwrap_or_default();
    // An import that fails, or finds something, does not keep the plan from being made.
    let first: Vec<String> =
        all.iter().map(|words| format!("ExecStartPre=-{}\n", quoted(words))).collect();
    let about = describe(lang);
    let service = format!(
        "[Unit]\nDescription={about}\n\n[Service]\nType=oneshot\n{}ExecStart={last}\nSuccessExitStatus=3\n",
        first.concat()
    );
    let day = request.day.short();
    let timer = format!(
        "[Unit]\nDescription={about}\n\n[Timer]\nOnCalendar={day} *-*-* {:02}:{:02}:00\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n",
        request.hour, request.minute
    );
    let file = |name: &str, text| ScheduledFileView { place: format!("{FOLDER}/{name}"), text };
    let commands =
        ["systemctl --user daemon-reload", "systemctl --user enable --now rin-week.timer"];
    (
        vec![file("rin-week.service", service), file("rin-week.timer", timer)],
        commands.map(str::to_owned).to_vec(),
    )
}

fn describe(lang: Lang) -> &'static str {
    lang.pick("The week's plan of Rin", "Der Wochenplan von Rin")
}

/// Quotes words: in double quotes with C escapes, `%` and `$` doubled since they stand for something.
fn quoted(words: &[String]) -> String {
    let word = |(at, word): (usize, &String)| {
        let word = word.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%");
        // A dollar in the program's own path stands for nothing.
        let word = if at == 0 { word } else { word.replace('$', "$$") };
        format!("\"{}\"", word.replace('\n', "\\n"))
    };
    words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}
