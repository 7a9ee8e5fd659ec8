//! A report as one page of HTML that prints well: no script, no address, no foreign font.
//!
//! A policy inside the page forbids it to fetch anything, whoever opens it.

use std::fmt::Write as _;

use super::{
    ReportGroupView, ReportView,
    chart::chart,
    markdown::{cells, more, titles},
    words::last_day,
};
use crate::Lang;

/// Names listed of those who came or went: so many fit on a page.
const NAMES: usize = super::markdown::NAMES;

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #22211e; --faint: #66625a; --line: #d9d5cb; --paper: #fffefb; --green: #2f6f4f; --red: #a3401a; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece9e1; --faint: #a29e94; --line: #3b3a36; --paper: #1b1b19; --green: #7fc8a0; --red: #e08a5f; } }
@page { size: A4; margin: 16mm; }
@media print { :root { color-scheme: light; --ink: #000; --faint: #444; --line: #bbb; --paper: #fff; --green: #1f5a3d; --red: #8a3312; } body { padding: 0 !important; font-size: 10pt !important; } section { break-inside: avoid; } }
body { margin: 0 auto; padding: 2rem 1.25rem; max-width: 46rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
header p, footer { color: var(--faint); } footer { margin-top: 1.6rem; border-top: 1px solid var(--line); font-size: .875rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr)); gap: .75rem; margin: 1rem 0; padding: 0; list-style: none; }
.figures li { border-top: 3px solid var(--line); padding-top: .3rem; color: var(--faint); }
.figures b { display: block; color: var(--ink); font-size: 1.7rem; line-height: 1.2; }
.figures .good { border-color: var(--green); } .figures .bad { border-color: var(--red); }
table { border-collapse: collapse; width: 100%; } th, td { padding: .15rem .4rem; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; padding-left: 0; } thead th { color: var(--faint); font-weight: normal; }
.names { columns: 2; padding-left: 1.1rem; margin: 0; } .names small { color: var(--faint); }
svg { width: 100%; height: auto; } svg text { font: 11px system-ui, sans-serif; fill: var(--faint); }
svg .alive { fill: none; stroke: var(--ink); stroke-width: 2; } svg .up { fill: var(--green); } svg .down { fill: var(--red); } svg .base { stroke: var(--line); }
";

impl ReportView {
    /// Returns it as a page of HTML, to be read on a screen or printed on A4.
    pub fn html(&self, lang: Lang) -> String {
        let title = lang.pick("The network", "Das Netz");
        let title = escaped(&format!("{title}, {}", self.title));
        let (from, until) = (lang.shown(&self.from), lang.shown(&last_day(&self.until)));
        let mut out = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header><h1>{title}</h1><p>{from} – {until}</p></header>\n<main>\n",
            lang.pick("en", "de")
        );
        out.push_str(&self.figures(lang));
        for sentence in &self.said {
            push(&mut out, format_args!("<p>{}</p>\n", escaped(sentence)));
        }
        out.push_str(&chart(&self.months, lang));
        let groups = [
            (lang.pick("By platform", "Nach Plattform"), &self.by_platform),
            (lang.pick("By tag", "Nach Schlagwort"), &self.by_tag),
        ];
        for (title, groups) in groups.into_iter().filter(|(_, groups)| !groups.is_empty()) {
            out.push_str(&groups_table(title, groups, lang));
        }
        out.push_str(&self.names(lang));
        if !self.campaigns.is_empty() {
            push(
                &mut out,
                format_args!("<section><h2>{}</h2><ul>", lang.pick("Campaigns", "Kampagnen")),
            );
            for line in self.campaign_lines(lang) {
                push(&mut out, format_args!("<li>{}</li>", escaped(&line)));
            }
            out.push_str("</ul></section>\n");
        }
        out.push_str("</main>\n<footer>");
        for sentence in &self.unknown {
            push(&mut out, format_args!("<p>{}</p>", escaped(sentence)));
        }
        let by = lang
            .pick("Made by Rin on one's own machine.", "Von Rin auf dem eigenen Rechner erstellt.");
        push(&mut out, format_args!("<p>{by}</p></footer>\n</body>\n</html>\n"));
        out
    }

    /// Returns the large figures at the top.
    fn figures(&self, lang: Lang) -> String {
        let Some(whole) = &self.whole else { return String::new() };
        let minutes = self.effort.minutes.map(|minutes| lang.number(minutes.round()));
        let figures = [
            ("", Some(whole.alive.to_string()), lang.pick("alive", "lebendig")),
            ("good", Some(whole.won.to_string()), lang.pick("won", "gewonnen")),
            (
                "good",
                Some(whole.revived.to_string()),
                lang.pick("taken up again", "wieder aufgenommen"),
            ),
            ("bad", Some(whole.lost.to_string()), lang.pick("lost", "verloren")),
            ("", minutes, lang.pick("minutes", "Minuten")),
        ];
        let mut out = String::from("<ul class=\"figures\">");
        for (class, figure, word) in figures {
            let figure = figure.unwrap_or_else(|| "–".to_owned());
            push(&mut out, format_args!("<li class=\"{class}\"><b>{figure}</b>{word}</li>"));
        }
        out + "</ul>\n"
    }

    fn names(&self, lang: Lang) -> String {
        let mut out = String::new();
        for (title, parties) in self.lists(lang).into_iter().filter(|(_, all)| !all.is_empty()) {
            push(&mut out, format_args!("<section><h2>{title}</h2><ul class=\"names\">"));
            for one in parties.iter().take(NAMES) {
                let (name, where_to) = (escaped(&one.name), escaped(&one.platforms.join(", ")));
                push(&mut out, format_args!("<li>{name} <small>{where_to}</small></li>"));
            }
            if let Some(text) = more(parties.len(), lang) {
                push(&mut out, format_args!("<li>{text}</li>"));
            }
            out.push_str("</ul></section>\n");
        }
        out
    }
}

fn groups_table(title: &str, groups: &[ReportGroupView], lang: Lang) -> String {
    let mut out = format!("<section><h2>{title}</h2><table><thead><tr><th></th>");
    let minutes = lang.pick("minutes", "Minuten");
    for title in titles(lang).iter().chain([&minutes]) {
        push(&mut out, format_args!("<th>{title}</th>"));
    }
    out.push_str("</tr></thead><tbody>");
    for group in groups {
        push(&mut out, format_args!("<tr><td>{}</td>", escaped(&group.name)));
        let minutes = group.minutes.map_or_else(|| "–".to_owned(), |it| lang.number(it));
        for cell in cells(group.balance.as_ref()).iter().chain([&minutes]) {
            push(&mut out, format_args!("<td>{cell}</td>"));
        }
        out.push_str("</tr>");
    }
    out + "</tbody></table></section>\n"
}

/// Appends to a text, which cannot fail.
pub(super) fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}

fn escaped(text: &str) -> String {
    crate::export::escaped(text)
}
