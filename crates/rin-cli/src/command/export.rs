//! `rin export`: the network for other programs, into a file, a folder or the terminal.
//!
//! A file is written beside its place and put there when it is whole, so that a full disk leaves no half of one.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use rin_app::{
    ExportRequest, ExportTable, ExportView, GraphFormat, Lang, Session, SessionError, TableFormat,
    WrittenView,
};

use crate::{
    args::{Export, ExportFormat, ExportWhat},
    environment::Context,
    error::Error,
    output::{Page, show},
};

/// One thing that is written, and how.
#[derive(Clone, Copy)]
enum Part {
    Table(ExportTable, TableFormat),
    Network(GraphFormat),
    Cards,
}

/// Writes what is asked for.
pub(crate) fn run(args: &Export, context: &Context) -> Result<(), Error> {
    let (session, lang) = context.open()?;
    let request = ExportRequest { now: context.now()?, lang };
    let written = match (&args.file, args.what) {
        (Some(folder), ExportWhat::All) => all(args, folder, &session, request)?,
        (Some(file), what) => {
            let part = part(what, args.format.or_else(|| by_ending(file)))?;
            vec![to_file(part, (file, args.force), &session, request)?]
        }
        (None, what) => {
            let part = part(what, args.format)?;
            let mut out = io::stdout().lock();
            write(part, &session, request, &mut out)?;
            out.flush()?;
            return Ok(());
        }
    };
    let view = ExportView::new(written);
    show(context, &view, |page| print(page, &view, lang))?;
    Ok(())
}

/// Writes everything into a folder; nothing if one of the files is there and must not be written over.
fn all(
    args: &Export,
    folder: &Path,
    session: &Session,
    request: ExportRequest,
) -> Result<Vec<WrittenView>, Error> {
    let (format, ending) = match args.format {
        None | Some(ExportFormat::Csv) => (TableFormat::Csv, "csv"),
        Some(ExportFormat::Jsonl) => (TableFormat::JsonLines, "jsonl"),
        Some(_) => return Err(wrong_format(ExportWhat::All)),
    };
    fs::create_dir_all(folder).map_err(|source| failed("make", folder, source))?;
    let tables = ExportTable::ALL
        .map(|table| (Part::Table(table, format), format!("{}.{ending}", table.name())));
    let rest = [
        (Part::Network(GraphFormat::Gexf), "network.gexf".to_owned()),
        (Part::Network(GraphFormat::GraphMl), "network.graphml".to_owned()),
        (Part::Cards, "cards.vcf".to_owned()),
    ];
    let parts: Vec<(Part, PathBuf)> =
        tables.into_iter().chain(rest).map(|(part, name)| (part, folder.join(name))).collect();
    if !args.force {
        parts.iter().try_for_each(|(_, file)| refuse_taken(file))?;
    }
    parts.iter().map(|(part, file)| to_file(*part, (file, true), session, request)).collect()
}

fn part(what: ExportWhat, format: Option<ExportFormat>) -> Result<Part, Error> {
    use ExportFormat::{Csv, Gexf, Graphml, Jsonl, Vcf};
    let table = match what {
        ExportWhat::Network => {
            return match format {
                None | Some(Gexf) => Ok(Part::Network(GraphFormat::Gexf)),
                Some(Graphml) => Ok(Part::Network(GraphFormat::GraphMl)),
                Some(Csv | Jsonl | Vcf) => Err(wrong_format(what)),
            };
        }
        ExportWhat::Cards => {
            return match format {
                None | Some(Vcf) => Ok(Part::Cards),
                Some(_) => Err(wrong_format(what)),
            };
        }
        ExportWhat::All | ExportWhat::Parties => ExportTable::Parties,
        ExportWhat::Accounts => ExportTable::Accounts,
        ExportWhat::Ties => ExportTable::Ties,
        ExportWhat::Relationships => ExportTable::Relationships,
        ExportWhat::Interactions => ExportTable::Interactions,
        ExportWhat::Tags => ExportTable::Tags,
        ExportWhat::Plan => ExportTable::Plan,
        ExportWhat::Decisions => ExportTable::Decisions,
        ExportWhat::Programmes => ExportTable::Programmes,
        ExportWhat::Campaigns => ExportTable::Campaigns,
        ExportWhat::Cohorts => ExportTable::Cohorts,
    };
    match format {
        None | Some(Csv) => Ok(Part::Table(table, TableFormat::Csv)),
        Some(Jsonl) => Ok(Part::Table(table, TableFormat::JsonLines)),
        Some(Gexf | Graphml | Vcf) => Err(wrong_format(what)),
    }
}

