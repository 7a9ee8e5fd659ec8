//! What every target does: the first byte says as which file the others come, and the reader must answer.
//!
//! A panic, an overflow, a hang, an error without words or another answer the second time is a find.

use rin_plugin::{
    Compiled,
    prelude::{Moment, Plugin, ReadError},
    testing::{MemorySource, Recorder},
};

/// One reader with the files it is given beside the one that is made up.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// Files that are always there, such as those that say whose an export is.
    pub beside: &'a [(&'a str, &'a [u8])],
    /// The names under which the made-up file comes.
    pub names: &'a [&'a str],
}

/// Makes the entry of a target: a plugin with its default settings, made once, and what it is given.
#[macro_export]
macro_rules! target {
    ($plugin:ty, $target:expr) => {
        thread_local! {
            static PLUGIN: ::std::cell::RefCell<::rin_plugin::Compiled<$plugin>> =
                ::std::cell::RefCell::new(::rin_plugin::Compiled::new().expect("a sound manifest"));
        }
        ::libfuzzer_sys::fuzz_target!(|data: &[u8]| {
            PLUGIN.with_borrow_mut(|plugin| $crate::read(plugin, &$target, data));
        });
    };
}

/// Reads one made-up file.
///
/// # Panics
/// If the reader panics, answers twice differently, or says nothing of what is wrong.
pub fn read<P: Plugin>(plugin: &mut Compiled<P>, target: &Target<'_>, data: &[u8]) {
    let Some((choice, bytes)) = data.split_first() else { return };
    let name = target.names[usize::from(*choice) % target.names.len()];
    let now = Moment::from_unix_ms(1_800_000_000_000);
    let beside = target.beside.iter();
    let source = beside
        .fold(MemorySource::new().at(now), |source, (name, bytes)| source.with_file(name, bytes))
        .with_file(name, bytes);
    plugin.probe(&source);
    let once = answer(plugin, &source);
    if choice & 0xf0 == 0xf0 {
        assert_eq!(answer(plugin, &source), once, "the same answer every time");
    }
}

fn answer<P: Plugin>(plugin: &mut Compiled<P>, source: &MemorySource) -> Vec<String> {
    let mut recorder = Recorder::default();
    match plugin.read(source, &mut recorder) {
        Ok(()) => {}
        Err(ReadError::Unreadable { en, de, .. }) => {
            assert!(en.ends_with('.') && de.ends_with('.'), "{en} {de}");
        }
        Err(other) => panic!("nobody asked it to stop: {other}"),
    }
    recorder.lines
}
