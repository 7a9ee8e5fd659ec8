//! A person or an organisation: one human or one body, on any number of platforms.

/// A person or an organisation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Party {
    /// Person or organisation, where a source says so.
    pub kind: PartyKind,
    /// How we call them, if any source gives a name.
    pub name: Option<String>,
    /// Whether the party is ours (the owner, the team); ours are left out of every figure about others.
    pub is_own: bool,
}

/// What a party is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum PartyKind {
    /// No source says.
    #[default]
    Unknown,
    /// One human.
    Person,
    /// A body of several: club, company, library.
    Organisation,
    /// A program that posts.
    Bot,
}
