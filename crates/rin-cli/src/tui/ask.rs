//! What a session is asked, what it says, and the thread in which it does: a long calculation never keeps the screen
//! from answering keys.

use std::{
    sync::{Arc, mpsc},
    thread,
};

use rin_app::{
    AddNoteRequest, Answer, AnswerRequest, AnswersView, BudgetQuestion, CampaignCheckView,
    CampaignListView, CampaignReportRequest, CampaignReportView, CheckCampaignRequest, ExitRequest,
    ExitView, HandoverRequest, HandoverView, LATER_DAYS, Lang, LevelsView, MatchRequest, Minutes,
    Moment, OwnView, PartyListRequest, PartyListView, PartyPortraitView, ProgrammeRequestError,
    ProgrammeView, Session, SessionError, ShowProgrammeRequest, TagRequest, WeekRequest, WeekView,
    parse_filter,
};

use super::{Event, state::Leaving};
use crate::{
    environment::Context,
    error::{Error, Told},
};

/// Relationships that are listed.
const LISTED: usize = 1_000;
/// Share of what going on would keep that upkeep and coming back aim at.
const KEEP: f64 = 0.8;

/// What is said to a line of the plan.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Word {
    /// Done, perhaps in another time than planned.
    Done(Option<f64>),
    /// Not before that moment, or not for a while.
    Later(Option<Moment>),
    /// Not ever.
    Never,
}

/// What a session is asked.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Order {
    /// This week's plan, and what was said to it.
    Week { filter: String },
    /// Whom we know.
    Network { filter: String },
    /// Everything known of one of them.
    Party(u32),
    /// A programme; with what its budget keeps alive, if that is asked.
    Programme { name: Option<String>, has_budget: bool },
    /// All campaigns.
    Campaigns,
    /// One of them: whether it may start, or what it brought.
    Campaign(String),
    /// A pause or an exit thought through.
    Exit(Leaving),
    /// Keep what is said to a line.
    Say { plan: i64, line: u32, word: Word },
    /// Take the last of it back.
    Undo,
    /// Give somebody a tag, or take it away.
    Tag { party: u32, tag: String, is_given: bool },
    /// Keep a note about somebody.
    Note { party: u32, text: String },
}

/// What a session says.
#[derive(Debug)]
pub(super) enum Reply {
    Week(Box<(WeekView, AnswersView)>),
    Network(Box<(PartyListView, LevelsView)>),
    Party(Box<PartyPortraitView>),
    Programme(Option<Box<ProgrammeView>>),
    Campaigns(CampaignListView),
    Checked(Box<CampaignCheckView>),
    Reported(Box<CampaignReportView>),
    Exit(Box<Thought>),
    /// Something was kept.
    Kept(String),
}

/// A pause or an exit, thought through.
#[derive(Debug)]
pub(super) struct Thought {
    pub(super) exit: ExitView,
    /// Our own accounts.
    pub(super) own: Vec<OwnView>,
    /// What handing over from one of them to another comes to, if there are two.
    pub(super) handover: Option<Result<HandoverView, Told>>,
}

/// Says on every way out of the thread that nobody answers any more.
struct Farewell(mpsc::Sender<Event>);

impl Drop for Farewell {
    fn drop(&mut self) {
        // Whoever has left does not hear it.
        drop(self.0.send(Event::Broken));
    }
}

/// Starts the thread that asks the session.
pub(super) fn start(
    context: &Arc<Context>,
    mut session: Session,
    events: mpsc::Sender<Event>,
) -> mpsc::Sender<Order> {
    let (queue, orders) = mpsc::channel::<Order>();
    let context = Arc::clone(context);
    thread::spawn(move || {
        let farewell = Farewell(events);
        for order in orders {
            let reply = asked(&order, &mut session, &context);
            let reply = reply.map_err(|error| error.told(context.lang));
            if farewell.0.send(Event::Reply(order, reply)).is_err() {
                return;
            }
        }
    });
    queue
}

/// What an order came to.
pub(super) type Outcome = Result<Reply, Told>;

