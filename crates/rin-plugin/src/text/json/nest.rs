//! The way through an object or array by its brackets and strings alone, as far as its bytes lie ready.

/// As deep as `serde_json` goes.
pub(super) const DEPTH: u32 = 128;

const IS_STRUCTURE: [bool; 256] = {
    let mut table = [false; 256];
    table[b'"' as usize] = true;
    table[b'{' as usize] = true;
    table[b'}' as usize] = true;
    table[b'[' as usize] = true;
    table[b']' as usize] = true;
    table
};

/// What a way through an object or array ended at.
pub(super) enum Met {
    /// No more bytes lie ready.
    Cut,
    /// The opening mark of a string that does not lie ready as a whole.
    String,
    /// The bracket that closes it, which was passed.
    End,
    TooDeep,
}

/// Goes through what lies ready of an object or array and returns how far, and what stands there.
pub(super) fn pass(ready: &[u8], depth: &mut u32) -> (usize, Met) {
    let mut at = 0;
    while let Some(rest) = ready.get(at..)
        && let Some(found) = rest.iter().position(|byte| IS_STRUCTURE[usize::from(*byte)])
    {
        at += found;
        match ready.get(at) {
            Some(b'"') => match ready.get(at..).and_then(string_length) {
                Some(length) => at += length,
                None => return (at, Met::String),
            },
            Some(b'{' | b'[') if DEPTH <= *depth => return (at, Met::TooDeep),
            Some(b'{' | b'[') => {
                *depth += 1;
                at += 1;
            }
            _ => {
                *depth -= 1;
                at += 1;
                if *depth == 0 {
                    return (at, Met::End);
                }
            }
        }
    }
    (ready.len(), Met::Cut)
}

/// Returns the length of the string that `text` begins with, both marks included, if it is there as a whole.
fn string_length(text: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
        if text.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        at += 2;
    }
}
