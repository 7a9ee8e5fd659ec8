//! Systems on which nothing can be confined: plugins run in the host's own process there, and are told to.

use std::process::ExitCode;

/// Serves nobody: on this system plugins run in the program that loads them.
pub fn serve() -> ExitCode {
    complain();
    ExitCode::from(2)
}

#[expect(clippy::print_stderr, reason = "there is nobody else to tell")]
fn complain() {
    eprintln!(
        "rin-worker confines plugins on Linux only; on this system they run in the program that loads them"
    );
}
