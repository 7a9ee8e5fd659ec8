//! The mirror in Rust is the header, byte by byte.
//!
//! The golden file says what version 1.0 looks like for ever; the C compiler says what the header says.

use std::{
    collections::BTreeSet,
    env,
    fmt::Write as _,
    fs,
    mem::offset_of,
    path::{Path, PathBuf},
    process::Command,
};

use rin_core::{AccountFlags as A, Rule as R, Severity as S, Verdict as V};

use crate::*;

/// One struct: its C name, its size, and every field as C name, place and size.
type Shape = (&'static str, usize, Vec<(&'static str, usize, usize)>);

const fn size_of_field<T, F>(_: fn(&T) -> &F) -> usize {
    size_of::<F>()
}

macro_rules! shape {
    ($raw:ty, $c:literal: $($field:ident $(= $name:literal)?),*) => {
        ($c, size_of::<$raw>(), vec![$((
            [stringify!($field), $($name)?].into_iter().next_back().unwrap(),
            offset_of!($raw, $field),
            size_of_field(|raw: &$raw| &raw.$field),
        )),*])
    };
}

#[rustfmt::skip]
fn shapes() -> Vec<Shape> {
    vec![
        shape!(RawStr, "rin_str": ptr, len),
        shape!(RawText, "rin_text": en, de),
        shape!(RawHost, "rin_host": size, abi_major, abi_minor, ctx, max_log_level, reserved, log, cancelled, get_extension),
        shape!(RawParam, "rin_param": key, text, kind = "type", reserved, min, max, def, def_text),
        shape!(RawValue, "rin_value": number, text),
        shape!(RawKind, "rin_kind": id, text),
        shape!(RawDescriptor, "rin_descriptor": size, provides, n_columns, n_params, n_kinds, n_reasons,
            id, version, name, license, platform, columns, params, kinds, reasons),
        shape!(RawColumn, "rin_column": id, kind = "type", data, bytes, n_bytes, validity),
        shape!(RawBatch, "rin_batch": size, n_cols, n_rows, now_ms, seed, cols),
        shape!(RawAction, "rin_action": row, kind, reason, minutes, effect, earliest_days, due_days, confidence, reserved, note),
        shape!(RawSink, "rin_sink": size, reserved, ctx, push),
        shape!(RawInstance, "rin_instance": size, reserved, this = "self", propose, reset, get_extension, destroy),
        shape!(RawEntry, "rin_entry": magic, size, abi_major, abi_minor, flags, layout, reserved, describe, create),
        shape!(RawEntryInfo, "rin_entry_info": size, reserved, name, n_bytes, modified_ms),
        shape!(RawSource, "rin_source": size, reserved, n_entries, ctx, now_ms, entry, read_at),
        shape!(RawAccount, "rin_account": id, alias, handle, name, flags, reserved, seen_ms, facts),
        shape!(RawTie, "rin_tie": from, to, label, kind, start_kind, end_kind, reserved, start_ms, end_ms, end_by_ms),
        shape!(RawInteraction, "rin_interaction": id, from, to, at_ms, kind, reserved, labels),
        shape!(RawCoverage, "rin_coverage": account, sent, received, ties_held, ties_to, since_ms, until_ms),
        shape!(RawFinding, "rin_finding": severity, reserved, code, file, place, count, text),
        shape!(RawRecordSink, "rin_record_sink": size, reserved, ctx, accounts, ties, interactions, coverage, findings, progress, fail),
        shape!(RawReader, "rin_reader": size, reserved, probe, read),
        shape!(RawNorm, "rin_norm": id, kinds, n_kinds, rule, reserved, value, source, text),
        shape!(RawNorms, "rin_norms": size, reserved, n_norms, norms),
        shape!(RawBrief, "rin_brief": size, team, start_ms, end_ms, posts_per_week, strangers_per_week, messages_per_week,
            minutes_per_week, automated, reserved),
        shape!(RawRemark, "rin_remark": verdict, reserved, norm, found, limit, text),
        shape!(RawRemarkSink, "rin_remark_sink": size, reserved, ctx, push),
        shape!(RawReview, "rin_review": size, reserved, review),
    ]
}

