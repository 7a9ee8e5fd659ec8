//! Two years of a network, and a campaign in them that is long over.

use rin_app::{EndCampaignRequest, MarkCampaignRequest, Minutes, StartCampaignRequest};

use super::*;

/// Forty more whom we came to know one after another over two years, one in three for good.
fn history(sink: &mut dyn RecordSink) -> Result<(), Stop> {
    known(sink, "us@wall", "Library")?;
    for number in 0..40_u32 {
        let other = format!("reader{number:02}@wall");
        known(sink, &other, &format!("Reader {number:02}"))?;
        let first = moment("2024-01-03").plus_days(f64::from(19 * number));
        let contacts = if number % 3 == 0 { 60 } else { 6 + number % 7 };
        for contact in 0..contacts {
            let at = first.plus_days(f64::from(13 * contact + number % 5));
            if moment(NOW) < at {
                break;
            }
            let (us, them) = ("us@wall", other.as_str());
            let (from, to) = if contact % 2 == 0 { (them, us) } else { (us, them) };
            sink.record(Record::Interaction(InteractionRecord {
                id: &format!("{other}-{contact}"),
                at,
                from,
                to,
                kind: InteractionKind::Message,
                labels: "",
            }))?;
        }
    }
    Ok(())
}

/// A campaign that is long over, and whom it won: two who first wrote while it ran.
pub(super) fn past_campaign(desk: &mut Desk) {
    let (now, lang) = (moment(NOW), desk.state.lang);
    let info = SourceInfo {
        platform: "wall",
        name: "readers",
        fingerprint: "readers",
        now,
        ..SourceInfo::default()
    };
    Store::open(desk.folder.path()).unwrap().import(&info, history).unwrap();
    desk.session.set_own("us@wall", true, now).unwrap();
    let (from, until) = (moment("2025-02-01"), moment("2025-04-01"));
    let request = NewProgrammeRequest {
        name: "Readers".to_owned(),
        from: Some(moment("2025-01-06")),
        until: Some(moment("2025-12-29")),
        ..library(lang)
    };
    desk.session.begin_programme(&request).unwrap();
    let request = NewCampaignRequest {
        name: "Spring".to_owned(),
        programme: Some("Readers".to_owned()),
        from: Some(from),
        until: Some(until),
        now: from,
        lang,
    };
    desk.session.new_campaign(&request).unwrap();
    let (name, despite) = ("spring".to_owned(), Some("to be tried".to_owned()));
    let request = StartCampaignRequest { name, despite, now: from, lang };
    desk.session.start_campaign(&request).unwrap();
    let (name, parties) = ("spring".to_owned(), ["reader21@wall", "reader22@wall"]);
    let parties = parties.map(str::to_owned).to_vec();
    let request = MarkCampaignRequest { name, parties, won: true, now: until, lang };
    desk.session.mark_campaign(&request).unwrap();
    let (name, minutes, money) = ("spring".to_owned(), Minutes::new(300.0), Some(40.0));
    desk.session
        .end_campaign(&EndCampaignRequest { name, minutes, money, now: until, lang })
        .unwrap();
}
