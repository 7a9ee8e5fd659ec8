//! Campaigns: all of them, and one with its check or its report.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use maud::Markup;
use rin_app::{CampaignCheckView, CampaignReportRequest, CampaignReportView, CheckCampaignRequest};

use super::shown;
use crate::web::{House, page, refusal::Trouble, shell::Place, visit::Visit};

/// Shows all campaigns.
pub(super) async fn list(State(house): State<Arc<House>>, visit: Visit) -> Response {
    all(&house, &visit).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn all(house: &House, visit: &Visit) -> Result<Response, Trouble> {
    let lang = visit.lang;
    let now = house.context.now()?;
    let view = house.sessions.ask(move |session| session.campaigns(now)).await?;
    let title = lang.pick("Campaigns", "Kampagnen");
    Ok(shown(visit, (Place::Campaigns, title), &page::campaigns::list(&view, lang)))
}

/// Shows one.
pub(super) async fn one(
    State(house): State<Arc<House>>,
    visit: Visit,
    Path(name): Path<String>,
) -> Response {
    found(&house, &visit, name).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

/// What there is to show of a campaign.
enum Found {
    Planned(Box<CampaignCheckView>),
    Started(Box<CampaignReportView>),
}

async fn found(house: &House, visit: &Visit, name: String) -> Result<Response, Trouble> {
    let lang = visit.lang;
    let now = house.context.now()?;
    let question = move |session: &mut rin_app::Session| {
        let rows = session.campaigns(now)?.campaigns;
        let is_started =
            rows.iter().any(|row| row.id == name && !matches!(row.state, "planned" | "unreadable"));
        if is_started {
            let request = CampaignReportRequest { name, now, lang };
            return session.campaign_report(&request).map(|view| Found::Started(Box::new(view)));
        }
        session
            .check_campaign(&CheckCampaignRequest { name, now, lang })
            .map(|view| Found::Planned(Box::new(view)))
    };
    let found = house.sessions.ask(question).await?;
    let (title, body): (&str, Markup) = match &found {
        Found::Planned(view) => (&view.name, page::campaigns::check(view, lang)),
        Found::Started(view) => (&view.name, page::campaigns::report(view, lang)),
    };
    Ok(shown(visit, (Place::Campaigns, title), &body))
}
