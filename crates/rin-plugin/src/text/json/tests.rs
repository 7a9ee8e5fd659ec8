//! How an array is cut into its elements, and what a broken one gives.

use std::{fmt::Write, io, time::Instant};

use super::*;

/// Gives one byte at a time, so that every boundary of the buffer is met.
struct Dripping<'a>(&'a [u8]);

impl Read for Dripping<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
        buf[0] = *first;
        self.0 = rest;
        Ok(1)
    }
}

fn items_of(text: &[u8]) -> (Vec<String>, Result<Items, ItemsError>) {
    let mut seen = Vec::new();
    let result = json_items(Dripping(text), "items", 1 << 20, |item| {
        seen.push(String::from_utf8_lossy(item.bytes).into_owned());
        Ok(())
    });
    (seen, result)
}

#[track_caller]
fn check(text: &str, expected: &[&str], arrays: u64) {
    let (seen, result) = items_of(text.as_bytes());
    assert_eq!(seen, expected, "{text}");
    assert_eq!(result.map(|items| items.arrays), Ok(arrays), "{text}");
}

#[track_caller]
fn check_fault(text: &[u8], expected: &[&str], code: &str, place: u64) {
    let (seen, result) = items_of(text);
    assert_eq!(seen, expected);
    match result {
        Err(ItemsError::Fault(fault)) => assert_eq!((fault.code, fault.place), (code, place)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_array_of_the_key_is_read() {
    check("{}", &[], 0);
    check(" \r\n{ } \n\0\0", &[], 0);
    check("\u{feff}{\"items\":[]}", &[], 1);
    check(r#"{"items":null,"x":[1,2]}"#, &[], 1);
    check(
        r#"{"items":[],"@context":["u"],"items":[1, {"a":[]} ,"s"]}"#,
        &["1", r#"{"a":[]}"#, r#""s""#],
        2,
    );
    check(r#"{"x":{"items":[1]},"items":[true]}"#, &["true"], 1);
    check(r#"{"it\u0065ms":[-1.5e+3]}"#, &["-1.5e+3"], 1);
    check(
        r#"{"items":["a\"]}","\\",{"]":"\\\""}]}"#,
        &[r#""a\"]}""#, r#""\\""#, r#"{"]":"\\\""}"#],
        1,
    );
}

#[test]
fn good_elements_come_before_the_fault_and_the_fault_has_a_place() {
    check_fault(b"", &[], "truncated", 1);
    check_fault(b"<html>", &[], "html", 1);
    check_fault(b"[1]", &[], "malformed", 1);
    check_fault(br#"{"items":[1,2"#, &["1", "2"], "truncated", 14);
    check_fault(br#"{"items":[1,{"a":"#, &["1"], "truncated", 18);
    check_fault(br#"{"items":[1,"abc\"#, &["1"], "truncated", 18);
    check_fault(br#"{"items":[1,2,]}"#, &["1", "2"], "malformed", 15);
    check_fault(br#"{"items":[1 2]}"#, &["1"], "malformed", 13);
    check_fault(br#"{"items":[1]} x"#, &["1"], "malformed", 15);
    check_fault(br#"{"items":7}"#, &[], "malformed", 10);
    check_fault(b"\xff\xfe{\0}\0", &[], "malformed", 1);
}

#[test]
fn a_fault_says_what_to_do_and_claims_nothing_that_was_not_read() {
    let deep = format!("{{\"items\":[{}", "[".repeat(1000));
    for (text, begins) in [
        (&b""[..], "The file is empty."),
        (b"\0\0\0", "The file does not begin as a JSON object"),
        (b"[1]", "The file does not begin as a JSON object"),
        (br#"{"items":7}"#, "\"items\" is no list"),
        (br#"{"items":[1 2]}"#, "From this place on the file is no valid JSON"),
        (br#"{"items":[1,2"#, "The file ends in the middle"),
        (deep.as_bytes(), "From this place on the file is nested deeper"),
    ] {
        let Err(ItemsError::Fault(fault)) = items_of(text).1 else { panic!("{begins}") };
        assert!(fault.en.starts_with(begins), "{}", fault.en);
        assert!(fault.en.ends_with(" Download the export again."), "{}", fault.en);
        assert!(fault.de.ends_with(" Lade den Export neu herunter."), "{}", fault.de);
    }
}

#[test]
fn depth_is_limited_without_recursion() {
    let deep = format!("{{\"items\":[1,{}", "[".repeat(1_000_000));
    check_fault(deep.as_bytes(), &["1"], "too-deep", 12 + 129);
    let skipped = format!("{{\"x\":{}", "[".repeat(1_000_000));
    check_fault(skipped.as_bytes(), &[], "too-deep", 5 + 129);
}

#[test]
fn an_element_that_is_too_long_is_counted_and_the_next_one_read() {
    let text =
        format!(r#"{{"items":[1,"{}",{{"a":"{}"}},2]}}"#, "x".repeat(200_000), "y".repeat(900));
    let mut seen = Vec::new();
    let items = json_items(text.as_bytes(), "items", 1000, |item| {
        seen.push((item.index, item.bytes.len()));
        Ok(())
    });
    assert_eq!(seen, [(0, 1), (2, 908), (3, 1)]);
    let expected = Items { count: 4, arrays: 1, too_long: 1, first_too_long: 13 };
    assert_eq!(items, Ok(expected));
}

#[test]
fn a_stop_ends_the_reading() {
    let mut taken = 0;
    let result = json_items(&br#"{"items":[1,2,3]}"#[..], "items", 10, |_| {
        taken += 1;
        if taken == 2 { Err(Stop) } else { Ok(()) }
    });
    assert_eq!((result, taken), (Err(ItemsError::Stopped), 2));
}

#[track_caller]
fn check_array(text: &str, expected: &[&str], outcome: Result<u64, (&str, u64)>) {
    let mut seen = Vec::new();
    let items = json_array(Dripping(text.as_bytes()), 8, |item| {
        seen.push(String::from_utf8_lossy(item.bytes).into_owned());
        Ok(())
    });
    assert_eq!(seen, expected, "{text}");
    match items {
        Ok(items) => assert_eq!(Ok(items.count), outcome, "{text}"),
        Err(ItemsError::Fault(fault)) => assert_eq!(Err((fault.code, fault.place)), outcome),
        Err(stopped) => panic!("{stopped}"),
    }
}

#[test]
fn a_file_that_is_one_array_is_read_element_by_element() {
    check_array("\u{feff} [] \n\0", &[], Ok(0));
    check_array(r#"[1, {"a":[]} ,"s"]"#, &["1", r#"{"a":[]}"#, r#""s""#], Ok(3));
    check_array(r#"[1,"longer than eight",2]"#, &["1", "2"], Ok(3));
    check_array("[1,2", &["1", "2"], Err(("truncated", 5)));
    check_array("[1]]", &["1"], Err(("malformed", 4)));
    check_array(r#"{"items":[1]}"#, &[], Err(("malformed", 1)));
    check_array("<html>", &[], Err(("html", 1)));
    check_array("", &[], Err(("truncated", 1)));
    check_array(&format!("[1,{}", "[".repeat(1000)), &["1"], Err(("too-deep", 4 + 128)));
}

#[test]
fn cutting_at_every_byte_never_panics_and_loses_only_the_end() {
    let text = r#"{"@context":["a",{"b":1}],"items":[{"id":"x\"é","n":[1,2,{}]},"two",3.5,null],"z":true}"#;
    let (all, whole) = items_of(text.as_bytes());
    assert_eq!((all.len(), whole.map(|items| items.count)), (4, Ok(4)));
    for end in 0..text.len() {
        let (seen, result) = items_of(&text.as_bytes()[..end]);
        assert!(result.is_err(), "{end}");
        // A number cut short looks like a shorter number.
        let sure = seen.len().saturating_sub(1);
        assert_eq!(seen[..sure], all[..sure], "{end}");
    }
}

#[test]
fn it_agrees_with_a_whole_parse() {
    let mut text = String::from(r#"{"a":{"items":0},"items":["#);
    for n in 0..5000 {
        let comma = if n == 0 { "" } else { "," };
        write!(
            text,
            r#"{comma}{{"n":{n},"t":"<p>\"{}\\</p>","l":[[{n}],{{}}]}}"#,
            "ö".repeat(n % 97)
        )
        .unwrap();
    }
    text.push_str("]}");
    let parsed: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut seen = Vec::new();
    let started = Instant::now();
    json_items(text.as_bytes(), "items", 1 << 20, |item| {
        seen.push(serde_json::from_slice::<serde_json::Value>(item.bytes).unwrap());
        Ok(())
    })
    .unwrap();
    assert_eq!(parsed["items"].as_array().unwrap(), &seen);
    // A scan that read on from the start for each element would take minutes.
    assert!(started.elapsed().as_secs() < 20);
}
