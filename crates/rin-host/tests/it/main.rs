//! The boundary as a host and real libraries see it.
//!
//! The libraries are built here, by the same cargo and by the C compiler; a test that needs a tool which is not there
//! says so and passes.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

mod abi;
mod build;
mod conformance;
mod discovery;
mod growth;
mod trust;
mod world;
#[cfg(target_os = "linux")]
mod zoo;

#[path = "."]
#[expect(clippy::duplicate_mod, reason = "the same tests once more with plugins elsewhere")]
mod in_process {
    mod failures;
    mod reading;

    use crate::build::here as where_to;
}

#[path = "."]
mod in_worker {
    mod failures;
    mod reading;

    use crate::build::away as where_to;
}

#[cfg(target_os = "linux")]
#[path = "."]
#[expect(clippy::duplicate_mod, reason = "the same tests once more with plugins fed as elsewhere")]
mod in_worker_with_pipes {
    mod failures;
    mod reading;

    use crate::build::in_pipes as where_to;
}