/// Every number of the boundary that stands in the header and in Rust.
#[rustfmt::skip]
fn numbers() -> Vec<(String, i64)> {
    let mut numbers: Vec<(String, i64)> = [
        ("RIN_MAGIC", MAGIC.into()), ("RIN_ABI_MAJOR", ABI_MAJOR.into()), ("RIN_ABI_MINOR", ABI_MINOR.into()),
        ("RIN_LAYOUT", LAYOUT.into()), ("RIN_NO_MOMENT", NO_MOMENT), ("RIN_COL_OPTIONAL", COLUMN_OPTIONAL.into()),
        ("RIN_MAX_NOTE", i64::try_from(MAX_NOTE).unwrap()), ("RIN_MAX_TEXT", i64::try_from(MAX_TEXT).unwrap()),
        ("RIN_MAX_PUSH", i64::try_from(MAX_PUSH).unwrap()),
        ("RIN_F_UNWINDS_CAUGHT", FLAG_UNWINDS_CAUGHT.into()),
        ("RIN_PROVIDES_STRATEGY", PROVIDES_STRATEGY.into()), ("RIN_PROVIDES_READER", PROVIDES_READER.into()),
        ("RIN_OK", Status::OK.code().into()), ("RIN_E_ARG", Status::ARG.code().into()),
        ("RIN_E_UNSUPPORTED", Status::UNSUPPORTED.code().into()), ("RIN_E_CONFIG", Status::CONFIG.code().into()),
        ("RIN_E_CANCELLED", Status::CANCELLED.code().into()), ("RIN_E_FULL", Status::FULL.code().into()),
        ("RIN_E_INTERNAL", Status::INTERNAL.code().into()), ("RIN_E_SOURCE", Status::SOURCE.code().into()),
        ("RIN_E_PANIC", Status::PANIC.code().into()),
        ("RIN_LOG_ERROR", LogLevel::Error.number().into()), ("RIN_LOG_TRACE", LogLevel::Trace.number().into()),
    ].map(|(name, number)| (name.to_owned(), number)).into();
    let upper = |prefix: &str, name: &str| format!("{prefix}{}", name.to_uppercase().replace('-', "_"));
    numbers.extend(rin_core::Column::ALL.map(|c| (upper("RIN_COL_", c.name()), c.id().into())));
    numbers.extend(rin_core::TieKind::ALL.map(|k| (upper("RIN_TIE_", k.name()), k.number().into())));
    numbers.extend(rin_core::InteractionKind::ALL.map(|k| (upper("RIN_INTERACTION_", k.name()), k.number().into())));
    let flags = [("OWNER", A::OWNER), ("PRIVATE_EXPORT", A::PRIVATE_EXPORT), ("BOT", A::BOT),
        ("ORGANISATION", A::ORGANISATION), ("PERSON", A::PERSON), ("GONE", A::GONE)];
    numbers.extend(flags.map(|(name, flag)| (upper("RIN_ACCOUNT_", name), flag.bits().into())));
    let rules = [("COOLDOWN_DAYS", R::CooldownDays(1.0)), ("PER_DAY", R::PerDay(1)), ("PER_WEEK", R::PerWeek(1)),
        ("MAX_UNANSWERED", R::MaxUnanswered(1)), ("MAX_LENGTH", R::MaxLength(1))];
    numbers.extend(rules.map(|(name, rule)| (upper("RIN_RULE_", name), rule.to_parts().0.into())));
    numbers.extend([S::Note, S::Warning, S::Error].map(|s| (upper("RIN_", s.name()), s as i64)));
    let verdicts = [("OK", V::Ok), ("WARN", V::Warn), ("STOP", V::Stop)];
    numbers.extend(verdicts.map(|(name, verdict)| (upper("RIN_VERDICT_", name), verdict as i64)));
    numbers
}

fn rust_layout() -> String {
    let mut text = String::new();
    for (name, size, fields) in shapes() {
        writeln!(text, "{name} {size}").unwrap();
        for (field, place, size) in fields {
            writeln!(text, "{name}.{field} {place} {size}").unwrap();
        }
    }
    for (name, number) in numbers() {
        writeln!(text, "{name} {number}").unwrap();
    }
    text
}

