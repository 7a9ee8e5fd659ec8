//! Nobody covers another, sectors share the circle, and the same dots have the same places.

use proptest::{collection::vec, prelude::*};

use super::*;

fn dot(key: u64, platform: usize) -> Dot {
    Dot { key, platform, strength: 1.0, alive: Some(0.5), group: 0 }
}

fn far(a: Place, b: Place) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[test]
fn sectors_share_the_circle_and_keep_apart() {
    let sectors = sectors(&[100, 0, 10, 1]);
    assert_eq!(sectors.iter().map(|one| one.platform).collect::<Vec<_>>(), [0, 2, 3]);
    for pair in sectors.windows(2) {
        assert!((pair[1].from - pair[0].to - GAP).abs() < 1e-9, "{pair:?}");
    }
    let last = sectors[2];
    assert!((last.to + 0.5 * GAP - TAU).abs() < 1e-9, "{last:?}");
    // A platform with one in a hundred can be seen.
    assert!(0.3 < last.to - last.from, "{last:?}");
    assert_eq!(super::sectors(&[0, 3]).len(), 1);
    assert_eq!(super::sectors(&[]), []);
}

#[test]
fn rings_stand_where_their_probability_does() {
    for [share, at] in rings() {
        assert!((at - radius(Some(share))).abs() < 1e-12);
    }
    assert!(radius(Some(1.0)) < radius(Some(0.5)) && radius(Some(0.5)) < radius(Some(0.0)));
    assert!(radius(Some(0.0)) < radius(None) && radius(None) < 1.0);
}

#[test]
fn seeds_do_not_cover_each_other() {
    let dots: Vec<Dot> = (0..400).map(|key| dot(key, usize::from(300 <= key))).collect();
    let places = weave(&dots, &[], 2, &mut Memory::default());
    let nearest = |at: usize| {
        let others = places.iter().enumerate().filter(|(other, _)| *other != at);
        others.map(|(_, place)| far(places[at], *place)).fold(f64::INFINITY, f64::min)
    };
    let least = (0..400).map(nearest).fold(f64::INFINITY, f64::min);
    // Places are scaled so that the whole is two wide: with four hundred, a twentieth is each one's share.
    assert!(0.02 < least, "{least}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn discs_do_not_cover_each_other(radii in vec(1.0_f64..60.0, 0..9)) {
        let places = packed(&radii);
        for a in 0..places.len() {
            for b in 0..a {
                prop_assert!(radii[a] + radii[b] <= far(places[a], places[b]) + 1e-6);
            }
        }
    }

    #[test]
    fn the_weave_is_the_same_every_time_and_within_bounds(
        links in vec((0_usize..40, 0_usize..40), 0..60), platforms in vec(0_usize..3, 40)
    ) {
        let dots: Vec<Dot> =
            platforms.iter().enumerate().map(|(key, one)| dot(key as u64, *one)).collect();
        let threads: Vec<Thread> = links
            .iter()
            .filter(|(a, b)| a != b)
            .map(|ends| Thread { ends: *ends, weight: 1.0 })
            .collect();
        let mut memory = Memory::default();
        let first = weave(&dots, &threads, 3, &mut memory);
        prop_assert_eq!(&first, &weave(&dots, &threads, 3, &mut Memory::default()));
        prop_assert_eq!(&first, &weave(&dots, &threads, 3, &mut memory));
        for [x, y] in first {
            prop_assert!(x.abs() <= 1.0 + 1e-9 && y.abs() <= 1.0 + 1e-9);
        }
    }
}
