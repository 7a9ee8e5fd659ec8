//! An exit in sentences: what it comes to, and what is assumed.

use super::{ExitPointView, ExitView, UpkeepView};
use crate::{Lang, touch};

/// Says what it comes to.
pub(super) fn told(view: &ExitView, lang: Lang) -> Vec<String> {
    let Some(last) = view.points.last().filter(|_| 0 < view.ties) else {
        let text = (
            "Nobody is at risk: no relationship here with two interactions was heard of within a year.",
            "Niemand steht auf dem Spiel: von keiner Beziehung hier mit zwei Interaktionen war binnen eines Jahres etwas zu hören.",
        );
        return vec![lang.pick(text.0, text.1).to_owned()];
    };
    let mut told = vec![if view.until.is_some() { pause(last, lang) } else { exit(last, lang) }];
    told.extend(view.until.is_some().then(|| back(last, view.upkeep.as_ref(), lang)));
    told.extend(view.upkeep.as_ref().map(|upkeep| kept(upkeep, lang)));
    told.extend(view.reachable.map(|reachable| reached(view.ties, reachable, lang)));
    told.extend(spread(view, lang));
    told
}

fn pause(last: &ExitPointView, lang: Lang) -> String {
    let date = lang.shown(&last.date);
    let (on, back) = (number(last.engaged.expected), number(last.returned.expected));
    let (low, high) = (number(last.returned.range[0]), number(last.returned.range[1]));
    let (cost, fewest, most) = (
        lang.number(last.cost_of_pause.ties),
        lang.number(last.cost_of_pause.range[0]),
        lang.number(last.cost_of_pause.range[1]),
    );
    lang.pick(
        format!("Whoever comes back on {date} finds {back} relationships alive ({low} to {high}), where going on would keep {on}: the pause costs {cost} ({fewest} to {most})."),
        format!("Wer am {date} zurückkommt, findet {back} lebendige Beziehungen ({low} bis {high}); wer weitermacht, hält {on}: die Pause kostet {cost} ({fewest} bis {most})."),
    )
}

fn exit(last: &ExitPointView, lang: Lang) -> String {
    let date = lang.shown(&last.date);
    let (on, gone) = (number(last.engaged.expected), lang.number(last.silent.expected));
    let (low, high) = (number(last.silent.range[0]), number(last.silent.range[1]));
    lang.pick(
        format!("By {date}, {gone} still write to you on their own ({low} to {high}), where going on would keep {on} relationships alive."),
        format!("Am {date} schreiben noch {gone} von sich aus ({low} bis {high}); wer weitermacht, hält {on} Beziehungen am Leben."),
    )
}

fn back(last: &ExitPointView, upkeep: Option<&UpkeepView>, lang: Lang) -> String {
    let share = Lang::percent(upkeep.map_or(1.0, |upkeep| upkeep.share));
    let entry = &last.re_entry;
    let contacts = entry.contacts as u64;
    let contacts = lang.count(contacts, ("contact", "Kontakt"), ("contacts", "Kontakte"));
    match entry.minutes {
        Some(0.0) => lang.pick(
            format!("Coming back alone brings {share} of that: nothing has to be made up for."),
            format!("Das Zurückkommen allein bringt {share} davon: nachzuholen ist nichts."),
        ),
        Some(minutes) => lang.pick(
            format!("To be back at {share} of that then takes {contacts} more, {} minutes.", number(minutes)),
            format!("Um dann wieder bei {share} davon zu sein, braucht es {contacts} mehr, {} Minuten.", number(minutes)),
        ),
        None => lang.pick(
            format!("One contact with each is not enough to be back at {share} of that: {contacts} bring back {} of {} missing.", lang.number(entry.gained), lang.number(entry.missing)),
            format!("Mit je einem Kontakt ist man nicht wieder bei {share} davon: {contacts} bringen {} von {} fehlenden zurück.", lang.number(entry.gained), lang.number(entry.missing)),
        ),
    }
}

