//! One row of the owner's comments: which field is what, and which hashtags and pages its text names.

use std::collections::BTreeMap;

use rin_plugin::{
    prelude::Moment,
    text::{Labels, Row},
};
use serde_json_borrow::Value;

use super::{sheet::fields, value};

/// A comment or a message in a live chat, as a row says it.
#[derive(Clone, Debug)]
pub(super) struct Comment {
    pub(super) id: String,
    pub(super) channel: String,
    pub(super) at: Option<Moment>,
    /// The video it stands under; empty for a community post.
    pub(super) video: String,
    pub(super) is_answer: bool,
    pub(super) labels: Labels,
}

impl Comment {
    /// Reads a row, in whatever order its columns stand; `None` if it has no channel or no id.
    pub(super) fn of(row: &Row) -> Option<Self> {
        let (mut channel, mut at, mut video, mut said) = (None, None, None, None);
        // An answer's id is longer than that of its thread, which stands beside it.
        let (mut id, mut has_thread) = (None::<&str>, false);
        for field in fields(row) {
            if value::is_comment(field) {
                has_thread |= id.is_some_and(|id| id != field);
                id = id.filter(|id| field.len() < id.len()).or(Some(field));
            }
            channel = channel.or_else(|| value::is_channel(field).then_some(field));
            at = at.or_else(|| value::moment(field));
            video = video.or_else(|| value::is_video(field).then_some(field));
            said = said.or_else(|| value::is_text(field).then_some(field));
        }
        let channel = channel?.to_owned();
        let video = video.unwrap_or_default().to_owned();
        let is_answer = has_thread || id.is_some_and(|id| id.contains('.'));
        // A live chat's ids have no shape of their own.
        let id = match id {
            Some(id) => id.to_owned(),
            None => format!("chat:{video}:{}", at?.unix_ms()),
        };
        let labels = labels(said.unwrap_or_default());
        Some(Self { id, channel, at, video, is_answer, labels })
    }
}

/// Takes the hashtags and addresses out of the pieces of a text.
fn labels(said: &str) -> Labels {
    let mut labels = Labels::default();
    // Most comments have neither; a backslash may stand for any letter.
    if !said.contains(['#', '\\']) && !said.contains("http") {
        return labels;
    }
    let said = mended(said);
    let Ok(value) = serde_json::from_str::<Value<'_>>(&said) else { return labels };
    let mut open = vec![&value];
    while let Some(value) = open.pop() {
        match value {
            Value::Str(text) => add(text, &mut labels),
            Value::Array(all) => open.extend(all.iter().rev()),
            Value::Object(all) => open.extend(all.iter().collect::<BTreeMap<_, _>>().values()),
            _ => {}
        }
    }
    labels
}

fn add(text: &str, labels: &mut Labels) {
    let is_gap =
        |letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | '<' | '>' | '"');
    for word in text.split(is_gap) {
        let word = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        if word.starts_with('#') && 1 < word.len() {
            labels.add_hashtag(word);
        } else {
            labels.add_link(word);
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
        let comment = Comment::of(&Table::new(row, b',').next().unwrap()).unwrap();
        let is_answer = if comment.is_answer { "answer" } else { "" };
        let labels = comment.labels.as_str().replace('\n', " ");
        assert_eq!([comment.id.as_str(), &comment.video, is_answer, &labels], expected);
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
        check(&row("{\"text\":\"cut"), [id, "WtOskFeLmr4", "", ""]);
    }
}