fn c_program() -> String {
    let mut text =
        String::from("#include \"rin_plugin.h\"\n#include <stdio.h>\nint main(void) {\n");
    for (name, _, fields) in shapes() {
        writeln!(text, "  printf(\"{name} %d\\n\", (int)sizeof({name}));").unwrap();
        for (field, _, _) in fields {
            writeln!(text, "  {{ {name} x; printf(\"{name}.{field} %d %d\\n\", (int)offsetof({name}, {field}), (int)sizeof x.{field}); }}").unwrap();
        }
    }
    for (name, _) in numbers() {
        writeln!(text, "  printf(\"{name} %lld\\n\", (long long)({name}));").unwrap();
    }
    text + "  return 0;\n}\n"
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Compiles a program against the header; `None` with a message if there is no such compiler.
fn compile(compiler: &str, args: &[&str], source: &Path, out: &Path) -> Option<()> {
    let compiler = env::var(compiler.to_uppercase()).unwrap_or_else(|_| compiler.to_owned());
    let mut command = Command::new(&compiler);
    command.args(args).args(["-Wall", "-Wextra", "-pedantic", "-Werror", "-I"]);
    command.arg(root().join("crates/rin-abi/include")).arg(source).arg("-o").arg(out);
    let Ok(output) = command.output() else {
        println!("skipped: there is no compiler called {compiler}");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(())
}

#[test]
fn nothing_of_version_1_0_has_moved() {
    let kept = fs::read_to_string(root().join("tests/data/abi/1.0/layout.txt")).unwrap();
    let ours = rust_layout();
    let now: BTreeSet<&str> = ours.lines().collect();
    // A struct that grew has another size, and the minor number counts what was added.
    let gone: Vec<&str> = kept.lines().filter(|line| !now.contains(line)).collect();
    if cfg!(target_pointer_width = "64") {
        assert_eq!(gone, ["rin_account 80", "rin_interaction 64", "RIN_ABI_MINOR 0"]);
    }
}

#[test]
fn nothing_of_version_1_1_has_moved() {
    let kept = fs::read_to_string(root().join("tests/data/abi/1.1/layout.txt")).unwrap();
    let ours = rust_layout();
    let now: BTreeSet<&str> = ours.lines().collect();
    let gone: Vec<&str> = kept.lines().filter(|line| !now.contains(line)).collect();
    if cfg!(target_pointer_width = "64") {
        assert_eq!(gone, ["rin_account 80", "RIN_ABI_MINOR 1"]);
    }
}

#[test]
fn the_layout_is_that_of_version_1_2_and_of_the_header() {
    let golden = root().join("tests/data/abi/1.2/layout.txt");
    let ours = rust_layout();
    if env::var_os("RIN_BLESS").is_some() {
        fs::write(&golden, &ours).unwrap();
    }
    if cfg!(target_pointer_width = "64") {
        assert_eq!(fs::read_to_string(golden).unwrap(), ours);
    }
    let dir = tempfile::tempdir().unwrap();
    let (source, program) = (dir.path().join("layout.c"), dir.path().join("layout"));
    fs::write(&source, c_program()).unwrap();
    if compile("cc", &["-std=c11"], &source, &program).is_some() {
        let output = Command::new(program).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), ours);
    }
}

#[test]
fn the_header_is_clean_cpp_as_well() {
    let dir = tempfile::tempdir().unwrap();
    let source = dir.path().join("header.cpp");
    let text = "#include \"rin_plugin.h\"\nint main() { return RIN_LAYOUT == 0; }\n";
    fs::write(&source, text).unwrap();
    let _ = compile("c++", &["-std=c++17"], &source, &dir.path().join("header"));
}

#[test]
fn the_header_of_1_2_is_kept_until_a_minor_version_adds_to_it() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    if ABI_MINOR == 2 {
        let kept = read("tests/data/abi/1.2/rin_plugin.h");
        assert_eq!(kept, read("crates/rin-abi/include/rin_plugin.h"));
    }
}
