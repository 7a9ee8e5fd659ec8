//! How a worker shuts itself in, before and after it opens a library.
//!
//! The order matters. Limits first; then Landlock, which takes away all files but the system's own libraries; then a
//! filter that lets pass what opening a library needs; then the library. Its constructors run here already, so what
//! they cannot do now is what it can never do. Afterwards a second layer of Landlock without a single file, and a
//! second filter that leaves memory and answers. There is no way back from any of them, and none needs a privilege.
#![expect(unsafe_code, reason = "some calls to the system have no safe wrapper")]

use std::{collections::BTreeMap, io};

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetStatus, Scope, path_beneath_rules,
};
use rustix::process::{
    DumpableBehavior, Pid, Resource, Signal, getppid, set_dumpable_behavior,
    set_parent_process_death_signal,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, apply_filter,
};

use super::{
    message::Opening,
    system::{MAX_FILES, lower},
};
use crate::Confinement;

/// Where the system keeps libraries that a plugin may need.
const LIBRARIES: [&str; 6] =
    ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"];
/// `PR_SET_DUMPABLE`, `PR_SET_SECCOMP` and `PR_SET_NO_NEW_PRIVS`: what is still to be set once a library is open.
const SETTINGS: [u64; 3] = [4, 22, 38];

/// Ends this process when its host ends; `false` if that has happened already.
pub(super) fn follow(host: u32) -> io::Result<bool> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    let parent = getppid().map(Pid::as_raw_pid);
    // A host in another namespace is nobody's parent by number.
    Ok(parent.is_none_or(|parent| u32::try_from(parent) == Ok(host) || parent == 0))
}

/// Closes every file this process was born with, but its connection and the three standard ones.
pub(super) fn close_others(keep: i32) {
    let close = |from: i32, to: i32| {
        // SAFETY: closes files that nothing in this process knows of: it has opened none yet but `keep`.
        unsafe { libc::syscall(libc::SYS_close_range, from, to, 0) }
    };
    close(3, keep - 1);
    close(keep + 1, i32::MAX);
}

/// Shuts the process in as far as opening a library allows, and says how far that is.
pub(super) fn before_opening(opening: &Opening) -> Confinement {
    let limits = limit(opening).is_ok();
    let files = lock_files(&LIBRARIES).unwrap_or(false);
    // Something that is forbidden here is needed by nobody; a strict worker is told apart only afterwards.
    let calls = rustix::thread::set_no_new_privs(true).is_ok()
        && filter(opening_rules(), SeccompAction::Errno(1)).is_ok();
    Confinement { process: true, limits, memory: limits, files, calls }
}

/// Takes away what only opening a library needed.
pub(super) fn after_opening(reached: Confinement, is_strict: bool) -> Result<(), &'static str> {
    if reached.files && !lock_files(&[]).unwrap_or(false) {
        return Err("the second lock on files does not hold");
    }
    // Nobody else looks into this process; that it fails where the system knows no such thing changes nothing.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let action = if is_strict { SeccompAction::KillProcess } else { SeccompAction::Errno(1) };
    if reached.calls && filter(answering_rules(), action).is_err() {
        return Err("the second filter on system calls does not hold");
    }
    Ok(())
}

fn limit(opening: &Opening) -> Result<(), rustix::io::Errno> {
    lower(Resource::Core, 0)?;
    lower(Resource::Fsize, 0)?;
    lower(Resource::Memlock, 0)?;
    lower(Resource::Nofile, MAX_FILES)?;
    lower(Resource::Cpu, opening.processor_s)?;
    lower(Resource::As, opening.memory)
}

/// Takes all files and connections away but these folders, to be read; `false` if the kernel does not know how.
fn lock_files(readable: &[&str]) -> Result<bool, landlock::RulesetError> {
    let abi = ABI::V6;
    let read = AccessFs::ReadFile | AccessFs::ReadDir | AccessFs::Execute;
    let status = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(abi))?
        .create()?
        .add_rules(path_beneath_rules(readable, read))?
        .restrict_self()?;
    Ok(status.ruleset != RulesetStatus::NotEnforced)
}

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// What a process that computes and answers needs.
fn answering() -> Vec<i64> {
    let calls = [
        libc::SYS_read,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_fstat,
        libc::SYS_lseek,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_getrandom,
        libc::SYS_clock_gettime,
        libc::SYS_clock_nanosleep,
        libc::SYS_nanosleep,
        libc::SYS_sched_yield,
        libc::SYS_gettid,
        libc::SYS_getpid,
        libc::SYS_restart_syscall,
        libc::SYS_ppoll,
    ];
    let mut calls = calls.to_vec();
    #[cfg(target_arch = "x86_64")]
    calls.push(libc::SYS_poll);
    calls
}

fn answering_rules() -> Result<Rules, String> {
    let mut rules: Rules = answering().into_iter().map(|call| (call, Vec::new())).collect();
    // Memory, but none that can be executed.
    let no_code = SeccompCmpOp::MaskedEq(libc::PROT_EXEC.cast_unsigned().into());
    rules.insert(libc::SYS_mmap, one_of(2, &[0], &no_code)?);
    rules.insert(libc::SYS_mprotect, one_of(2, &[0], &no_code)?);
    // A process may end itself, as giving up does, and no other.
    let own = u64::from(std::process::id());
    rules.insert(libc::SYS_tgkill, one_of(0, &[own], &SeccompCmpOp::Eq)?);
    Ok(rules)
}

fn opening_rules() -> Result<Rules, String> {
    let mut rules = answering_rules()?;
    let more = [
        libc::SYS_openat,
        libc::SYS_newfstatat,
        libc::SYS_pread64,
        libc::SYS_mmap,
        libc::SYS_mprotect,
        libc::SYS_seccomp,
        libc::SYS_landlock_create_ruleset,
        libc::SYS_landlock_add_rule,
        libc::SYS_landlock_restrict_self,
    ];
    rules.extend(more.map(|call| (call, Vec::new())));
    rules.insert(libc::SYS_prctl, one_of(0, &SETTINGS, &SeccompCmpOp::Eq)?);
    Ok(rules)
}

/// Lets a call pass if its argument compares with one of these values. No rule at all would let every one pass, so
/// what cannot be made is an error.
fn one_of(argument: u8, values: &[u64], how: &SeccompCmpOp) -> Result<Vec<SeccompRule>, String> {
    let rule = |value: &u64| {
        SeccompCondition::new(argument, SeccompCmpArgLen::Dword, how.clone(), *value)
            .and_then(|condition| SeccompRule::new(vec![condition]))
            .map_err(|error| error.to_string())
    };
    values.iter().map(rule).collect()
}

fn filter(rules: Result<Rules, String>, otherwise: SeccompAction) -> Result<(), String> {
    let arch = std::env::consts::ARCH.try_into().map_err(|_| "no filter for this processor")?;
    let filter = SeccompFilter::new(rules?, otherwise, SeccompAction::Allow, arch);
    let program: BpfProgram =
        filter.and_then(TryInto::try_into).map_err(|error| error.to_string())?;
    apply_filter(&program).map_err(|error| error.to_string())
}
