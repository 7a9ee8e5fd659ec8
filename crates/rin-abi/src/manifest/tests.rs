//! A manifest says everything, or says where it does not.

use rin_core::{Rule, Values};

use super::*;

#[test]
fn a_manifest_is_read_completely() {
    let manifest = Manifest::parse("plugin.toml", EXAMPLE).unwrap();
    assert_eq!(manifest.info.id, "org.example.hello");
    assert_eq!(manifest.info.platform, "example");
    let columns: Vec<_> =
        manifest.info.columns.iter().map(|r| (r.column.name(), r.is_optional)).collect();
    let expected = [("silence-days", false), ("alive", true), ("open-ms", false), ("name", true)];
    assert_eq!(columns, expected);
    assert_eq!(manifest.permissions, [Column::Name]);
    assert_eq!(manifest.norms[0].rule, Rule::CooldownDays(14.0));
    let defaults =
        [ParamValue::Number(5.0), ParamValue::Number(1.0), ParamValue::Text(String::new())];
    assert_eq!(manifest.defaults(), defaults);
    assert_eq!(manifest.examples[0].expect, Expect::Proposal { kind: 0, reason: 0 });
    assert_eq!(manifest.examples[1].expect, Expect::Nothing);
    assert_eq!(manifest.examples[1].now.unix_ms(), 1_700_000_000_000);
    assert_eq!(manifest.targets[0].triple, "x86_64-unknown-linux-gnu");
}

#[test]
fn an_example_becomes_a_row() {
    let manifest = Manifest::parse("plugin.toml", EXAMPLE).unwrap();
    let check = |batch: &rin_core::Batch<'_>| {
        assert_eq!(batch.f32(Column::SilenceDays).unwrap().get(0), Some(31.0));
        assert_eq!(batch.i64(Column::OpenMs).unwrap().get(0), None, "not named is null");
        assert_eq!(batch.text(Column::Name, 0), Some("Ann"));
        assert!(matches!(batch.columns()[1].values, Values::F32(_)));
    };
    manifest.examples[0].with_batch(&manifest.info.columns, check).unwrap();
}

/// Changes the example and compares the error, without the file's name.
fn check(from: &str, to: &str, expected: &str) {
    assert!(EXAMPLE.contains(from), "{from}");
    let error = Manifest::parse("plugin.toml", &EXAMPLE.replacen(from, to, 1)).unwrap_err();
    assert_eq!(error.to_string(), format!("plugin.toml:{expected}"));
}

