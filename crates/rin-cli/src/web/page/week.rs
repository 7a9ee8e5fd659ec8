//! This week's plan: whom, how, why, by when, in how many minutes; done, later, never, and back.

use maud::{Markup, html};
use rin_app::{AnswerRow, AnswersView, Lang, PlanLineView, WeekView};

use super::words;
use crate::command::week::{sum, told_left_out};

/// What the week's page shows.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Week<'a> {
    /// The plan.
    pub(in crate::web) plan: &'a WeekView,
    /// What was said to it so far.
    pub(in crate::web) answers: &'a AnswersView,
    /// The answer that was just given, by its number.
    pub(in crate::web) just_said: Option<i64>,
    /// What was just taken back, as a sentence.
    pub(in crate::web) just_undone: Option<&'a str>,
    /// Where calendar programs read the plan; `None` until an address was made.
    pub(in crate::web) calendar: Option<&'a str>,
    /// Whether it was just made.
    pub(in crate::web) is_calendar_new: bool,
}

/// Shows the week.
pub(in crate::web) fn page(week: &Week<'_>, lang: Lang) -> Markup {
    let view = week.plan;
    html! {
        (head(view, lang))
        div.stack {
            div.said role="status" { (news(week, lang)) }
            (warnings(view, lang))
            @if view.is_empty {
                section.sheet.stack {
                    p { (lang.pick(
                        "There is nobody yet. Rin reads the archives that platforms hand out on request.",
                        "Noch ist niemand da. Rin liest die Archive, die Plattformen auf Anfrage herausgeben.",
                    )) }
                    p { a.button href="/import" { (lang.pick("Import an export", "Einen Export importieren")) } }
                }
            } @else {
                ol.lines.sheet { @for line in &view.lines { (one(line, view.plan, lang)) } }
                div.stack.small.faint {
                    p { (sum(view, lang)) }
                    @if let Some(left) = told_left_out(view.left_out, lang) { p { (left) } }
                }
            }
            (said(week.answers, lang))
            (calendar(week, lang))
        }
    }
}

fn head(view: &WeekView, lang: Lang) -> Markup {
    let (start, end) = (lang.shown(&view.start), lang.shown(&view.end));
    let (left, budget) = (lang.number(view.left_minutes), lang.number(view.budget_minutes));
    html! {
        div.head {
            div {
                h1 { (lang.pick("This week", "Diese Woche")) }
                p.faint {
                    (start) " – " (end)
                    @if let Some(until) = &view.covered_until {
                        " · " (lang.pick("figures as of ", "Stand "))
                        (lang.shown(until))
                    }
                }
            }
            div.minutes {
                p {
                    strong.big { (left) }
                    " " (lang.pick("of", "von")) " " (budget) " "
                    (lang.pick("minutes left", "Minuten übrig"))
                }
                meter min="0" max=(view.budget_minutes.max(1.0)) value=(view.left_minutes)
                    aria-label=(lang.pick("Minutes left this week", "Minuten übrig diese Woche")) {}
            }
        }
    }
}

fn warnings(view: &WeekView, lang: Lang) -> Markup {
    html! {
        @if view.is_stale {
            div.notice.look {
                p { (lang.pick(
                    "The exports are over a month old: everything below is as of then.",
                    "Die Exporte sind über einen Monat alt: alles Folgende gilt für damals.",
                )) }
                p { a href="/import" { (lang.pick("Import newer ones", "Neuere importieren")) } }
            }
        }
        @for problem in &view.problems { div.notice.bad { p { (problem) } } }
    }
}

fn news(week: &Week<'_>, lang: Lang) -> Markup {
    let just = week.answers.answers.iter().find(|one| Some(one.number) == week.just_said);
    html! {
        @if let Some(answer) = just {
            div.notice.row tabindex="-1" data-focus {
                p { (answer.said) }
                (undo(answer, lang))
            }
        } @else if let Some(sentence) = week.just_undone {
            div.notice tabindex="-1" data-focus { p { (sentence) } }
        }
    }
}

