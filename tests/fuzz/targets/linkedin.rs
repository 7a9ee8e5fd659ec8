//! Made-up files for the reader of linkedin.
#![no_main]

use fuzz::Target;

const TARGET: Target<'_> = Target {
    beside: &[("Profile.csv", b"First Name,Last Name\nMara,B\n")],
    names: &[
        "Connections.csv",
        "messages.csv",
        "Invitations.csv",
        "Comments.csv",
        "Member_Follows.csv",
    ],
};

fuzz::target!(rin_linkedin::LinkedIn, TARGET);
