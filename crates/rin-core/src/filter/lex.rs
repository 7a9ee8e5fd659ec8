//! Cuts a filter into words, parentheses and signs, each with its place.

use super::{FilterError, FilterFault, term::Relation};

/// One piece of a filter.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Token {
    /// Its first character, from 1.
    pub(super) at: usize,
    pub(super) kind: TokenKind,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) enum TokenKind {
    Open,
    Close,
    Not,
    And,
    Or,
    /// Text in quotation marks that stands for itself.
    Quoted(String),
    /// A name, perhaps with something said of it.
    Word {
        name: String,
        said: Option<Said>,
    },
}

/// What is said of a name.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Said {
    pub(super) sign: Sign,
    pub(super) value: String,
    /// Whether it stood in quotation marks: then `*` is a star.
    pub(super) is_quoted: bool,
    pub(super) at: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sign {
    Colon,
    Compare(Relation),
}

impl TokenKind {
    /// Returns it as it may be named in a message.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Open => "(".to_owned(),
            Self::Close => ")".to_owned(),
            Self::Not => "-".to_owned(),
            Self::And => "and".to_owned(),
            Self::Or => "or".to_owned(),
            Self::Quoted(text) => format!("\"{text}\""),
            Self::Word { name, .. } => name.clone(),
        }
    }
}

/// Cuts a text into its pieces.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, FilterError> {
    let letters: Vec<char> = text.chars().take(super::LONGEST + 1).collect();
    if super::LONGEST < letters.len() {
        let fault = FilterFault::TooLong { longest: super::LONGEST };
        return Err(FilterError { at: super::LONGEST + 1, fault });
    }
    let mut scanner = Scanner { letters: &letters, next: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = scanner.token()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Scanner<'t> {
    letters: &'t [char],
    next: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.next).copied()
    }

    fn skip_spaces(&mut self) {
        self.take_while(char::is_whitespace);
    }

    fn take_while(&mut self, is_wanted: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(letter) = self.peek().filter(|letter| is_wanted(*letter)) {
            taken.push(letter);
            self.next += 1;
        }
        taken
    }

    fn token(&mut self) -> Result<Option<Token>, FilterError> {
        self.skip_spaces();
        let at = self.next + 1;
        let Some(letter) = self.peek() else { return Ok(None) };
        let sign = match letter {
            '(' => Some(TokenKind::Open),
            ')' => Some(TokenKind::Close),
            '-' | '!' => Some(TokenKind::Not),
            _ => None,
        };
        let kind = match sign {
            Some(kind) => {
                self.next += 1;
                kind
            }
            None if letter == '"' => TokenKind::Quoted(self.quoted()?),
            None => self.word()?,
        };
        Ok(Some(Token { at, kind }))
    }

    /// Takes text in quotation marks; a backslash takes the next letter as it is.
    fn quoted(&mut self) -> Result<String, FilterError> {
        let at = self.next + 1;
        self.next += 1;
        let mut text = String::new();
        while let Some(letter) = self.peek() {
            self.next += 1;
            match letter {
                '"' => return Ok(text),
                '\\' => {
                    text.extend(self.peek());
                    self.next += 1;
                }
                _ => text.push(letter),
            }
        }
        Err(FilterError { at, fault: FilterFault::OpenQuote })
    }

    fn word(&mut self) -> Result<TokenKind, FilterError> {
        let name = self.take_while(|letter| {
            !letter.is_whitespace() && !matches!(letter, '(' | ')' | '"' | ':' | '<' | '>' | '=')
        });
        let said = self.said()?;
        Ok(match (name.to_lowercase().as_str(), said) {
            ("not", None) => TokenKind::Not,
            ("and", None) => TokenKind::And,
            ("or", None) => TokenKind::Or,
            (_, said) => TokenKind::Word { name, said },
        })
    }

    /// Takes what is said of a name. Spaces may stand around a comparison, not after a colon: `tag: -kind:person` is a slip.
    fn said(&mut self) -> Result<Option<Said>, FilterError> {
        let before = self.next;
        if self.peek() == Some(':') {
            self.next += 1;
            return self.value(Sign::Colon).map(Some);
        }
        self.skip_spaces();
        let Some(relation) = self.relation() else {
            self.next = before;
            return Ok(None);
        };
        self.skip_spaces();
        self.value(Sign::Compare(relation)).map(Some)
    }

    fn relation(&mut self) -> Option<Relation> {
        let first = self.peek().filter(|letter| matches!(letter, '<' | '>' | '='))?;
        self.next += 1;
        let is_or_equal = self.peek() == Some('=');
        self.next += usize::from(is_or_equal);
        Some(match (first, is_or_equal) {
            ('<', true) => Relation::AtMost,
            ('<', false) => Relation::Below,
            ('>', true) => Relation::AtLeast,
            ('>', false) => Relation::Above,
            _ => Relation::Equal,
        })
    }

    fn value(&mut self, sign: Sign) -> Result<Said, FilterError> {
        let at = self.next + 1;
        let is_quoted = self.peek() == Some('"');
        let value = if is_quoted {
            self.quoted()?
        } else {
            self.take_while(|letter| !letter.is_whitespace() && !matches!(letter, '(' | ')' | '"'))
        };
        Ok(Said { sign, value, is_quoted, at })
    }
}