fn kept(upkeep: &UpkeepView, lang: Lang) -> String {
    let contacts =
        lang.count(upkeep.touches.len() as u64, ("contact", "Kontakt"), ("contacts", "Kontakte"));
    let (minutes, share, with, without) = (
        number(upkeep.minutes),
        Lang::percent(upkeep.share),
        Lang::percent(upkeep.share_with),
        Lang::percent(upkeep.share_without),
    );
    match upkeep.least_minutes {
        Some(_) if upkeep.touches.is_empty() => lang.pick(
            format!("The pause needs no upkeep: {without} of what going on would keep is kept anyway."),
            format!("Die Pause braucht keine Pflege: {without} dessen, was Weitermachen hielte, bleibt ohnehin."),
        ),
        Some(least) => lang.pick(
            format!("The least upkeep that keeps {share}: {contacts}, {minutes} minutes (less than {} cannot be enough); without it {without} is kept.", number(least)),
            format!("Die kleinste Pflege, die {share} hält: {contacts}, {minutes} Minuten (unter {} geht es nicht); ohne sie bleiben {without}.", number(least)),
        ),
        None => lang.pick(
            format!("No upkeep with one contact each keeps {share}: {contacts}, {minutes} minutes, keep {with}; without them {without} is kept."),
            format!("Mit je einem Kontakt lässt sich {share} nicht halten: {contacts}, {minutes} Minuten, halten {with}; ohne sie bleiben {without}."),
        ),
    }
}

fn reached(ties: usize, reachable: usize, lang: Lang) -> String {
    lang.pick(
        format!("Of {ties} relationships at risk, {reachable} can be met on another platform."),
        format!("Von {ties} Beziehungen, die auf dem Spiel stehen, sind {reachable} auf einer anderen Plattform erreichbar."),
    )
}

fn spread(view: &ExitView, lang: Lang) -> Option<String> {
    let spread = view.concentration.as_ref()?;
    let (name, share) = spread.shares.first()?;
    if spread.shares.len() == 1 {
        return Some(lang.pick(
            format!("All of what is alive hangs on one account, {name}."),
            format!("Alles Lebendige hängt an einem Konto, {name}."),
        ));
    }
    let (share, equal) = (Lang::percent(*share), lang.number(spread.effective_holders));
    let ended = lang.count(
        spread.bus_factor as u64,
        ("account ends", "Konto endet"),
        ("accounts end", "Konten enden"),
    );
    Some(lang.pick(
        format!("{share} of what is alive hangs on {name}, which is as concentrated as {equal} equal accounts; once {ended}, half of it has nobody left."),
        format!("{share} des Lebendigen hängt an {name}, so konzentriert wie {equal} gleiche Konten; sobald {ended}, hat die Hälfte niemanden mehr."),
    ))
}

/// Says what is assumed.
pub(super) fn assumed(view: &ExitView, lang: Lang) -> Vec<String> {
    let horizon = number(view.horizon_days);
    let as_of = lang.shown(&view.as_of);
    let texts = [
        (
            format!("Alive is who has contact within {horizon} days of the date; counted are relationships with two interactions or more that were heard of within a year, as they stood on {as_of}."),
            format!("Lebendig ist, mit wem es binnen {horizon} Tagen nach dem Datum Kontakt gibt; gezählt werden Beziehungen mit mindestens zwei Interaktionen, von denen binnen eines Jahres zu hören war, nach dem Stand vom {as_of}."),
        ),
        (
            "Without engagement you write to nobody; others may write, less and less. Coming back means taking things up again as people do who paused for two months and more.".to_owned(),
            "Ohne Engagement schreibst du niemandem; andere schreiben vielleicht noch, immer seltener. Zurückkommen heißt: die Dinge so wieder aufnehmen wie Leute, die zwei Monate und länger pausiert haben.".to_owned(),
        ),
        (
            "The evidence are people in public data who paused, went on or left for good; who leaves has reasons, and part of what then lapsed may be due to them, not to the silence.".to_owned(),
            "Der Beleg sind Leute in öffentlichen Daten, die pausierten, weitermachten oder für immer gingen; wer geht, hat Gründe, und ein Teil dessen, was dann verfiel, mag an ihnen liegen, nicht an der Stille.".to_owned(),
        ),
    ];
    let touch = touch::said(view.minutes_a_touch, view.is_touch_known, lang);
    texts.into_iter().map(|(en, de)| lang.pick(en, de)).chain([format!("{touch}.")]).collect()
}

fn number(value: f64) -> String {
    format!("{value:.0}")
}
