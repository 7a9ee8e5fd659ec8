//! Nothing but its dependencies: whoever builds this package together with others gets crates that every build shares.