fn one(line: &PlanLineView, plan: Option<i64>, lang: Lang) -> Markup {
    let name = format!("line-{}", line.line);
    html! {
        li.line aria-labelledby=(name) {
            p.cost { strong.big { (lang.number(line.minutes)) } " min" }
            div.what {
                h2 id=(name) { a href={ "/people/" (line.party) } { (line.name) } }
                p.where {
                    (words::platform(&line.platform))
                    @if let Some(handle) = line.handle.as_ref().filter(|handle| **handle != line.name) {
                        " " span.faint { (handle) }
                    }
                    @if let Some(link) = &line.link {
                        " " a href=(link) target="_blank" rel="noopener noreferrer" {
                            (lang.pick("open", "öffnen")) span.hidden { ": " (line.name) } " ↗"
                        }
                    }
                }
                p.task {
                    strong { (line.what) }
                    (deadline(line, lang))
                }
                p { (line.why) }
                details {
                    summary { (lang.pick("Figures", "Zahlen")) span.hidden { ": " (line.name) } }
                    p.small.faint { (line.facts) }
                }
            }
            @if let Some(plan) = plan { (answers(line, plan, lang)) }
        }
    }
}

fn deadline(line: &PlanLineView, lang: Lang) -> Markup {
    html! {
        @if let Some(day) = &line.not_before {
            " · " (lang.pick("from ", "ab ")) (lang.shown(day))
        }
        @if let Some(due) = &line.due {
            " · " span.warn[line.owed] { (lang.pick("by ", "bis ")) (lang.shown(due)) }
        }
        @if let Some(member) = &line.member { " · " (member) }
    }
}

fn answers(line: &PlanLineView, plan: i64, lang: Lang) -> Markup {
    let minutes = format!("minutes-{}", line.line);
    let until = format!("until-{}", line.line);
    html! {
        form.answers method="post" action="/week/answer" data-soft {
            input type="hidden" name="plan" value=(plan);
            input type="hidden" name="line" value=(line.line);
            div.buttons role="group" aria-label=(line.name) {
                button.ours name="answer" value="done" { (lang.pick("Done", "Erledigt")) }
                button name="answer" value="later" { (lang.pick("Later", "Später")) }
                button.quiet name="answer" value="never" { (lang.pick("Never", "Nie")) }
            }
            details {
                summary { (lang.pick("Other time or day", "Andere Zeit, anderer Tag"))
                    span.hidden { ": " (line.name) } }
                div.fields {
                    label for=(minutes) { (lang.pick("Minutes it took", "Minuten, die es dauerte")) }
                    input id=(minutes) type="number" name="minutes" min="0" max="600" step="0.5"
                        placeholder=(line.minutes);
                    label for=(until) { (lang.pick("Later: not before", "Später: nicht vor")) }
                    input id=(until) type="date" name="until";
                }
            }
        }
    }
}

fn said(view: &AnswersView, lang: Lang) -> Markup {
    html! {
        @if !view.answers.is_empty() {
            section.sheet.said-before {
                h2 { (lang.pick("Said this week", "Diese Woche gesagt")) }
                ul.plain {
                    @for answer in &view.answers {
                        li.row { p { (answer.said) } (undo(answer, lang)) }
                    }
                }
            }
        }
    }
}

fn calendar(week: &Week<'_>, lang: Lang) -> Markup {
    let (label, what) = match week.calendar {
        Some(_) => lang.pick(
            ("Make another address", "The address before then leads nowhere."),
            ("Andere Adresse machen", "Die bisherige Adresse führt dann ins Leere."),
        ),
        None => lang.pick(
            ("Make an address", "It carries a secret, because calendar programs cannot log in."),
            (
                "Adresse machen",
                "Sie trägt ein Geheimnis, weil Kalenderprogramme sich nicht anmelden können.",
            ),
        ),
    };
    html! {
        details.sheet #calendar open[week.is_calendar_new] {
            summary { (lang.pick("The plan in your calendar", "Der Plan in deinem Kalender")) }
            div.stack-tight {
                p { (lang.pick(
                    "A calendar program on this machine can subscribe to the next four weeks. It reads them while this page runs on the same port.",
                    "Ein Kalenderprogramm auf diesem Rechner kann die nächsten vier Wochen abonnieren. Es liest sie, solange diese Seite am selben Port läuft.",
                )) }
                @if let Some(address) = week.calendar {
                    p { code.address { (address) } }
                    p.small.faint { (lang.pick(
                        "Whoever knows the address reads the plan, names and all.",
                        "Wer die Adresse kennt, liest den Plan mit allen Namen.",
                    )) }
                }
                form.row method="post" action="/week/calendar" data-soft {
                    button { (label) }
                    span.small.faint { (what) }
                }
            }
        }
    }
}