/// Asks a session.
pub(super) fn asked(
    order: &Order,
    session: &mut Session,
    context: &Context,
) -> Result<Reply, Error> {
    let (now, lang) = (context.now()?, context.lang);
    Ok(match order {
        Order::Week { filter } => week(filter, session, context)?,
        Order::Network { filter } => {
            let filter = parse_filter(filter)?;
            let request = PartyListRequest { now, level: None, filter, limit: LISTED, lang };
            let levels = session.status(now, lang)?.levels;
            Reply::Network(Box::new((session.parties(&request)?, levels)))
        }
        Order::Party(party) => {
            let who = party.to_string();
            Reply::Party(Box::new(session.portrait(&who, now, lang)?))
        }
        Order::Programme { name, has_budget } => {
            let request = ShowProgrammeRequest { name: name.clone(), now, lang };
            Reply::Programme(programme(&request, *has_budget, session)?.map(Box::new))
        }
        Order::Campaigns => Reply::Campaigns(session.campaigns(now)?),
        Order::Campaign(name) => campaign(name, session, context)?,
        Order::Exit(leaving) => Reply::Exit(Box::new(exit(leaving, session, (now, lang))?)),
        other => Reply::Kept(kept(other, session, (now, context))?),
    })
}

fn week(filter: &str, session: &mut Session, context: &Context) -> Result<Reply, Error> {
    let (now, lang) = (context.now()?, context.lang);
    let filter = parse_filter(filter)?;
    let request =
        WeekRequest { now, minutes: None, seed: 0, is_fresh: false, is_trial: false, lang };
    let view = session.week(&request)?;
    let view = if filter.is_everybody() {
        view
    } else {
        view.only(&session.matching(&MatchRequest { filter, now, lang })?)
    };
    Ok(Reply::Week(Box::new((view, session.answers(now, lang)?))))
}

/// Shows a programme; `None` if there is none.
fn programme(
    request: &ShowProgrammeRequest,
    has_budget: bool,
    session: &mut Session,
) -> Result<Option<ProgrammeView>, SessionError> {
    let view = if has_budget {
        let question = BudgetQuestion { keep: None, share: 1.0 };
        session.programme_with_budget(request, &question, &|_, _| {})
    } else {
        session.programme(request)
    };
    match view {
        Ok(view) => Ok(Some(view)),
        Err(SessionError::Programme(ProgrammeRequestError::None)) => Ok(None),
        Err(other) => Err(other),
    }
}

fn campaign(name: &str, session: &mut Session, context: &Context) -> Result<Reply, Error> {
    let (now, lang, name) = (context.now()?, context.lang, name.to_owned());
    let rows = session.campaigns(now)?.campaigns;
    let is_started =
        rows.iter().any(|row| row.id == name && !matches!(row.state, "planned" | "unreadable"));
    Ok(if is_started {
        let view = session.campaign_report(&CampaignReportRequest { name, now, lang })?;
        Reply::Reported(Box::new(view))
    } else {
        Reply::Checked(Box::new(session.check_campaign(&CheckCampaignRequest {
            name,
            now,
            lang,
        })?))
    })
}

fn exit(
    leaving: &Leaving,
    session: &mut Session,
    (now, lang): (Moment, Lang),
) -> Result<Thought, Error> {
    let own = session.status(now, lang)?.own;
    let exit = session.exit_simulate(&ExitRequest {
        platform: leaving.platform.clone(),
        from: leaving.from.unwrap_or(now),
        until: leaving.until,
        keep: KEEP,
        now,
        lang,
    })?;
    let called = |one: &OwnView| one.handle.clone().unwrap_or_else(|| one.name.clone());
    let handover = leaving.hands_over(&own).map(|(from, to)| {
        let (from, to) = (called(from), called(to));
        let request = HandoverRequest { from, to, bundle: None, now, lang };
        session.exit_handover(&request).map_err(|error| Error::from(error).told(lang))
    });
    Ok(Thought { exit, own, handover })
}

/// Keeps what is to be kept, and returns it as a sentence.
fn kept(
    order: &Order,
    session: &mut Session,
    (now, context): (Moment, &Context),
) -> Result<String, SessionError> {
    let lang = context.lang;
    Ok(match order {
        Order::Say { plan, line, word } => {
            let answer = match word {
                Word::Done(minutes) => Answer::Done(minutes.map(Minutes::new)),
                Word::Later(until) => Answer::Later(until.unwrap_or(now.plus_days(LATER_DAYS))),
                Word::Never => Answer::Never,
            };
            let request = AnswerRequest { plan: Some(*plan), line: *line, answer, now, lang };
            session.answer(&request)?.said
        }
        Order::Tag { party, tag, is_given } => {
            let who = party.to_string();
            let request = TagRequest { who: &who, tag, now, lang };
            let view =
                if *is_given { session.add_tag(&request) } else { session.remove_tag(&request) };
            view?.said
        }
        Order::Note { party, text } => {
            let who = party.to_string();
            session.add_note(&AddNoteRequest { who: &who, text, at: None, now, lang })?.said
        }
        _ => session.undo(now, lang)?.said,
    })
}
