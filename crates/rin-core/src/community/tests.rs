//! The karate club of Zachary (1977), whose groups and modularity are known, and the laws of any network.

use proptest::{collection::vec, prelude::*};

use super::*;

/// Who meets whom in how many contexts (Zachary 1977, "An Information Flow Model for Conflict and Fission in Small
/// Groups", figures 1 and 3).
const KARATE: [(usize, usize, u32); 78] = [
    (0, 1, 4),
    (0, 2, 5),
    (0, 3, 3),
    (0, 4, 3),
    (0, 5, 3),
    (0, 6, 3),
    (0, 7, 2),
    (0, 8, 2),
    (0, 10, 2),
    (0, 11, 3),
    (0, 12, 1),
    (0, 13, 3),
    (0, 17, 2),
    (0, 19, 2),
    (0, 21, 2),
    (0, 31, 2),
    (1, 2, 6),
    (1, 3, 3),
    (1, 7, 4),
    (1, 13, 5),
    (1, 17, 1),
    (1, 19, 2),
    (1, 21, 2),
    (1, 30, 2),
    (2, 3, 3),
    (2, 7, 4),
    (2, 8, 5),
    (2, 9, 1),
    (2, 13, 3),
    (2, 27, 2),
    (2, 28, 2),
    (2, 32, 2),
    (3, 7, 3),
    (3, 12, 3),
    (3, 13, 3),
    (4, 6, 2),
    (4, 10, 3),
    (5, 6, 5),
    (5, 10, 3),
    (5, 16, 3),
    (6, 16, 3),
    (8, 30, 3),
    (8, 32, 3),
    (8, 33, 4),
    (9, 33, 2),
    (13, 33, 3),
    (14, 32, 3),
    (14, 33, 2),
    (15, 32, 3),
    (15, 33, 4),
    (18, 32, 1),
    (18, 33, 2),
    (19, 33, 1),
    (20, 32, 3),
    (20, 33, 1),
    (22, 32, 2),
    (22, 33, 3),
    (23, 25, 5),
    (23, 27, 4),
    (23, 29, 3),
    (23, 32, 5),
    (23, 33, 4),
    (24, 25, 2),
    (24, 27, 3),
    (24, 31, 2),
    (25, 31, 7),
    (26, 29, 4),
    (26, 33, 2),
    (27, 33, 4),
    (28, 31, 2),
    (28, 33, 2),
    (29, 32, 4),
    (29, 33, 2),
    (30, 32, 3),
    (30, 33, 3),
    (31, 32, 4),
    (31, 33, 4),
    (32, 33, 5),
];

/// The side each member took when the club broke in two.
const SIDES: [usize; 34] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1,
];

fn karate(is_weighed: bool) -> Vec<Link> {
    let weight = |weight| if is_weighed { f64::from(weight) } else { 1.0 };
    KARATE.iter().map(|(a, b, w)| Link { ends: (*a, *b), weight: weight(*w) }).collect()
}

fn is_near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-12, "{a} is not {b}");
}

/// Figures of networkx 3.6.1: `nx.community.modularity(nx.karate_club_graph(), groups, weight=...)`.
#[test]
fn modularity_is_that_of_an_independent_implementation() {
    is_near(modularity(&SIDES, &karate(false)), 0.358_234_714_003_944_8);
    is_near(modularity(&SIDES, &karate(true)), 0.391_437_566_762_242_06);
    let thirds: Vec<usize> = (0..34).map(|node| node % 3).collect();
    is_near(modularity(&thirds, &karate(true)), 0.030_630_985_176_439_71);
}

/// Of two hundred runs of `nx.community.louvain_communities` with other orders half reached 0.4188 and 0.4439, none
/// less than 0.3854 and 0.4176, none more than 0.4198 and 0.4450.
#[test]
fn groups_are_as_good_as_those_of_an_independent_implementation() {
    for (is_weighed, least, most) in [(false, 0.4188, 0.4198), (true, 0.4438, 0.4450)] {
        let links = karate(is_weighed);
        let found = modularity(&communities(34, &links), &links);
        assert!(least <= found && found <= most, "{found}");
    }
}

#[test]
fn what_is_no_link_is_left_out() {
    let link = |a, b, weight| Link { ends: (a, b), weight };
    let links = [link(0, 9, 1.0), link(0, 1, 0.0), link(1, 2, f64::NAN), link(2, 3, -1.0)];
    assert_eq!(communities(4, &links), [0, 1, 2, 3]);
    is_near(modularity(&[0, 1, 2, 3], &links), 0.0);
    assert_eq!(communities(0, &[]), Vec::<usize>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn groups_are_numbered_in_order_and_no_worse_than_none(
        links in vec((0_usize..20, 0_usize..20, 1_u32..9), 0..60)
    ) {
        let links: Vec<Link> =
            links.iter().map(|(a, b, w)| Link { ends: (*a, *b), weight: f64::from(*w) }).collect();
        let groups = communities(20, &links);
        prop_assert_eq!(&groups, &communities(20, &links));
        let mut next = 0;
        for group in &groups {
            prop_assert!(*group <= next);
            next = next.max(group + 1);
        }
        let alone: Vec<usize> = (0..20).collect();
        prop_assert!(modularity(&alone, &links) <= modularity(&groups, &links) + 1e-9);
        // Nobody is in a group without a contact in it, or else alone.
        for (node, group) in groups.iter().enumerate() {
            let has_others = groups.iter().filter(|other| *other == group).count() > 1;
            let is_linked = links.iter().any(|link| {
                let (a, b) = link.ends;
                a != b && (a == node || b == node) && groups[a] == groups[b]
            });
            prop_assert!(!has_others || is_linked);
        }
    }
}
