//! What the helper commands and benches of the workspace share: building plugins, generating exports.
#![expect(
    clippy::missing_errors_doc,
    reason = "every error is a sentence for whoever typed the command"
)]

pub mod build;
pub mod generate;
