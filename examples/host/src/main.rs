//! A host in one file: load plugins from a folder, read an export, print a plan.
//!
//! `cargo build -p rin-host` makes `rin-worker`, in which plugins are confined; it belongs beside the program that uses
//! them. `cargo run -p example-host -- PLUGIN_FOLDER EXPORT`. No store: everything is kept in memory as a network.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::{collections::BTreeMap, error::Error, path::Path};

use rin_core::{
    AccountFlags, AccountId, Coverage, ForecastModel, Interaction, Minutes, Moment, Network,
    NetworkBuilder, Offer, PlanRequest, PlatformId, Record, RecordSink, Stop, Strategy as _, plan,
    propose,
};
use rin_host::{FolderSource, Loading, Params, Plugin, discover, load};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(plugins), Some(export)) = (args.next(), args.next()) else {
        return Err("usage: example-host PLUGIN_FOLDER EXPORT".into());
    };
    // A fixed moment, so that the result can be compared; a real host asks its clock.
    let now = Moment::from_unix_ms(1_786_924_800_000);
    let source = FolderSource::open(Path::new(&export), now)?;
    let Some((plugin, sure)) = surest(Path::new(&plugins), &source)? else {
        return Err("no plugin knows this export".into());
    };
    let manifest = plugin.manifest();
    println!("{} is {sure} % sure that {export} is its own", manifest.info.name);

    let defaults = Params::defaults(manifest);
    let mut taker = Taker::new(&manifest.info.platform);
    plugin.reader(&defaults)?.read(&source, &mut taker)?;
    let network = taker.finish();
    println!(
        "{} accounts, {} interactions",
        network.accounts().len(),
        network.interactions().len()
    );

    let model = ForecastModel::default();
    let table = network.table(PlatformId::new(0), now, &model);
    let mut strategy = plugin.strategy(&defaults)?;
    let proposals = propose(&mut strategy, &table, now, 1)?;
    let norms = strategy.norms().to_vec();
    let offer =
        Offer { info: strategy.info(), table: &table, proposals: &proposals, norms: &norms };
    let request = PlanRequest::new(now, Minutes::new(30.0));
    let week = plan(&request, &[offer]);
    for line in &week.lines {
        let who = network.account(line.account).map_or("?", |account| {
            account.name.as_deref().or(account.handle.as_deref()).unwrap_or(&account.key.id)
        });
        let kind = strategy.info().kinds.get(line.kind).map_or("?", |kind| &kind.text.en);
        let (before, after) = (100.0 * line.facts.alive, 100.0 * line.facts.alive_after);
        println!("{who}: {kind} ({} min), alive {before:.0} % -> {after:.0} %", line.minutes);
    }
    println!("{} of {} minutes spent", week.spent, request.minutes_per_week());
    Ok(())
}

/// Loads every plugin of a folder and returns the one that is surest of the source.
fn surest(folder: &Path, source: &FolderSource) -> Result<Option<(Plugin, u8)>, Box<dyn Error>> {
    let mut best: Option<(Plugin, u8)> = None;
    for found in &discover(&[folder.canonicalize()?]).found {
        let plugin = load(found, &Loading::default())?;
        let sure = plugin.reader(&Params::defaults(plugin.manifest()))?.probe(source)?;
        if best.as_ref().map_or(0, |(_, best)| *best) < sure {
            best = Some((plugin, sure));
        }
    }
    Ok(best)
}

/// Takes records into a network.
struct Taker<'a> {
    platform: &'a str,
    builder: NetworkBuilder,
    /// Other ids of an account, by alias.
    aliases: BTreeMap<String, String>,
}

impl<'a> Taker<'a> {
    fn new(platform: &'a str) -> Self {
        Self { platform, builder: Network::builder(), aliases: BTreeMap::new() }
    }

    fn account(&mut self, id: &str) -> Result<AccountId, Stop> {
        let id = self.aliases.get(id).map_or(id, String::as_str);
        self.builder.account(self.platform, id).map_err(|_| Stop)
    }

    fn finish(self) -> Network {
        self.builder.build()
    }
}

impl RecordSink for Taker<'_> {
    fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        match record {
            Record::Account(it) => {
                if !it.alias.is_empty() {
                    self.aliases.insert(it.alias.to_owned(), it.id.to_owned());
                }
                let account = self.account(it.id)?;
                self.builder.describe(account, text(it.handle), text(it.name));
                if it.flags.contains(AccountFlags::OWNER) {
                    self.builder.own(account);
                }
            }
            Record::Interaction(it) => {
                let (at, kind) = (it.at, it.kind);
                let (from, to) = (self.account(it.from)?, self.account(it.to)?);
                self.builder.interaction(Interaction { at, from, to, kind });
            }
            Record::Coverage(it) => {
                let account = self.account(it.account)?;
                let (sent, received) = (it.sent, it.received);
                let (ties_held, ties_to) = (it.ties_held, it.ties_to);
                let (since, until) = (it.since, it.until);
                let coverage = Coverage { sent, received, ties_held, ties_to, since, until };
                self.builder.coverage(account, coverage);
            }
            Record::Finding(it) => println!("{}: {}", it.severity.name(), it.en),
            _ => {}
        }
        Ok(())
    }
}