fn wrong_format(what: ExportWhat) -> Error {
    let (en, de) = match what {
        ExportWhat::Network => (
            "the network is written as gexf or graphml",
            "das Netz wird als gexf oder graphml geschrieben",
        ),
        ExportWhat::Cards => ("cards are written as vcf", "Karten werden als vcf geschrieben"),
        _ => {
            ("tables are written as csv or jsonl", "Tabellen werden als csv oder jsonl geschrieben")
        }
    };
    Error::Usage { en, de }
}

/// Returns what a file's ending says.
fn by_ending(file: &Path) -> Option<ExportFormat> {
    match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "csv" => Some(ExportFormat::Csv),
        "jsonl" | "ndjson" => Some(ExportFormat::Jsonl),
        "gexf" => Some(ExportFormat::Gexf),
        "graphml" => Some(ExportFormat::Graphml),
        "vcf" => Some(ExportFormat::Vcf),
        _ => None,
    }
}

fn write(
    part: Part,
    session: &Session,
    request: ExportRequest,
    out: &mut dyn Write,
) -> Result<u64, SessionError> {
    match part {
        Part::Table(table, format) => session.export_table((table, format), request, out),
        Part::Network(format) => session.export_graph(format, request, out),
        Part::Cards => session.export_cards(request, out),
    }
}

fn to_file(
    part: Part,
    (file, is_forced): (&Path, bool),
    session: &Session,
    request: ExportRequest,
) -> Result<WrittenView, Error> {
    if !is_forced {
        refuse_taken(file)?;
    }
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let beside = file.with_file_name(name);
    let written =
        open(&beside).map_err(|source| failed("write", file, source)).and_then(|mut out| {
            let rows = write(part, session, request, &mut out)?;
            out.sync_all().map_err(|source| failed("write", file, source))?;
            fs::rename(&beside, file).map_err(|source| failed("write", file, source))?;
            Ok(rows)
        });
    if written.is_err() {
        // What is left of it is of no use; that it could not be taken away changes nothing about the error.
        drop(fs::remove_file(&beside));
    }
    let what = match part {
        Part::Table(table, _) => table.name(),
        Part::Network(_) => "network",
        Part::Cards => "cards",
    };
    Ok(WrittenView { what, file: Some(file.display().to_string()), rows: written? })
}

/// Makes a file that only the user can read: it holds whom they know.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn refuse_taken(file: &Path) -> Result<(), Error> {
    if !file.exists() {
        return Ok(());
    }
    let source = io::Error::new(
        io::ErrorKind::AlreadyExists,
        "a file is there: give another name, or --force to write over it",
    );
    Err(failed("write", file, source).into())
}

fn failed(what: &'static str, path: &Path, source: io::Error) -> SessionError {
    SessionError::File { what, path: path.to_owned(), source }
}

fn print(page: &mut Page, view: &ExportView, lang: Lang) {
    for one in &view.written {
        let file = one.file.as_deref().unwrap_or_default();
        let rows = lang.count(one.rows, ("entry", "Eintrag"), ("entries", "Einträge"));
        page.line(
            lang.pick(format!("Written: {file} ({rows})"), format!("Geschrieben: {file} ({rows})")),
        );
    }
}
