//! One row of the owner's comments: which field is what, and which hashtags and pages its text names.

use std::{borrow::Cow, collections::BTreeMap};

use rin_plugin::{
    prelude::Moment,
    text::{Labels, Row},
};
use serde_json_borrow::Value;

use super::{sheet::fields, value};

/// A comment or a message in a live chat, as a row says it.
#[derive(Clone, Debug)]
pub(super) struct Comment<'r> {
    pub(super) id: Cow<'r, str>,
    pub(super) channel: &'r str,
    pub(super) at: Option<Moment>,
    /// The video it stands under; empty for a community post.
    pub(super) video: &'r str,
    pub(super) is_answer: bool,
    /// Its text, in pieces.
    said: &'r str,
}

impl<'r> Comment<'r> {
    /// Reads a row, in whatever order its columns stand; `None` if it has no channel or no id.
    pub(super) fn of(row: &'r Row) -> Option<Self> {
        let (mut channel, mut at, mut video, mut said) = (None, None, None, None);
        // An answer's id is longer than that of its thread, which stands beside it.
        let (mut id, mut has_thread) = (None::<&str>, false);
        for field in fields(row) {
            // No field is two of these.
            if value::is_comment(field) {
                has_thread |= id.is_some_and(|id| id != field);
                id = id.filter(|id| field.len() < id.len()).or(Some(field));
            } else if value::is_channel(field) {
                channel = channel.or(Some(field));
            } else if value::is_video(field) {
                video = video.or(Some(field));
            } else if value::is_text(field) {
                said = said.or(Some(field));
            } else if at.is_none() {
                at = value::moment(field);
            }
        }
        let (channel, video) = (channel?, video.unwrap_or_default());
        let is_answer = has_thread || id.is_some_and(|id| id.contains('.'));
        // A live chat's ids have no shape of their own.
        let id = match id {
            Some(id) => id.into(),
            None => format!("chat:{video}:{}", at?.unix_ms()).into(),
        };
        Some(Self { id, channel, at, video, is_answer, said: said.unwrap_or_default() })
    }

    /// Takes the hashtags and addresses out of the pieces of the text.
    pub(super) fn label(&self, labels: &mut Labels) {
        // Without a backslash a text stands in its JSON as it is, between quotation marks, which part words.
        if memchr::memchr(b'\\', self.said.as_bytes()).is_none() {
            return labels.add_text(self.said);
        }
        let said = mended(self.said);
        let Ok(value) = serde_json::from_str::<Value<'_>>(&said) else { return };
        let mut open = vec![&value];
        while let Some(value) = open.pop() {
            match value {
                Value::Str(text) => labels.add_text(text),
                Value::Array(all) => open.extend(all.iter().rev()),
                Value::Object(all) => {
                    open.extend(all.iter().collect::<BTreeMap<_, _>>().values());
                }
                _ => {}
            }
        }
    }
}

/// Returns the JSON of a comment as a list: objects stand behind one another since June 2024, one object with a list
/// before; line breaks stand in either as they are, which no JSON may hold.
fn mended(said: &str) -> String {
    let mut list = String::with_capacity(said.len() + 2);
    list.push('[');
    if said.contains(char::is_control) {
        let mend = |letter: char| if letter.is_control() { ' ' } else { letter };
        list.extend(said.chars().map(mend));
    } else {
        list.push_str(said);
    }
    list.push(']');
    list
}

#[cfg(test)]
mod tests {
    use rin_plugin::text::Table;

    use super::*;

    #[track_caller]
    fn check(row: &str, expected: [&str; 4]) {
        let row = Table::new(row, b',').next().unwrap();
        let comment = Comment::of(&row).unwrap();
        let is_answer = if comment.is_answer { "answer" } else { "" };
        let mut labels = Labels::default();
        comment.label(&mut labels);
        let labels = labels.as_str().replace('\n', " ");
        assert_eq!([&*comment.id, comment.video, is_answer, &labels], expected);
    }

    const OWN: &str = "UCA6DtnbZ2KJckyTYfXOwQNA,2023-09-19T17:42:53.434647+00:00,0";

    #[test]
    fn columns_are_told_by_their_values_in_any_order() {
        check(
            &format!("UgxtiXQkY7gqHbldJ1F4AaABAg,{OWN},,WtOskFeLmr4,x"),
            ["UgxtiXQkY7gqHbldJ1F4AaABAg", "WtOskFeLmr4", "", ""],
        );
        check(
            &format!("{OWN},UgxtiXQkY7gqHbldJ1F4AaABAg,,WtOskFeLmr4,x"),
            ["UgxtiXQkY7gqHbldJ1F4AaABAg", "WtOskFeLmr4", "", ""],
        );
        check(
            &format!(
                "{OWN},UgwDN8UeMxW4NDFbvY54AaABAg.9iwJkUYNcXa9u0lv3j3Abh,UgwDN8UeMxW4NDFbvY54AaABAg,jH39c5-y6kg"
            ),
            ["UgwDN8UeMxW4NDFbvY54AaABAg.9iwJkUYNcXa9u0lv3j3Abh", "jH39c5-y6kg", "answer", ""],
        );
        check(
            &format!("{OWN},UgxtiXQkY7gqHbldJ1F4AaABAg,,UgkxF0123456789abcdef0123456789abcde,"),
            ["UgxtiXQkY7gqHbldJ1F4AaABAg", "", "", ""],
        );
    }

    #[test]
    fn texts_with_line_breaks_and_in_both_shapes_give_their_labels() {
        let row = |said: &str| {
            format!(
                "{OWN},UgxtiXQkY7gqHbldJ1F4AaABAg,,WtOskFeLmr4,\"{}\"",
                said.replace('"', "\"\"")
            )
        };
        let id = "UgxtiXQkY7gqHbldJ1F4AaABAg";
        check(
            &row("{\"text\":\"a #Eins\"},{\"text\":\"\n\"},{\"text\":\"https://a.example.\"}"),
            [id, "WtOskFeLmr4", "", "#eins https://a.example"],
        );
        check(
            &row("{\"takeoutSegments\":[{\"text\":\"#zwei\"}]}"),
            [id, "WtOskFeLmr4", "", "#zwei"],
        );
        check(
            &row(r##"{"text":"a \u0023Drei"},{"text":"\"#vier\""}"##),
            [id, "WtOskFeLmr4", "", "#drei #vier"],
        );
        check(&row("{\"text\":\"cut"), [id, "WtOskFeLmr4", "", ""]);
    }
}
