//! `cargo xtask evaluate`: tests our forecast, rules of thumb and other models on folders of public data sets.
//!
//! Every figure of docs/METHODS.md comes from it. It reads `*.csv.gz` with lines of source, destination, seconds and
//! kind; the sets named in `sets.rs` are cut where the published figures were, any other as a user's own history.

mod models;
mod picture;
mod priors;
pub(crate) mod read;
mod sets;
mod summary;
mod table;

use std::{
    collections::VecDeque,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
};

use rin_core::{BacktestRequest, History, Metric, backtest};
use xtask::build::at;

use self::{
    models::{OURS, RULE, models},
    picture::Panel,
    sets::Known,
    summary::{Line, Tested},
    table::share,
};

/// What was asked for.
#[derive(Debug)]
struct Request {
    dir: PathBuf,
    /// Names of sets or of files; all if none.
    sets: Vec<String>,
    is_markdown: bool,
    replicates: usize,
    svg: Option<PathBuf>,
}

/// One set, tested.
#[derive(Debug)]
struct SetResult {
    name: String,
    known: Option<&'static Known>,
    about: String,
    tests: Vec<Tested>,
    /// The mean over all cases, that of a cut-off with rows of its own if there is one, and ours case by case.
    means: Vec<(String, Vec<Line>)>,
}

/// Tests what the words name, and prints it.
pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let request = parse(words)?;
    let files = files(&request)?;
    let (mut results, mut failures) = (Vec::new(), Vec::new());
    for result in all(&files, &request) {
        match result {
            Ok(result) => results.push(result),
            Err(what) => failures.push(what),
        }
    }
    println!("{}", report(&results, request.is_markdown));
    if let Some(path) = &request.svg {
        let panels: Vec<_> = results.iter().filter_map(panel).collect();
        fs::write(path, picture::draw(&panels)).map_err(|error| at(path, &error))?;
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

fn parse(words: &[&str]) -> Result<Request, String> {
    let mut request = Request {
        dir: PathBuf::new(),
        sets: Vec::new(),
        is_markdown: false,
        replicates: 100,
        svg: None,
    };
    let mut plain = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} wants a value"));
        match *word {
            "--markdown" => request.is_markdown = true,
            "--replicates" => request.replicates = crate::number(value()?)?,
            "--svg" => request.svg = Some(value()?.into()),
            option if option.starts_with("--") => {
                return Err(format!("`{option}` is no option of evaluate"));
            }
            name => plain.push(name),
        }
    }
    let [dir, sets @ ..] = plain.as_slice() else {
        return Err("say which folder holds the data sets: cargo xtask evaluate DIR".to_owned());
    };
    request.dir = dir.into();
    request.sets = sets.iter().map(|name| (*name).to_owned()).collect();
    Ok(request)
}

/// Returns the files asked for with their names, known sets first.
fn files(request: &Request) -> Result<Vec<(String, PathBuf)>, String> {
    let dir = &request.dir;
    let entries = fs::read_dir(dir).map_err(|error| at(dir, &error))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| at(dir, &error))?.path();
        let file = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(name) = file.strip_suffix(".csv.gz") else { continue };
        let short = sets::known(name).map_or(name, |known| known.name);
        let is_asked = |asked: &String| asked == name || asked == short;
        if request.sets.is_empty() || request.sets.iter().any(is_asked) {
            files.push((name.to_owned(), path));
        }
    }
    if files.is_empty() {
        return Err(format!("{} holds no such file that ends in .csv.gz", dir.display()));
    }
    files.sort_by_key(|(name, _)| (sets::order(name), name.clone()));
    Ok(files)
}

