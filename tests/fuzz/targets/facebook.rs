//! Made-up files for the reader of facebook.
#![no_main]

use fuzz::Target;

const TARGET: Target<'_> = Target {
    beside: &[(
        "profile_information/profile_information.json",
        br#"{"profile_v2":{"name":{"full_name":"Mara"}}}"#,
    )],
    names: &[
        "connections/friends/your_friends.json",
        "comments_and_reactions/comments.json",
        "comments_and_reactions/posts_and_comments.json",
        "messages/inbox/ann_1/message_1.json",
        "ann_1.json",
    ],
};

fuzz::target!(rin_facebook::Facebook, TARGET);
