//! Made-up files for the reader of instagram.
#![no_main]

use fuzz::Target;

const TARGET: Target<'_> = Target {
    beside: &[
        (
            "personal_information/personal_information.json",
            br#"{"profile_user":[{"string_map_data":{"Username":{"value":"mara"},"Name":{"value":"Mara"}}}]}"#,
        ),
    ],
    names: &[
        "followers_and_following/followers_1.json",
        "likes/liked_posts.json",
        "comments/post_comments_1.json",
        "messages/inbox/ann_1/message_1.json",
        "threads/threads_and_replies.json",
    ],
};

fuzz::target!(rin_instagram::Instagram, TARGET);
