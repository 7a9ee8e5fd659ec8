//! Words of `rin serve` and of `rin calendar`, whose address it answers.

use clap::Args as ClapArgs;

/// Look at the network and work the week off in a browser
#[derive(ClapArgs, Debug)]
pub(crate) struct Serve {
    /// Where this machine listens to itself; 0 for any free port
    #[arg(long, value_name = "PORT", default_value_t = Serve::PORT)]
    pub(crate) port: u16,
    /// Open the page in the browser too
    #[arg(long)]
    pub(crate) open: bool,
}

/// The address under which calendar programs read the plan from the page
#[derive(ClapArgs, Debug)]
pub(crate) struct Calendar {
    /// Make another one, so that every address given out before leads nowhere
    #[arg(long)]
    pub(crate) renew: bool,
    /// The port that `rin serve` is given
    #[arg(long, value_name = "PORT", default_value_t = Serve::PORT, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) port: u16,
}

impl Serve {
    /// Where the page is, if nothing else is said.
    pub(crate) const PORT: u16 = 7373;
}