#[test]
fn what_is_wrong_is_named_with_its_line_and_the_word_that_was_meant() {
    let personal = "8: column `name` is personal: it must stand in permissions as well";
    let id = "1: an id is a reversed domain in a-z, 0-9, - and ., like `org.example.hello`";
    for (from, to, expected) in [
        ("id = \"org.example.hello\"", "id = \"hello\"", id),
        ("org.example.hello", "org.Example.hello", id),
        ("1.2.3", "1.2", "2: a version is three numbers, like `1.0.2`"),
        ("abi = 1", "abi = 2", "6: abi is 2, this version of Rin speaks 1"),
        (
            "\"reader\", ",
            "\"raeder\", ",
            "7: unknown ability `raeder`; known: `reader`, `strategy`; did you mean `reader`?",
        ),
        ("alive?", "alife?", "8: unknown column `alife`; did you mean `alive`?"),
        ("\"alive?\"", "\"open-ms?\"", "8: column `open-ms` is asked for twice"),
        ("permissions = [\"name\"]", "permissions = []", personal),
        (
            "permissions = [\"name\"]",
            "permissions = [\"alive\"]",
            "9: unknown permission `alive`; known: `name`, `handle`",
        ),
        (
            "default = 5",
            "default = 500",
            "16: the default of `minutes` is not between its min and max",
        ),
        (
            "default = 5",
            "default = nan",
            "16: the default of `minutes` is not between its min and max",
        ),
        ("default = true", "default = 1", "23: the default of `formal` is neither true nor false"),
        (
            "\"switch\"",
            "\"swich\"",
            "22: unknown type `swich`; known: `number`, `switch`, `text`; did you mean `switch`?",
        ),
        ("key = \"formal\"", "key = \"minutes\"", "21: parameter `minutes` stands twice"),
        (
            "id = \"open\"",
            "id = \"Open\"",
            "45: a reason is named in a-z, 0-9 and -, beginning with a letter",
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn what_refers_to_nothing_is_named_with_its_line() {
    for (from, to, expected) in [
        (
            "kinds = [\"hello\"]",
            "kinds = [\"helo\"]",
            "51: unknown kind `helo`; known: `hello`; did you mean `hello`?",
        ),
        (
            "silence-days = 31",
            "silence-days = \"long\"",
            "61: this is no value of column `silence-days`",
        ),
        (
            "silence-days = 31",
            "strength = 31",
            "61: the strategy does not ask for column `strength`",
        ),
        ("reason = \"silent\"", "reason = \"loud\"", "62: unknown reason `loud`"),
        (
            "file = \"librin_hello.so\"",
            "file = \"../evil.so\"",
            "72: this must be a file name beside the manifest, without folders",
        ),
        ("sha256 = \"01", "sha256 = \"0X", "73: a SHA-256 is 64 digits of 0-9 and a-f"),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn an_unknown_key_is_refused_with_the_key_that_was_meant() {
    let known = "expected one of `id`, `version`, `name`, `license`, `platform`, `profile`, `abi`, `provides`, \
                 `columns`, `permissions`, `param`, `kind`, `reason`, `norm`, `example`, `targets`";
    check(
        "license =",
        "licence =",
        &format!("4: unknown field `licence`, {known}; did you mean `license`?"),
    );
    let error =
        Manifest::parse("p.toml", &EXAMPLE.replacen("min = 0.5", "mim = 0.5", 1)).unwrap_err();
    assert_eq!((error.line, error.hint.as_deref()), (14, Some("min")));
    let error = Manifest::parse("p.toml", "id = ").unwrap_err();
    assert_eq!(error.line, 1);
}

#[test]
fn an_unknown_rule_or_type_is_answered_with_those_there_are() {
    let rules = "known: `cooldown-days`, `per-day`, `per-week`, `max-unanswered`, `max-length`";
    for (rule, hint) in [
        ("cooldown", "; did you mean `cooldown-days`?"),
        ("per-weak", "; did you mean `per-week`?"),
        ("sometimes", ""),
    ] {
        let expected = format!("52: unknown rule `{rule}`; {rules}{hint}");
        check("rule = \"cooldown-days\"", &format!("rule = \"{rule}\""), &expected);
    }
    let types = "known: `number`, `switch`, `text`; did you mean";
    for (type_name, ours) in [("string", "text"), ("Boolean", "switch"), ("integer", "number")] {
        let expected = format!("13: unknown type `{type_name}`; {types} `{ours}`?");
        check("type = \"number\"", &format!("type = \"{type_name}\""), &expected);
    }
}

#[test]
fn a_limit_limits_something() {
    let days = "`cooldown-days` takes a number of days above 0";
    for (value, shown) in [("0", "0"), ("-1", "-1"), ("inf", "inf"), ("nan", "NaN")] {
        let expected = format!("53: {shown} is no limit: {days}");
        check("value = 14", &format!("value = {value}"), &expected);
    }
    for rule in ["per-day", "per-week", "max-unanswered", "max-length"] {
        for value in ["0", "0.5", "-3", "2.5", "5000000000"] {
            check(
                "rule = \"cooldown-days\"\nvalue = 14",
                &format!("rule = \"{rule}\"\nvalue = {value}"),
                &format!("53: {value} is no limit: `{rule}` takes a whole number from 1 on"),
            );
        }
    }
    for (rule, value, expected) in [
        ("cooldown-days", "0.5", Rule::CooldownDays(0.5)),
        ("per-week", "1", Rule::PerWeek(1)),
        ("max-length", "300.0", Rule::MaxLength(300)),
    ] {
        let limit = format!("rule = \"{rule}\"\nvalue = {value}");
        let text = EXAMPLE.replacen("rule = \"cooldown-days\"\nvalue = 14", &limit, 1);
        assert_eq!(Manifest::parse("p.toml", &text).unwrap().norms[0].rule, expected);
    }
}

#[test]
fn a_reason_holds_only_what_is_filled() {
    let known = "known: `{days}`, `{contacts}`, `{alive}`, `{lapse}`";
    for (held, hint) in [
        ("dayz", "; did you mean `{days}`?"),
        (" days ", "; did you mean `{days}`?"),
        ("contact", "; did you mean `{contacts}`?"),
        ("name", ""),
        ("", ""),
    ] {
        let expected = format!("unknown placeholder `{{{held}}}`; {known}{hint}");
        let held = format!("{{{held}}}");
        check("for {days} days", &format!("for {held} days"), &format!("41: {expected}"));
        check("Seit {days} Tagen", &format!("Seit {held} Tagen"), &format!("42: {expected}"));
    }
    check("for {days} days", "for {days days", "41: a `{` in this text is never closed");
    let all = EXAMPLE.replacen("{days} days", "{days} {contacts} {alive} % {lapse}", 1);
    assert!(Manifest::parse("p.toml", &all).is_ok());
}

#[test]
fn a_value_of_the_wrong_type_is_told_in_a_sentence() {
    for (from, to, expected) in [
        ("value = 14", "value = \"14\"", "53: this must be a number, without quotation marks"),
        ("value = 14", "value = true", "53: this must be a number"),
        ("abi = 1", "abi = \"1\"", "6: this must be a whole number, without quotation marks"),
        ("name = \"Hello\"", "name = 3", "3: this must be a text in quotation marks"),
        (
            "provides = [\"reader\", \"strategy\"]",
            "provides = \"reader\"",
            "7: this must be a list in [ ]",
        ),
        ("[[kind]]", "[kind]", "34: this must be a list: write [[ ]] around its name"),
        ("rule = \"cooldown-days\"\n", "", "49: the key `rule` is missing"),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_manifest() {
    let marked = format!("\u{feff}{EXAMPLE}");
    assert_eq!(Manifest::parse("p.toml", &marked), Manifest::parse("p.toml", EXAMPLE));
    let error = Manifest::parse("p.toml", &marked.replacen("abi = 1", "abi = 2", 1)).unwrap_err();
    assert_eq!(error.line, 6);
}
