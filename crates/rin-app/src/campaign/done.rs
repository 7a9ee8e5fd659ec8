//! What is said when a campaign was started or ended, or the user said whom it won.

use rin_core::Campaign;
use rin_store::CampaignEnd;

use super::CampaignDoneView;
use crate::{Lang, Session};

impl Session {
    pub(super) fn started_view(&self, campaign: &Campaign, lang: Lang) -> CampaignDoneView {
        let (name, id) = (&campaign.name, &campaign.id);
        let from = lang.date(campaign.window.start(), &self.zone);
        let until = lang.date(campaign.window.end(), &self.zone);
        CampaignDoneView {
            schema: "rin.campaign-done/1",
            id: id.clone(),
            file: Some(self.file_of(id)),
            said: lang.pick(
                format!("{name} is started: from {from} until {until}. What its file says is kept as it is."),
                format!("{name} ist gestartet: von {from} bis {until}. Was in ihrer Datei steht, ist so festgehalten."),
            ),
            next: vec![lang.pick(
                format!("When it is over: rin campaign end {id} --minutes N"),
                format!("Wenn sie vorbei ist: rin campaign end {id} --minutes N"),
            )],
        }
    }

    pub(super) fn ended_view(
        &self,
        campaign: &Campaign,
        end: &CampaignEnd,
        lang: Lang,
    ) -> CampaignDoneView {
        let (name, id) = (&campaign.name, &campaign.id);
        let (took, planned) = (lang.number(end.minutes.get()), lang.number(campaign.minutes.get()));
        let money = end.money.map_or_else(String::new, |money| {
            let money = lang.number(money);
            lang.pick(format!(" and {money} in money"), format!(" und {money} an Geld"))
        });
        let until = lang.date(campaign.aftercare_window().end(), &self.zone);
        let weekly = lang.number(campaign.aftercare.minutes_per_week.get());
        CampaignDoneView {
            schema: "rin.campaign-done/1",
            id: id.clone(),
            file: None,
            said: lang.pick(
                format!("{name} is ended: it took {took} of {planned} min{money}."),
                format!("{name} ist beendet: sie hat {took} von {planned} min{money} gekostet."),
            ),
            next: vec![
                lang.pick(
                    format!("Until {until} the programme owes {weekly} min a week to what it won."),
                    format!(
                        "Bis {until} schuldet das Programm dem Gewonnenen {weekly} min je Woche."
                    ),
                ),
                lang.pick(
                    format!("Import fresh exports, then: rin campaign report {id}"),
                    format!("Neue Exporte importieren, dann: rin campaign report {id}"),
                ),
            ],
        }
    }
}

pub(super) fn marked(id: String, names: &str, won: bool, lang: Lang) -> CampaignDoneView {
    let said = if won {
        lang.pick(format!("Won by {id}: {names}."), format!("Von {id} gewonnen: {names}."))
    } else {
        lang.pick(
            format!("Not won by {id}: {names}."),
            format!("Nicht von {id} gewonnen: {names}."),
        )
    };
    CampaignDoneView { schema: "rin.campaign-done/1", id, file: None, said, next: Vec::new() }
}
