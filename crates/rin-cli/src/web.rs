//! The page: the same views as in the terminal, in a browser on the same machine.
//!
//! It listens on loopback alone and lets in only whoever knows the run's own address. No handler computes: each asks a
//! session ([`sessions`]) and hands the view to a pure function that makes markup of it ([`page`]). Without its script
//! every page still reads and every form still works; the script saves reloading.

mod asset;
mod chart;
mod guard;
mod guests;
mod imports;
mod kept;
mod key;
mod page;
mod refusal;
mod route;
mod server;
mod sessions;
mod shell;
mod visit;

use std::{
    io::{self, Write as _},
    net::{Ipv4Addr, TcpListener},
    process::{Command, Stdio},
    sync::Arc,
};

use self::{imports::Imports, kept::Kept, key::Key, sessions::Sessions};
use crate::{environment::Context, error::Error};

pub(crate) use self::route::calendar::address as calendar_address;

/// How the page is offered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offer {
    /// The port; 0 for any that is free.
    pub(crate) port: u16,
    /// Whether the browser is opened too.
    pub(crate) is_opened: bool,
}

/// What every request can ask.
#[derive(Debug)]
struct House {
    context: Arc<Context>,
    sessions: Sessions,
    imports: Imports,
    kept: Kept,
    key: Key,
    port: u16,
}

/// Serves the page until the program is ended.
pub(crate) fn serve(offer: Offer, context: &Arc<Context>) -> Result<(), Error> {
    let context = Arc::clone(context);
    // Whoever has no network yet hears so here and not in the browser.
    drop(context.open()?);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, offer.port))?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    let key = Key::drawn()?;
    let address = format!("http://127.0.0.1:{port}/?key={}", key.in_address());
    announce(&context, &address)?;
    if offer.is_opened {
        open(&address);
    }
    let sessions = Sessions::new(&context);
    let imports = Imports::new(context.dir());
    let kept = Kept::default();
    let house = Arc::new(House { context, sessions, imports, kept, key, port });
    Ok(server::run(listener, &house)?)
}

/// Prints where the page is.
fn announce(context: &Context, address: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if context.json {
        let view = serde_json::json!({ "schema": "rin.serve/1", "address": address });
        writeln!(out, "{view}")?;
    } else if context.plain {
        writeln!(out, "address\t{address}")?;
    } else {
        writeln!(out, "{address}")?;
        let text = context.lang.pick(
            "Open this address in a browser on this machine; it is good until Ctrl-C ends the page.",
            "Diese Adresse in einem Browser auf diesem Rechner öffnen; sie gilt, bis Strg-C die Seite beendet.",
        );
        writeln!(out, "{text}")?;
    }
    out.flush()
}

/// Asks the system to open an address; where it has nothing for that, the address is printed anyway.
fn open(address: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(opener);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    drop(command.spawn());
}
