//! Takes connections and answers requests, within limits on number, time and size.

use std::{io, net::TcpListener, sync::Arc, time::Duration};

use axum::Router;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{net::TcpStream, runtime, sync::oneshot, time};

use super::{House, guests::Guests, route};

/// How long a request's head may take; also how long a connection may be idle.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// Bytes of a request's head.
const HEAD_BYTES: usize = 16 << 10;
/// Lines of a request's head.
const HEAD_LINES: usize = 64;
/// How long nothing is taken in after the system refused a connection, for lack of files mostly.
const PAUSE: Duration = Duration::from_millis(50);

/// Answers on `listener` until the program ends.
pub(super) fn run(listener: TcpListener, house: &Arc<House>) -> io::Result<()> {
    let router = route::router(house);
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let guests = Guests::default();
        for number in 0.. {
            match listener.accept().await {
                Ok((stream, _)) => receive(number, stream, &guests, &router),
                Err(_) => time::sleep(PAUSE).await,
            }
        }
        Ok(())
    })
}

/// Answers one connection in a task of its own.
fn receive(number: u64, stream: TcpStream, guests: &Guests, router: &Router) {
    let (entered, may_begin) = oneshot::channel();
    let (here, router) = (guests.clone(), router.clone());
    let task = tokio::spawn(async move {
        // The task must be known before it can end.
        if may_begin.await.is_err() {
            return;
        }
        let leaving = Leaving { number, guests: here.clone() };
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            here.asked(number);
            hyper::service::Service::call(&TowerToHyperService::new(router.clone()), request)
        });
        let mut builder = http1::Builder::new();
        builder
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIME)
            .max_buf_size(HEAD_BYTES)
            .max_headers(HEAD_LINES);
        // A connection that breaks off is nobody's trouble.
        drop(builder.serve_connection(TokioIo::new(stream), service).await);
        drop(leaving);
    });
    guests.enter(number, task.abort_handle());
    // A task that has ended already needs no word.
    entered.send(()).unwrap_or_default();
}

/// Strikes a connection off the list when its task ends, however it does.
struct Leaving {
    number: u64,
    guests: Guests,
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.guests.leave(self.number);
    }
}
