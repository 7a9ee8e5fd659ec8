//! Broken downloads and hostile bytes: explained, never a panic, never endless.

use std::fs;

use super::*;

/// Numbers that look random and are the same on every run (xorshift64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }
}

/// Looks at a source in every way; what it cannot read it must explain.
fn survive(source: &dyn Source) -> Recorder {
    probe(source);
    let mut seen = Recorder::default();
    if let Err(error) = read(source, "me", &mut seen) {
        assert!(
            matches!(&error, ReadError::Unreadable { en, de, .. } if !en.is_empty() && !de.is_empty()),
            "{error}"
        );
    }
    seen
}

#[test]
fn every_bad_input_is_explained() {
    let Some(folder) = foreign("_bad_inputs") else { return };
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        survive(&FolderSource::open(&path, NOW).unwrap());
        // The same bytes where a list, a conversation and a profile are expected.
        for name in [
            "connections/followers_and_following/followers_1.json",
            "messages/inbox/x_1/message_1.json",
            PROFILE,
        ] {
            survive(&MemorySource::new().at(NOW).with_file(name, &bytes));
        }
    }
}

#[test]
fn mojibake_is_repaired_and_genuine_letters_stay() {
    let Some(folder) = foreign("_bad_inputs") else { return };
    let bytes = fs::read(folder.join("meta_mojibake_thread.json")).unwrap();
    let profile = json!({"profile_user": [{"string_map_data": {"Username": {"value": "o"}, "Name": {"value": doubled("Özlem")}}}]});
    let source = MemorySource::new()
        .at(NOW)
        .with_file(PROFILE, profile.to_string().as_bytes())
        .with_file("messages/inbox/x_1/message_1.json", &bytes);
    let seen = read_all(&source);
    assert!(seen.of("account").any(|line| line.contains("name=Jürgen Groß")));
    // The other message of the two is dated -62169958800.
    assert_eq!((seen.count("message"), seen.count("no-date")), (1, 1));
    let genuine = fs::read(folder.join("meta_not_mojibake.json")).unwrap();
    let source =
        MemorySource::new().at(NOW).with_file("messages/inbox/x_1/message_1.json", &genuine);
    survive(&source);
}

#[test]
fn a_list_cut_off_anywhere_is_read_or_explained() {
    let list = json!([listed("ann", THEN), listed("ben", THEN)]).to_string().into_bytes();
    for end in 0..list.len() {
        let source = MemorySource::new()
            .at(NOW)
            .with_file(PROFILE, profile().to_string().as_bytes())
            .with_file("connections/followers_and_following/followers_1.json", &list[..end]);
        let seen = survive(&source);
        assert!(seen.lines.iter().any(|line| line.contains(" error ")), "{end}");
        assert!(seen.of("coverage").next().unwrap().contains("to=0"), "{end}");
    }
}

#[test]
fn a_web_page_or_a_login_form_in_place_of_json_is_an_error_by_name() {
    let source = files(&[(PROFILE, profile())]).with_file(
        "connections/followers_and_following/followers_1.json",
        b"<!DOCTYPE html><html></html>",
    );
    assert_eq!(
        finding(&survive(&source), "html"),
        format!("error {LISTS_FOLDER}/followers_1.json:1 ×1")
    );
}

#[test]
fn duplicate_keys_and_huge_ids_break_no_row() {
    let rows = br#"[{"title":"x","title":"ann","fbid":99999999999999999999999,"string_list_data":[],"string_list_data":[{"href":"","timestamp":1750000000}]}]"#;
    let source = files(&[(PROFILE, profile())])
        .with_file("connections/followers_and_following/followers_1.json", rows);
    assert_eq!(
        all(&read_all(&source), "follow"),
        ["follow ann -> mara start=1750000000000 label="]
    );
}

#[test]
fn seeded_mutations_of_the_sample_never_panic() {
    let sample = synth();
    let names: Vec<String> = sample.entries().iter().map(|entry| entry.name.clone()).collect();
    let contents: Vec<Vec<u8>> = names
        .iter()
        .map(|name| fs::read(data().join("synth-2022-flat").join(name)).unwrap())
        .collect();
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for _ in 0..200 {
        let spoilt = numbers.below(names.len());
        let mut source = MemorySource::new().at(NOW);
        for (at, (name, content)) in names.iter().zip(&contents).enumerate() {
            // The profile and the spoilt file, and now and then another.
            if at != spoilt && !name.ends_with("personal_information.json") && numbers.below(4) != 0
            {
                continue;
            }
            let mut bytes = content.clone();
            let times = if at == spoilt { 1 + numbers.below(6) } else { 0 };
            (0..times).for_each(|_| mutate(&mut bytes, &mut numbers));
            source = source.with_file(name, &bytes);
        }
        survive(&source);
    }
}

fn mutate(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    if bytes.is_empty() {
        return;
    }
    let at = numbers.below(bytes.len());
    match numbers.below(5) {
        0 => bytes[at] = b"{}[]\",:0-\\\xff\x00n"[numbers.below(13)],
        1 => bytes.truncate(at),
        2 => {
            let end = (at + numbers.below(200)).min(bytes.len());
            bytes.drain(at..end);
        }
        3 => {
            let end = (at + numbers.below(200)).min(bytes.len());
            let twice = bytes[at..end].to_vec();
            bytes.splice(at..at, twice);
        }
        _ => bytes[at] ^= 1 << numbers.below(8),
    }
}
