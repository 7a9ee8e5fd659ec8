//! How far an import is, as events while it runs.

use std::{
    convert::Infallible,
    path::Path as FilePath,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    extract::{Path, State},
    response::{
        IntoResponse as _, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_core::Stream;
use tokio::{
    sync::{mpsc, watch},
    time,
};

use crate::web::{House, imports::Stage, refusal, visit::Visit};

/// How often it is told at most: more often than the eye sees is waste.
const PACE: Duration = Duration::from_millis(100);

/// Tells how far an import is until it is over.
pub(in crate::web::route) async fn events(
    State(house): State<Arc<House>>,
    Path(number): Path<u64>,
    visit: Visit,
) -> Response {
    let Some(import) = house.imports.get(number) else { return refusal::nowhere(&visit) };
    let (send, events) = mpsc::channel(4);
    tokio::spawn(tell(import.listen(), send));
    Sse::new(Events(events)).keep_alive(KeepAlive::default()).into_response()
}

async fn tell(mut heard: watch::Receiver<Stage>, send: mpsc::Sender<Event>) {
    loop {
        let stage = heard.borrow_and_update().clone();
        if send.send(Event::default().data(told(&stage))).await.is_err() || stage.is_over() {
            return;
        }
        time::sleep(PACE).await;
        if heard.changed().await.is_err() {
            return;
        }
    }
}

/// Returns a stage as the page's script reads it.
fn told(stage: &Stage) -> String {
    let (source, done, total) = match stage {
        Stage::Reading(source, done, total) => (source.as_str(), *done, *total),
        _ => ("", 0, 0),
    };
    let name = FilePath::new(source).file_name().map(|name| name.to_string_lossy());
    serde_json::json!({
        "source": name.unwrap_or_default(),
        "done": done,
        "total": total,
        "is_over": stage.is_over(),
    })
    .to_string()
}

/// What is sent, as the server takes it.
struct Events(mpsc::Receiver<Event>);

impl Stream for Events {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(task).map(|event| event.map(Ok))
    }
}
