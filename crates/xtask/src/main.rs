//! Helper commands of the workspace: `cargo demo`, `cargo xtask plugins|bench|evaluate|pauses|effect|identity|policies|torture|miri|generate`.
//!
//! Building plugins needs a step that `cargo run` alone does not do: a cdylib is nobody's dependency.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command prints")]

mod bench;
mod demo;
mod effect;
mod evaluate;
mod identity;
mod miri;
mod pauses;
mod picture;
mod policies;
mod torture;

use std::process::ExitCode;

use xtask::{build, generate};

const HELP: &str = "\
cargo demo                     build everything, import the exports shipped here, print this week's plan
cargo xtask plugins            build everything and lay it out as installed under target/rin/debug
cargo xtask install [PREFIX]   build for real use into PREFIX/bin, PREFIX/lib/rin/plugins, PREFIX/include and PREFIX/share (~/.local)
cargo xtask bench [NAME]       measure: fold, plan, forecast, plugin, import; all without a name
cargo xtask evaluate DIR [SET…] [--markdown] [--replicates N] [--svg FILE]
                               test the forecasts on a folder of logs (*.csv.gz: source, destination, seconds, kind)
cargo xtask pauses DIR [--markdown]
                               hold the forecast of a pause against people in such logs who really paused
cargo xtask effect [WORLDS]    how often what is said of a campaign is true, in so many drawn worlds (2,000)
cargo xtask identity [FIRST COUNT]
                               how well one human is recognised on six platforms, in so many made-up humanities (101 10)
cargo xtask identity scale N   time and memory of asking who is one among so many accounts
cargo xtask policies DIR [--markdown] [--seeds N]
                               live through four of these logs under every policy of spending minutes, and compare
cargo xtask torture [KILLS [EVENTS]]
                               kill an import of so many events at random moments (50, a million)
cargo xtask miri               run the tests of the plugin boundary under Miri (nightly toolchain with `miri` and `rust-src`)
cargo xtask picture            draw docs/week.svg anew
cargo xtask generate mastodon  write tests/data/mastodon anew; town for tests/data/town";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["demo", rest @ ..] => demo::run(rest),
        ["plugins"] => {
            build::stage(build::Profile::Dev).map(|laid| println!("{}", laid.plugins.display()))
        }
        ["install"] => build::home_prefix().and_then(|prefix| build::install(&prefix)).map(|_| ()),
        ["install", prefix] => build::install(prefix.as_ref()).map(|_| ()),
        ["bench", names @ ..] => bench::run(names),
        ["evaluate", rest @ ..] => evaluate::run(rest),
        ["pauses", rest @ ..] => pauses::run(rest),
        ["effect"] => {
            effect::run(effect::WORLDS);
            Ok(())
        }
        ["effect", count] => number(count).map(effect::run),
        ["identity"] => {
            identity::run(identity::SEEDS.0, identity::SEEDS.1);
            Ok(())
        }
        ["identity", "scale", accounts] => number(accounts).map(identity::scale),
        ["identity", first, count] => number(first)
            .and_then(|first| Ok((first, number(count)?)))
            .map(|(first, count)| identity::run(first, count)),
        ["policies", rest @ ..] => policies::run(rest),
        ["torture"] => torture::run(50, 1_000_000),
        ["torture", kills] => number(kills).and_then(|kills| torture::run(kills, 1_000_000)),
        ["torture", kills, events] => {
            number(kills).and_then(|kills| torture::run(kills, number(events)?))
        }
        ["torture-child", dir, events] => {
            number(events).and_then(|events| torture::child(dir.as_ref(), events))
        }
        ["miri"] => miri::run(),
        ["picture"] => picture::run(),
        ["generate", "mastodon"] => generate::mastodon::write(),
        ["generate", "town"] => generate::town::write(),
        _ => Err(HELP.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}

fn number<T: std::str::FromStr>(word: &str) -> Result<T, String> {
    word.parse().map_err(|_| format!("`{word}` is no number"))
}
