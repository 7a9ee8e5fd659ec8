//! The program a plugin runs in: confines itself, opens one library, answers one host, and ends with it.

use std::process::ExitCode;

fn main() -> ExitCode {
    rin_host::serve()
}
