//! A report as Markdown: for a wiki, a mail or a repository.

use super::{ReportGroupView, ReportPartyView, ReportView, words::last_day};
use crate::{BalanceView, Lang, plan::escaped};

/// Names listed of those who came or went; more are counted.
pub(super) const NAMES: usize = 20;

impl ReportView {
    /// Returns it as Markdown.
    pub fn markdown(&self, lang: Lang) -> String {
        let title = lang.pick("The network in", "Das Netz im Zeitraum");
        let (from, until) = (lang.shown(&self.from), lang.shown(&last_day(&self.until)));
        let mut out = vec![
            format!("# {title} {}", self.title),
            String::new(),
            lang.pick(format!("{from} to {until}"), format!("{from} bis {until}")),
            String::new(),
        ];
        out.extend(self.said.iter().map(|sentence| format!("{}\n", escaped(sentence))));
        out.extend(self.months_table(lang));
        let groups = [
            (lang.pick("By platform", "Nach Plattform"), &self.by_platform),
            (lang.pick("By tag", "Nach Schlagwort"), &self.by_tag),
        ];
        for (title, groups) in groups.into_iter().filter(|(_, groups)| !groups.is_empty()) {
            out.extend(groups_table(title, groups, lang));
        }
        for (title, parties) in self.lists(lang).into_iter().filter(|(_, all)| !all.is_empty()) {
            out.push(format!("## {title}\n"));
            out.extend(parties.iter().take(NAMES).map(|one| {
                format!("- {} ({})", escaped(&one.name), escaped(&one.platforms.join(", ")))
            }));
            out.extend(more(parties.len(), lang).map(|text| format!("- {text}")));
            out.push(String::new());
        }
        if !self.campaigns.is_empty() {
            out.push(format!("## {}\n", lang.pick("Campaigns", "Kampagnen")));
            out.extend(self.campaign_lines(lang).iter().map(|line| format!("- {}", escaped(line))));
            out.push(String::new());
        }
        out.extend(self.unknown.iter().map(|sentence| format!("*{}*\n", escaped(sentence))));
        out.join("\n").trim_end().to_owned() + "\n"
    }

    fn months_table(&self, lang: Lang) -> Vec<String> {
        if self.months.is_empty() {
            return Vec::new();
        }
        let mut out = vec![format!("## {}\n", lang.pick("Month by month", "Monat für Monat"))];
        out.extend(head(lang.pick("month", "Monat"), lang, ""));
        for month in &self.months {
            let name = month.from.get(..7).unwrap_or(&month.from);
            out.push(row(name, month.balance.as_ref(), ""));
        }
        out.push(String::new());
        out
    }

    /// Returns who came and went, under headings.
    pub(super) fn lists(&self, lang: Lang) -> [(&'static str, &[ReportPartyView]); 3] {
        [
            (lang.pick("Won", "Gewonnen"), &self.won),
            (lang.pick("Taken up again", "Wieder aufgenommen"), &self.revived),
            (lang.pick("Lost", "Verloren"), &self.lost),
        ]
    }

    /// Returns a line for each campaign.
    pub(super) fn campaign_lines(&self, lang: Lang) -> Vec<String> {
        let line = |one: &super::ReportCampaignView| {
            let (name, won) = (&one.name, one.won);
            let (from, until) = (lang.shown(&one.from), lang.shown(&last_day(&one.until)));
            lang.pick(
                format!("{name}, {from} to {until}: {won} won so far"),
                format!("{name}, {from} bis {until}: bisher {won} gewonnen"),
            )
        };
        self.campaigns.iter().map(line).collect()
    }
}

/// Says how many names are not listed; `None` if all are.
pub(super) fn more(count: usize, lang: Lang) -> Option<String> {
    let more = count.checked_sub(NAMES).filter(|more| 0 < *more)?;
    Some(lang.pick(format!("and {more} more"), format!("und {more} weitere")))
}

fn groups_table(title: &str, groups: &[ReportGroupView], lang: Lang) -> Vec<String> {
    let mut out = vec![format!("## {title}\n")];
    out.extend(head("", lang, lang.pick(" minutes |", " Minuten |")));
    for group in groups {
        let minutes = group.minutes.map_or_else(|| "–".to_owned(), |it| lang.number(it));
        let minutes = format!(" {minutes} |");
        out.push(row(&escaped(&group.name), group.balance.as_ref(), &minutes));
    }
    out.push(String::new());
    out
}

fn head(first: &str, lang: Lang, last: &str) -> [String; 2] {
    let titles = titles(lang);
    let line = if last.is_empty() { "" } else { "---:|" };
    [
        format!("| {first} | {} |{last}", titles.join(" | ")),
        format!("|---|{}{line}", "---:|".repeat(titles.len())),
    ]
}

/// Returns the headings of a balance.
pub(super) fn titles(lang: Lang) -> [&'static str; 5] {
    [
        lang.pick("before", "vorher"),
        lang.pick("won", "gewonnen"),
        lang.pick("revived", "wiederbelebt"),
        lang.pick("lost", "verloren"),
        lang.pick("alive", "lebendig"),
    ]
}

fn row(name: &str, balance: Option<&BalanceView>, last: &str) -> String {
    format!("| {name} | {} |{last}", cells(balance).join(" | "))
}

/// Returns the figures of a balance; dashes where they are not known.
pub(super) fn cells(balance: Option<&BalanceView>) -> [String; 5] {
    match balance {
        None => std::array::from_fn(|_| "–".to_owned()),
        Some(one) => {
            [one.before, one.won, one.revived, one.lost, one.alive].map(|count| count.to_string())
        }
    }
}
