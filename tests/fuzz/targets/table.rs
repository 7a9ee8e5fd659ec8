//! Made-up files for the reader of table.
#![no_main]

use fuzz::Target;

const TARGET: Target<'_> = Target { beside: &[], names: &["ties.csv", "ties.jsonl", "ties.json"] };

fuzz::target!(rin_table::Table, TARGET);
