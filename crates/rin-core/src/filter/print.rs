//! Writes a filter back in one spelling, which reads as the same filter again.

use std::fmt;

use super::{
    Expression, Filter,
    term::{Figure, Term, Unit, Wanted},
};

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.as_ref().map_or(Ok(()), |root| write!(f, "{root}"))
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Term(term) => write!(f, "{term}"),
            Self::Not(part) => match part.as_ref() {
                Self::Term(term) => write!(f, "-{term}"),
                sum => write!(f, "-({sum})"),
            },
            Self::All(parts) => joined(f, parts, " "),
            Self::Any(parts) => joined(f, parts, " or "),
        }
    }
}

/// Writes parts in a row; only an *any* within an *all* needs parentheses.
fn joined(f: &mut fmt::Formatter<'_>, parts: &[Expression], by: &str) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        f.write_str(if at == 0 { "" } else { by })?;
        match part {
            Expression::Any(_) => write!(f, "({part})")?,
            _ => write!(f, "{part}")?,
        }
    }
    Ok(())
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name();
        match self {
            Self::Is(_) => f.write_str(name),
            Self::Text { wanted, .. } => write!(f, "{name}:{wanted}"),
            Self::Party(number) => write!(f, "{name}:{number}"),
            Self::Kind(kind) => write!(f, "{name}:{}", super::term::kind_name(*kind)),
            Self::Level(level) => write!(f, "{name}:{}", level.name()),
            Self::Tier(tier) => write!(f, "{name}:{}", tier.name()),
            Self::Tie(role) => write!(f, "{name}:{}", role.name()),
            Self::Day { span, .. } => write!(f, "{name}:{span}"),
            Self::Number { figure, relation, value } => {
                write!(f, "{name}{}{value}{}", relation.sign(), unit(*figure))
            }
        }
    }
}

const fn unit(figure: Figure) -> &'static str {
    match figure.unit() {
        Unit::Days => "d",
        Unit::Share | Unit::Number => "",
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Word(word) = self else { return f.write_str("*") };
        let is_odd =
            |letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | '"' | '\\');
        if word.is_empty() || word == "*" || word.contains(is_odd) {
            let escaped = word.replace('\\', "\\\\").replace('"', "\\\"");
            write!(f, "\"{escaped}\"")
        } else {
            f.write_str(word)
        }
    }
}
