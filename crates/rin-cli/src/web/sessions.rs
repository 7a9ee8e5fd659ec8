//! Who answers: threads with a session each, which handlers send their questions to.
//!
//! A session is not shared between threads, and what it is asked may take a second. Two of them take questions from one
//! queue, so that a long calculation does not keep the rest of the page waiting. A question that panics costs its own
//! answer: its session is thrown away and opened anew.

use std::{
    panic::{self, AssertUnwindSafe},
    path::Path,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::SystemTime,
};

use rin_app::{Session, SessionError};
use tokio::sync::oneshot;

use super::refusal::Trouble;
use crate::{environment::Context, error::Error};

/// How many questions are answered at once.
const THREADS: usize = 2;

type Question = Box<dyn FnOnce(Result<&mut Session, Error>) + Send>;

/// A queue of questions and the threads behind it.
#[derive(Debug)]
pub(super) struct Sessions {
    queue: mpsc::Sender<Question>,
}

impl Sessions {
    /// Starts the threads; sessions are opened when first asked.
    pub(super) fn new(context: &Arc<Context>) -> Self {
        let (queue, questions) = mpsc::channel::<Question>();
        let questions = Arc::new(Mutex::new(questions));
        for _ in 0..THREADS {
            let (context, questions) = (Arc::clone(context), Arc::clone(&questions));
            thread::spawn(move || answer(&context, &questions));
        }
        Self { queue }
    }

    /// Asks a session and waits for what it says.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Session) -> Result<T, SessionError> + Send + 'static,
    ) -> Result<T, Trouble> {
        let (reply, answer) = oneshot::channel();
        let question = move |session: Result<&mut Session, Error>| {
            let said = session.and_then(|session| Ok(question(session)?));
            // Whoever has left does not hear it.
            drop(reply.send(said));
        };
        self.queue.send(Box::new(question)).map_err(|_| Trouble::Ended)?;
        answer.await.map_err(|_| Trouble::Ended)?.map_err(Trouble::from)
    }
}

fn answer(context: &Context, questions: &Mutex<mpsc::Receiver<Question>>) {
    let (mut session, mut read_at) = (None, None);
    loop {
        let next = questions.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(question) = next else { return };
        let settings = changed_at(context.dir());
        if settings != read_at {
            session = None;
        }
        if session.is_none() {
            read_at = settings;
            match context.open() {
                Ok((opened, _)) => session = Some(opened),
                Err(error) => {
                    question(Err(error));
                    continue;
                }
            }
        }
        let Some(open) = session.as_mut() else { continue };
        if panic::catch_unwind(AssertUnwindSafe(|| question(Ok(open)))).is_err() {
            session = None;
        }
    }
}

/// Returns when the settings were last written: they are read when a session is opened.
fn changed_at(dir: &Path) -> Option<SystemTime> {
    dir.join("rin.toml").metadata().and_then(|about| about.modified()).ok()
}