/// Tests all sets on as many threads as there are cores, the largest file first.
fn all(files: &[(String, PathBuf)], request: &Request) -> Vec<Result<SetResult, String>> {
    let mut queue: Vec<usize> = (0..files.len()).collect();
    let size = |place: usize| {
        files.get(place).and_then(|(_, path)| fs::metadata(path).ok()).map_or(0, |it| it.len())
    };
    queue.sort_by_key(|place| std::cmp::Reverse(size(*place)));
    let queue = Mutex::new(VecDeque::from(queue));
    let done = Mutex::new(Vec::new());
    let work = || {
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some((place, (name, path))) = next.and_then(|at| Some((at, files.get(at)?))) else {
                return;
            };
            let result = set(name, path, request).map_err(|what| format!("{name}: {what}"));
            done.lock().unwrap_or_else(PoisonError::into_inner).push((place, result));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

fn set(file: &str, path: &Path, request: &Request) -> Result<SetResult, String> {
    let known = sets::known(file);
    let name = known.map_or(file, |known| known.name).to_owned();
    eprintln!("{name}: reading");
    let history = read::read(path)?;
    let cases = known.map_or_else(|| sets::by_span(&history), |known| sets::fixed(known, &history));
    if cases.is_empty() {
        return Err("the log is too short for any test".to_owned());
    }
    let mut tests = Vec::new();
    for case in cases {
        let mut asked = BacktestRequest::new(case.horizon_days, case.cuts.clone());
        asked.bootstrap.replicates = request.replicates;
        asked.reference = Some(OURS.to_owned());
        let mut tell = |done: usize, total: usize| {
            let each = total / case.cuts.len().max(1);
            if done.is_multiple_of(each.max(1)) {
                let horizon = case.horizon_days;
                eprintln!("{name}: {horizon} days, {done} of {total} forecasts");
            }
        };
        let result = backtest(&history, &asked, &|| models(known), &mut tell);
        tests.push(Tested { result: result.map_err(|error| error.to_string())?, case });
    }
    let mut means = vec![("All cases".to_owned(), summary::over_all(&tests))];
    if let Some((after, cut)) = own_row(known, &history) {
        means.push((format!("Only T = {after}"), summary::at_cut(&tests, cut)));
    }
    means.push((format!("{OURS}, case by case"), each_case(&tests, history.first())));
    let about = about(known, &history, &tests);
    Ok(SetResult { name, known, about, tests, means })
}

fn own_row(known: Option<&Known>, history: &History) -> Option<(i32, rin_core::Day)> {
    let after = known?.also?;
    Some((after, sets::day(history, after)?))
}

/// Returns our figures at each cut-off and horizon.
fn each_case(tests: &[Tested], first: Option<rin_core::Moment>) -> Vec<Line> {
    let mut all = Vec::new();
    for test in tests {
        for cut in &test.case.cuts {
            let lines = summary::at_cut(std::slice::from_ref(test), *cut);
            let after = first.map_or(0, |first| cut.days_since(first.day()));
            let ours = lines.into_iter().find(|line| line.name == OURS);
            let name = format!("T = {after}, H = {}", test.case.horizon_days);
            all.extend(ours.map(|line| Line { name, ..line }));
        }
    }
    all
}

/// Says what was tested and with which prior.
fn about(known: Option<&Known>, history: &History, tests: &[Tested]) -> String {
    let first = history.first().map(rin_core::Moment::day);
    let span = history.first().zip(history.last()).map_or(0.0, |(a, b)| b.days_since(a));
    let mut parts = vec![format!("{} interactions in {span:.0} days.", history.len())];
    for Tested { case, result } in tests {
        let cuts = case.cuts.iter().filter_map(|cut| Some(cut.days_since(first?).to_string()));
        parts.push(format!(
            "H = {} at T = {}: {} ties, {} % with contact, {} draws.",
            case.horizon_days,
            cuts.collect::<Vec<_>>().join(", "),
            result.ties,
            share(100.0 * result.contact_share(), 1),
            result.replicates
        ));
    }
    let prior = match known {
        Some(_) => "rin: trained on the past, from the prior that leaves this set out.",
        None => {
            "Not one of the protocol's sets: cut as a user's own history is, at the horizons of 30, 90 and 180 days \
             that it is long enough for, or else at the longest it allows. rin: trained on the past, from the shipped \
             prior of a platform that is not known."
        }
    };
    parts.push(prior.to_owned());
    parts.join(" ")
}

fn report(results: &[SetResult], is_markdown: bool) -> String {
    let title = |name: &str| {
        if is_markdown { format!("\n#### {name}\n\n") } else { format!("\n{name}\n\n") }
    };
    let mut parts = vec![
        "Cuts lie at the start of a UTC day, up to a day before T days after the first row.\n"
            .to_owned(),
        format!("{}\n", table::LEGEND),
    ];
    for result in results {
        parts.push(format!("{}{}\n", title(&result.name), result.about));
        for (rows, lines) in &result.means {
            parts.push(format!("\n{rows}:\n\n{}", table::table(lines, is_markdown)));
        }
    }
    for (name, lines) in means_over_sets(results) {
        parts.push(title(&name) + &table::table(&lines, is_markdown));
    }
    parts.push(title("What is asked of rin"));
    parts.extend(results.iter().flat_map(checks).map(|line| format!("* {line}\n")));
    parts.concat()
}

/// Returns means over the sets of the published ones, and over all if there are more.
fn means_over_sets(results: &[SetResult]) -> Vec<(String, Vec<Line>)> {
    let is_published = |result: &&SetResult| sets::MEAN_OF.contains(&result.name.as_str());
    let over = |some: Vec<&SetResult>| {
        let names: Vec<_> = some.iter().map(|result| result.name.as_str()).collect();
        let lines = some.iter().filter_map(|result| result.means.first());
        let lines: Vec<&[Line]> = lines.map(|(_, lines)| lines.as_slice()).collect();
        (format!("Mean of {}", names.join(", ")), summary::over_sets(&lines))
    };
    let published: Vec<_> = results.iter().filter(is_published).collect();
    let known: Vec<_> = results.iter().filter(|result| result.known.is_some()).collect();
    let all: Vec<_> = results.iter().collect();
    let mut sizes = Vec::new();
    let mut means = Vec::new();
    for some in [published, known, all] {
        if 1 < some.len() && !sizes.contains(&some.len()) {
            sizes.push(some.len());
            means.push(over(some));
        }
    }
    means
}

/// Says of each thing asked of our forecast on a set whether it holds.
fn checks(result: &SetResult) -> Vec<String> {
    let mut said = Vec::new();
    let mut say = |what: &str, value: f64, asked: String, is_met: bool| {
        let verdict = if is_met { "met" } else { "missed" };
        said.push(format!("{}: {what} {}, asked {asked}: {verdict}", result.name, share(value, 4)));
    };
    let ours = |rows: usize| {
        let (name, lines) = result.means.get(rows)?;
        Some((name, lines.iter().find(|line| line.name == OURS)?))
    };
    if let Some((least, own_row)) = result.known.and_then(|known| known.auc)
        && let Some((name, line)) = ours(usize::from(own_row.is_some()))
        && let Some(auc) = line.get(Metric::Auc)
    {
        let what = format!("AUC ({name})");
        say(&what, auc.value, format!("≥ {}", share(least, 3)), least <= auc.value);
    }
    let Some((_, line)) = ours(0) else { return said };
    if let Some(most) = result.known.and_then(|known| known.calibration)
        && let Some(error) = line.get(Metric::CalibrationError)
    {
        say("ECE", error.value, format!("≤ {}", share(most, 3)), error.value <= most);
    }
    if let Some(counts) = line.counts {
        let (low, high) = sets::COVERAGE;
        let asked = format!("{}–{}", share(low, 2), share(high, 2));
        let is_met = |covered: f64| low <= covered && covered <= high;
        say("counts covered", counts.covered, asked.clone(), is_met(counts.covered));
        let contacts = counts.covered_contacts;
        say("counts covered where there was contact", contacts, asked, is_met(contacts));
    }
    said
}

/// Returns a set's diagram: the middle horizon, or the first there is.
fn panel(result: &SetResult) -> Option<Panel> {
    let middle = result.tests.iter().find(|test| (test.case.horizon_days - 90.0).abs() < 0.5);
    let test = middle.or_else(|| result.tests.first())?;
    let rows = |name: &str| {
        let one = test.result.pooled.iter().find(|one| one.name == name)?;
        Some(one.reliability.clone())
    };
    let title = format!("{}, {} days", result.name, test.case.horizon_days);
    Some(Panel { title, ours: rows(OURS)?, rule: rows(RULE)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_stand_anywhere() {
        let request = parse(&["--replicates", "60", "data", "--markdown", "eu", "fb"]).unwrap();
        assert_eq!((request.replicates, request.is_markdown), (60, true));
        assert_eq!((request.dir, request.sets), ("data".into(), vec!["eu".into(), "fb".into()]));
        assert!(parse(&[]).unwrap_err().contains("DIR"));
        assert!(parse(&["data", "--fast"]).unwrap_err().contains("--fast"));
    }
}
