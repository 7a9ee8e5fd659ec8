//! Words of `rin tui`.

use clap::Args as ClapArgs;

/// Look at the network and work the week off in this terminal
#[derive(ClapArgs, Debug)]
pub(crate) struct Tui {
    /// Begin with this filter over week and network, e.g. "platform:linkedin"; docs/FILTER.md has the language
    #[arg(
        long,
        value_name = "FILTER",
        allow_hyphen_values = true,
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) filter: String,
}
