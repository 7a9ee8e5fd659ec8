//! Builds the expression out of the pieces: *or* binds least, then *and* (which need not be written), then *not*.

use super::{
    DEEPEST, Expression, FilterError, FilterFault,
    lex::{Token, TokenKind, tokens},
    term,
};

/// Reads a filter; `None` for an empty one.
pub(super) fn parse(text: &str) -> Result<Option<Expression>, FilterError> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Ok(None);
    }
    let mut parser = Parser { tokens: &tokens, next: 0, end: text.chars().count() + 1 };
    let root = parser.any(0)?;
    match parser.peek() {
        None => Ok(Some(root)),
        Some(token) => Err(FilterError { at: token.at, fault: FilterFault::StrayParenthesis }),
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    next: usize,
    end: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.next)
    }

    /// Takes a piece if it is of this kind.
    fn takes(&mut self, kind: &TokenKind) -> bool {
        let is_it = self.peek().is_some_and(|token| token.kind == *kind);
        self.next += usize::from(is_it);
        is_it
    }

    fn any(&mut self, depth: usize) -> Result<Expression, FilterError> {
        let mut parts = vec![self.all(depth)?];
        while self.takes(&TokenKind::Or) {
            parts.push(self.all(depth)?);
        }
        Ok(Expression::any(parts))
    }

    fn all(&mut self, depth: usize) -> Result<Expression, FilterError> {
        let mut parts = vec![self.not(depth)?];
        loop {
            let must = self.takes(&TokenKind::And);
            let ends = match self.peek().map(|token| &token.kind) {
                None | Some(TokenKind::Or | TokenKind::Close) => true,
                Some(_) => false,
            };
            if ends && !must {
                return Ok(Expression::all(parts));
            }
            parts.push(self.not(depth)?);
        }
    }

    /// Takes any number of negations; two undo each other, also of what is unknown.
    fn not(&mut self, depth: usize) -> Result<Expression, FilterError> {
        let mut is_not = false;
        while self.takes(&TokenKind::Not) {
            is_not = !is_not;
        }
        let one = self.one(depth)?;
        Ok(if is_not { Expression::not(one) } else { one })
    }

    fn one(&mut self, depth: usize) -> Result<Expression, FilterError> {
        let Some(token) = self.peek() else {
            let fault = FilterFault::NoTerm { found: String::new() };
            return Err(FilterError { at: self.end, fault });
        };
        let at = token.at;
        let fail = |fault| Err(FilterError { at, fault });
        self.next += 1;
        match &token.kind {
            TokenKind::Quoted(text) => Ok(Expression::Term(term::name_holds(text))),
            TokenKind::Word { name, said } => {
                term::read(name, said.as_ref(), at).map(Expression::Term)
            }
            TokenKind::Open if DEEPEST <= depth => fail(FilterFault::TooDeep { deepest: DEEPEST }),
            TokenKind::Open => {
                let inner = self.any(depth + 1)?;
                if self.takes(&TokenKind::Close) {
                    return Ok(inner);
                }
                fail(FilterFault::OpenParenthesis)
            }
            other => fail(FilterFault::NoTerm { found: other.shown() }),
        }
    }
}

impl Expression {
    /// Joins parts of which all must hold; sums among them are taken apart.
    pub(super) fn all(parts: Vec<Self>) -> Self {
        Self::sum(parts, Self::All, |part| match part {
            Self::All(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// Joins parts of which one must hold; sums among them are taken apart.
    pub(super) fn any(parts: Vec<Self>) -> Self {
        Self::sum(parts, Self::Any, |part| match part {
            Self::Any(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// Turns a part round; twice is the part itself.
    pub(super) fn not(part: Self) -> Self {
        match part {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    fn sum(
        parts: Vec<Self>,
        make: fn(Vec<Self>) -> Self,
        open: fn(Self) -> Result<Vec<Self>, Self>,
    ) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match open(part) {
                Ok(inner) => flat.extend(inner),
                Err(part) => flat.push(part),
            }
        }
        match flat.pop() {
            Some(only) if flat.is_empty() => only,
            last => {
                flat.extend(last);
                make(flat)
            }
        }
    }
}