fn undo(answer: &AnswerRow, lang: Lang) -> Markup {
    html! {
        form method="post" action="/week/undo" data-soft {
            input type="hidden" name="answer" value=(answer.number);
            button.quiet { (lang.pick("Undo", "Zurück")) span.hidden { ": " (answer.name) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use rin_app::LeftOutView;

    use super::*;

    const HOSTILE: &str = "</h2><script>alert(1)</script>\" onclick=\"x";

    fn line() -> PlanLineView {
        PlanLineView {
            line: 1,
            party: 7,
            name: HOSTILE.to_owned(),
            handle: Some(HOSTILE.to_owned()),
            platform: "mastodon".to_owned(),
            account: "https://a.example/users/b".to_owned(),
            link: Some("https://a.example/users/b".to_owned()),
            action: "reply".to_owned(),
            what: "Reply".to_owned(),
            why: HOSTILE.to_owned(),
            facts: "alive 51 %".to_owned(),
            minutes: 2.5,
            day: "2026-08-17".to_owned(),
            member: None,
            not_before: None,
            due: Some("2026-08-19".to_owned()),
            owed: true,
            kept: false,
            likelihood: 1.0,
            alive: 0.51,
            alive_after: 0.93,
            effect: 0.42,
            lapse: "2026-08-19".to_owned(),
            last: None,
            silence_days: 95.0,
            contact_days: 14,
        }
    }

    fn week(lines: Vec<PlanLineView>, plan: Option<i64>) -> WeekView {
        let left_out = LeftOutView {
            never: 0,
            later: 0,
            dormant: 2,
            cooldown: 0,
            unanswered: 0,
            norm: 0,
            same_party: 0,
            time: 3,
        };
        WeekView {
            only: None,
            own_norms: Vec::new(),
            schema: "rin.week/1",
            plan,
            start: "2026-08-17".to_owned(),
            end: "2026-08-23".to_owned(),
            covered_until: Some("2026-08-15".to_owned()),
            budget_minutes: 60.0,
            done_minutes: 16.0,
            left_minutes: 44.0,
            planned_minutes: 42.5,
            gain: 1.2,
            is_empty: lines.is_empty(),
            lines,
            left_out,
            is_stale: false,
            problems: Vec::new(),
        }
    }

    #[test]
    fn names_stay_text_and_every_line_can_be_answered() {
        let (plan, none) = (week(vec![line()], Some(17)), Vec::new());
        let answers = AnswersView { schema: "rin.answers/1", answers: none };
        let shown = Week {
            plan: &plan,
            answers: &answers,
            just_said: None,
            just_undone: None,
            calendar: Some("http://a.example/<b>"),
            is_calendar_new: true,
        };
        let page = page(&shown, Lang::De).into_string();
        assert!(!page.contains("<script") && !page.contains("\" onclick"), "{page}");
        for part in
            ["name=\"plan\" value=\"17\"", "bis 19.08.2026", "2,5", ">44</strong> von 60 Minuten"]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(
            page.contains("<code class=\"address\">http://a.example/&lt;b&gt;</code>"),
            "{page}"
        );
        assert!(page.contains("3 aus Zeitmangel, 2 zu lange still"), "{page}");
    }

    #[test]
    fn a_plan_that_was_not_kept_cannot_be_answered_and_an_empty_one_says_what_to_do() {
        let answers = AnswersView { schema: "rin.answers/1", answers: Vec::new() };
        let show = |plan: &WeekView| {
            let shown = Week {
                plan,
                answers: &answers,
                just_said: None,
                just_undone: Some("Back."),
                calendar: None,
                is_calendar_new: false,
            };
            page(&shown, Lang::En).into_string()
        };
        assert!(!show(&week(vec![line()], None)).contains("action=\"/week/answer\""));
        let empty = show(&week(Vec::new(), None));
        assert!(empty.contains("href=\"/import\"") && empty.contains("Back."), "{empty}");
    }
}
