//! How a view looks to `cut`, `awk` and a spreadsheet: a header and tab-separated lines, nothing aligned or cut.
//!
//! It is made from the same serialised view as JSON, so that no command prints lines of its own: a table says for each
//! schema which list the view is about and which columns it always has, even when nobody is on it.

mod tables;

use std::{
    fmt,
    io::{self, Write},
};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{MapAccess, SeqAccess, Visitor},
};

use self::tables::TABLES;

/// Words about the list that are none of its rows.
const NOTES: [&str; 8] =
    ["said", "told", "remarks", "only.remarks", "own_norms", "verdict", "problems", "notes"];

/// Writes the rows of a view that is a list, or else a line for each of its keys; what is said about a list goes to
/// `notes`.
pub(super) fn write(
    out: &mut impl Write,
    notes: &mut impl Write,
    view: &impl Serialize,
) -> io::Result<()> {
    write_json(out, notes, &serde_json::to_string(view)?)
}

/// Does so for a view that is JSON already.
fn write_json(out: &mut impl Write, notes: &mut impl Write, view: &str) -> io::Result<()> {
    let view: Node = serde_json::from_str(view)?;
    let Node::Object(entries) = &view else {
        return writeln!(out, "value\t{}", view.cell());
    };
    let schema = view.at("schema").map(Node::cell).unwrap_or_default();
    let Some((_, path, columns)) = TABLES.iter().find(|(name, ..)| *name == schema) else {
        return entries
            .iter()
            .try_for_each(|(key, value)| writeln!(out, "{}\t{}", harmless(key), value.cell()));
    };
    write_rows(out, &view, path, columns)?;
    for note in NOTES.iter().filter_map(|key| view.at(key)) {
        let one = [note];
        let lines =
            if let Node::List(lines) = note { lines.iter().collect() } else { one.to_vec() };
        for line in lines.into_iter().map(Node::cell).filter(|line| !line.is_empty()) {
            writeln!(notes, "{line}")?;
        }
    }
    Ok(())
}

/// Writes the header and the rows at `path`; a key that is no column yet becomes one behind the others.
fn write_rows(
    out: &mut impl Write,
    view: &Node,
    path: &[&str],
    columns: &[&str],
) -> io::Result<()> {
    let mut rows = Vec::new();
    gather(view, path, &mut Vec::new(), &mut rows);
    let mut columns = columns.to_vec();
    for row in &rows {
        let Some(Node::Object(entries)) = row.last() else { continue };
        for (key, _) in entries {
            let is_known = |column: &&str| column.split('.').next() == Some(key.as_str());
            if !columns.iter().any(is_known) {
                columns.push(key);
            }
        }
    }
    writeln!(out, "{}", columns.join("\t"))?;
    for row in rows {
        let cell = |column: &&str| row.iter().rev().find_map(|node| node.at(column));
        let cells: Vec<String> =
            columns.iter().map(|column| cell(column).map(Node::cell).unwrap_or_default()).collect();
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

/// Collects the rows at `path`, each behind those that it is part of.
fn gather<'v>(
    node: &'v Node,
    path: &[&str],
    outer: &mut Vec<&'v Node>,
    rows: &mut Vec<Vec<&'v Node>>,
) {
    let Some((first, rest)) = path.split_first() else {
        rows.push(outer.clone());
        return;
    };
    let Some(Node::List(inner)) = node.at(first) else { return };
    for node in inner {
        outer.push(node);
        gather(node, rest, outer, rows);
        outer.pop();
    }
}

/// A serialised value whose keys stand in the order of declaration.
#[derive(Debug)]
enum Node {
    Nothing,
    /// A number, or yes or no.
    Bare(String),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Node {
    /// Returns what stands under a key, or under several with dots between them.
    fn at(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |node, key| {
            let Self::Object(entries) = node else { return None };
            entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
        })
    }

    /// Returns the value as one cell: lists of words with commas, what is nested deeper as JSON.
    fn cell(&self) -> String {
        let is_flat = |node: &Self| !matches!(node, Self::List(_) | Self::Object(_));
        match self {
            Self::Nothing => String::new(),
            Self::Bare(text) => text.clone(),
            Self::Text(text) => harmless(text),
            Self::List(nodes) if nodes.iter().all(is_flat) => {
                nodes.iter().map(Self::cell).collect::<Vec<_>>().join(", ")
            }
            Self::List(_) | Self::Object(_) => self.json(),
        }
    }

    /// Returns the value as JSON in one line.
    fn json(&self) -> String {
        match self {
            Self::Nothing => "null".to_owned(),
            Self::Bare(text) => text.clone(),
            Self::Text(text) => quoted(text),
            Self::List(nodes) => {
                format!("[{}]", nodes.iter().map(Self::json).collect::<Vec<_>>().join(","))
            }
            Self::Object(entries) => {
                let pair =
                    |(key, node): &(String, Self)| format!("{}:{}", quoted(key), node.json());
                format!("{{{}}}", entries.iter().map(pair).collect::<Vec<_>>().join(","))
            }
        }
    }
}

/// Returns a text as JSON has it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(harmless(text)).to_string()
}

/// Puts a space in the place of whatever would break a line, a cell or a terminal.
fn harmless(text: &str) -> String {
    let is_break = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    text.replace(is_break, " ")
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

/// Reads any value.
struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bare(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Bare(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Bare(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Bare(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = items.next_element()? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = items.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Object(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(view: &str, answer: &str, said: &str) {
        let (mut out, mut notes) = (Vec::new(), Vec::new());
        write_json(&mut out, &mut notes, view).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), answer);
        assert_eq!(String::from_utf8(notes).unwrap(), said);
    }

    #[test]
    fn a_list_has_a_header_even_when_nobody_is_on_it() {
        check(r#"{"schema":"rin.tags/1","tags":[]}"#, "tag\tparty\tname\tsince\tweight\n", "");
        check(
            r#"{"schema":"rin.tags/1","tags":[{"tag":"a\tb","name":"\u001b[1mAnn\nB","also":[1.5,true],"deep":[[1,null],{"b":"x\ty"}]}],"remarks":["so\nit is"]}"#,
            "tag\tparty\tname\tsince\tweight\talso\tdeep\n\
             a b\t\t [1mAnn B\t\t\t1.5, true\t[[1,null],{\"b\":\"x y\"}]\n",
            "so it is\n",
        );
    }

    #[test]
    fn a_list_within_a_list_says_what_it_is_part_of() {
        let months = r#"{"from":"a","until":"b","balance":{"won":2}},{"from":"b","until":"c","balance":null}"#;
        check(
            &format!(
                r#"{{"schema":"rin.cohort/1","groups":[{{"name":"all","ties":3,"months":[{months}]}}]}}"#
            ),
            "name\tfrom\tuntil\tbalance.before\tbalance.into_sight\tbalance.won\tbalance.revived\tbalance.lost\tbalance.alive\tbalance.won_alive\tbalance.moves\n\
             all\ta\tb\t\t\t2\t\t\t\t\t\n\
             all\tb\tc\t\t\t\t\t\t\t\t\n",
            "",
        );
    }

    #[test]
    fn what_is_no_list_has_a_line_for_each_key() {
        check(r#"{"z":1,"a":["x","y"],"b":null}"#, "z\t1\na\tx, y\nb\t\n", "");
        check(r#""Ann""#, "value\tAnn\n", "");
    }
}
