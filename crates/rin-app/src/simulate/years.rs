//! All years lived, every policy with the same luck.

use rin_core::{Course, Policy, SimulationRequest, simulate};

use super::{Ready, all_at_once};

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
    let job = |(policy, seed): &(Policy, u64)| {
        simulate(&ready.world, *policy, &ready.knowledge, year, *seed)
    };
    let done = all_at_once(&jobs, job, progress);
    let mut lived: Vec<Lived> = Vec::new();
    for ((policy, _), course) in jobs.iter().zip(done) {
        match lived.last_mut() {
            Some(last) if last.policy == *policy => last.courses.push(course),
            _ => lived.push(Lived { policy: *policy, courses: vec![course] }),
        }
    }
    lived
}
