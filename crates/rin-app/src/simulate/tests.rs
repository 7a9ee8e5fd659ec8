//! What a simulated year says, without a store.

use std::fs;

use super::*;

fn request(network: SimulatedNetwork) -> SimulateRequest {
    SimulateRequest {
        network,
        minutes: Some(Minutes::new(35.0)),
        minutes_a_touch: Minutes::new(5.0),
        days: 120,
        years: 3,
        seed: 1,
        is_unequal: true,
        now: Moment::from_unix_ms(1_787_000_000_000),
        lang: Lang::En,
    }
}

fn lived(request: &SimulateRequest) -> Result<SimulationView, SimulateError> {
    simulate_without_session(request, &|_, _| {})
}

#[test]
fn a_made_up_network_is_planned_best_by_planning() {
    let view = lived(&request(SimulatedNetwork::Generated(150))).unwrap();
    assert_eq!((view.source.ties, view.source.kind), (150, "generated"));
    assert_eq!(view, lived(&request(SimulatedNetwork::Generated(150))).unwrap());
    let place = |name: &str| view.policies.iter().position(|one| one.name == name).unwrap();
    assert!(place("ours") < place("fixed cadence"), "{:?}", view.verdict);
    assert!(place("fixed cadence") < place("strongest first"));
    let ours = &view.policies[place("ours")];
    // Thirty-five minutes a week are a touch a day.
    assert!((ours.minutes - 600.0).abs() < 1e-9);
    assert!(ours.share.unwrap().value > 0.8, "{ours:?}");
    assert!(view.verdict[0].starts_with("Of 150 ties"), "{:?}", view.verdict);
    let german = SimulateRequest { lang: Lang::De, ..request(SimulatedNetwork::Generated(150)) };
    assert!(lived(&german).unwrap().verdict[0].starts_with("Von 150 Beziehungen"));
}

#[test]
fn a_short_log_is_called_short_and_an_empty_one_refused() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, rows: &str| -> PathBuf {
        let path = dir.path().join(name);
        fs::write(&path, format!("src,dst,t\n{rows}")).unwrap();
        path
    };
    let short =
        write("short.csv", "a,b,1786000000\na,b,1786400000\na,c,1786500000\nc,a,1786600000\n");
    let view = lived(&request(SimulatedNetwork::File(short))).unwrap();
    assert_eq!((view.source.ties, view.source.is_learned), (2, false));
    assert!(view.notes[0].contains("too short"), "{:?}", view.notes);
    let empty = write("empty.csv", "");
    let refused = lived(&request(SimulatedNetwork::File(empty))).unwrap_err();
    assert!(matches!(refused, SimulateError::Nobody { dormant: 0, .. }));
    let old = write("old.csv", "a,b,1000000000\nb,a,1000100000\nc,d,1786000000\n");
    let refused = lived(&request(SimulatedNetwork::File(old))).unwrap_err();
    assert!(matches!(refused, SimulateError::Nobody { dormant: 1, .. }), "{refused:?}");
}
