//! `rin serve`: the page in a browser, until it is stopped.

use std::sync::Arc;

use crate::{args::Serve, environment::Context, error::Error, web};

/// Serves the page; returns only if it cannot.
pub(crate) fn run(args: &Serve, context: &Arc<Context>) -> Result<(), Error> {
    web::serve(web::Offer { port: args.port, is_opened: args.open }, context)
}
