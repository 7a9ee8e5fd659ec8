//! All years lived, every policy with the same luck, on as many threads as there are cores.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use rin_core::{Course, Policy, SimulationRequest, simulate};

use super::Ready;

/// The courses of one policy, one for each seed.
pub(super) struct Lived {
    pub(super) policy: Policy,
    pub(super) courses: Vec<Course>,
}

/// Lives through every year; the result does not depend on the threads.
pub(super) fn live(
    ready: &Ready,
    year: &SimulationRequest,
    seeds: &[u64],
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Lived> {
    let policies = Policy::ALL.into_iter().filter(|policy| *policy != Policy::OursHawkes);
    let jobs: Vec<(Policy, u64)> =
        policies.flat_map(|policy| seeds.iter().map(move |seed| (policy, *seed))).collect();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((policy, seed)) = jobs.get(at) else { return };
            let course = simulate(&ready.world, *policy, &ready.knowledge, year, *seed);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push((at, course));
            progress(done.len(), jobs.len());
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(jobs.len().max(1));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    let mut lived: Vec<Lived> = Vec::new();
    for (at, course) in done {
        let Some((policy, _)) = jobs.get(at) else { continue };
        match lived.last_mut() {
            Some(last) if last.policy == *policy => last.courses.push(course),
            _ => lived.push(Lived { policy: *policy, courses: vec![course] }),
        }
    }
    lived
}
