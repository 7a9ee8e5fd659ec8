//! What the store promises, tested through its public names: opening, importing, reading, deciding.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up has failed")]

mod aliases;
mod decisions;
mod forget;
mod golden;
mod identity;
mod imports;
mod lasting;
mod laws;
mod opening;
mod reading;
mod support;
mod ties;
