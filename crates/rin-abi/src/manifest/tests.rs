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
        ("\"reader\", ", "\"raeder\", ", "7: unknown ability `raeder`; did you mean `reader`?"),
        ("alive?", "alife?", "8: unknown column `alife`; did you mean `alive`?"),
        ("\"alive?\"", "\"open-ms?\"", "8: column `open-ms` is asked for twice"),
        ("permissions = [\"name\"]", "permissions = []", personal),
        ("permissions = [\"name\"]", "permissions = [\"alive\"]", "9: unknown permission `alive`"),
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
        ("\"switch\"", "\"swich\"", "22: unknown type `swich`; did you mean `switch`?"),
        ("key = \"formal\"", "key = \"minutes\"", "21: parameter `minutes` stands twice"),
        (
            "id = \"open\"",
            "id = \"Open\"",
            "45: a reason is named in a-z, 0-9 and -, beginning with a letter",
        ),
        ("rule = \"cooldown-days\"", "rule = \"cooldown\"", "52: unknown rule `cooldown`"),
        ("value = 14", "value = -1", "53: this value is no limit"),
        (
            "kinds = [\"hello\"]",
            "kinds = [\"helo\"]",
            "51: unknown kind `helo`; did you mean `hello`?",
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
    let known = "expected one of `id`, `version`, `name`, `license`, `platform`, `abi`, `provides`, \
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
