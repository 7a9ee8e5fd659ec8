//! The web as `GraphML` (<http://graphml.graphdrawing.org/specification.html>): what most programs read.
//!
//! The format has no time of its own, so the beginning of the first period and the end of the last are data of an edge.

use std::io::{self, Write};

use super::{
    graph::{Edge, Graph, Node},
    xml::escaped,
};

/// What is told: id, of what, name, type.
const KEYS: [(&str, &str, &str, &str); 14] = [
    ("n0", "node", "label", "string"),
    ("n1", "node", "own", "boolean"),
    ("n2", "node", "kind", "string"),
    ("n3", "node", "platforms", "string"),
    ("n4", "node", "tags", "string"),
    ("n5", "node", "campaign", "string"),
    ("n6", "node", "level", "string"),
    ("n7", "node", "alive", "double"),
    ("n8", "node", "contact_days", "int"),
    ("e0", "edge", "kind", "string"),
    ("e1", "edge", "platform", "string"),
    ("e2", "edge", "weight", "long"),
    ("e3", "edge", "start", "string"),
    ("e4", "edge", "end", "string"),
];

/// Writes it.
pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
    )?;
    for (id, of, name, kind) in KEYS {
        writeln!(out, "<key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(out, "<graph id=\"network\" edgedefault=\"directed\">")?;
    graph.nodes.iter().try_for_each(|one| node(one, &mut out))?;
    graph.edges.iter().enumerate().try_for_each(|(at, one)| edge(at, one, &mut out))?;
    writeln!(out, "</graph>\n</graphml>")?;
    out.flush()
}

fn node(node: &Node, out: &mut impl Write) -> io::Result<()> {
    write!(out, "<node id=\"{}\">", node.party)?;
    data("n0", Some(&node.name), out)?;
    data("n1", Some(if node.is_own { "true" } else { "false" }), out)?;
    data("n2", node.kind, out)?;
    data("n3", Some(&node.platforms), out)?;
    data("n4", Some(&node.tags), out)?;
    data("n5", node.campaign.as_deref(), out)?;
    data("n6", node.level, out)?;
    data("n7", node.alive.map(|alive| alive.to_string()).as_deref(), out)?;
    data("n8", node.contact_days.map(|days| days.to_string()).as_deref(), out)?;
    writeln!(out, "</node>")
}

fn edge(at: usize, edge: &Edge, out: &mut impl Write) -> io::Result<()> {
    write!(out, "<edge id=\"{at}\" source=\"{}\" target=\"{}\">", edge.from, edge.to)?;
    data("e0", Some(edge.kind), out)?;
    data("e1", Some(&edge.platform), out)?;
    data("e2", Some(&edge.weight.to_string()), out)?;
    data("e3", edge.spells.first().and_then(|spell| spell.start.as_deref()), out)?;
    data("e4", edge.spells.last().and_then(|spell| spell.end.as_deref()), out)?;
    writeln!(out, "</edge>")
}

/// Writes what is known; nothing where nothing is.
fn data(key: &str, value: Option<&str>, out: &mut impl Write) -> io::Result<()> {
    match value.filter(|value| !value.is_empty()) {
        Some(value) => write!(out, "<data key=\"{key}\">{}</data>", escaped(value)),
        None => Ok(()),
    }
}
