//! Words of `rin serve`.

use clap::Args as ClapArgs;

/// Look at the network and work the week off in a browser
#[derive(ClapArgs, Debug)]
pub(crate) struct Serve {
    /// Where this machine listens to itself; 0 for any free port
    #[arg(long, value_name = "PORT", default_value_t = 7373)]
    pub(crate) port: u16,
    /// Open the page in the browser too
    #[arg(long)]
    pub(crate) open: bool,
}
