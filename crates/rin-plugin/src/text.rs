//! Text as exports hold it: its encoding, its tables and its long JSON arrays.

mod csv;
mod decode;
mod facts;
mod json;
mod labels;
mod repair;
mod stamp;
mod window;
mod words;

pub use self::{
    csv::{Row, Table},
    decode::{Decoded, Encoding, decode},
    facts::Facts,
    json::{Item, Items, ItemsError, json_array, json_items},
    labels::Labels,
    repair::repair,
    stamp::{stamp, stamp_fraction},
    words::Words,
};
