//! Animals that hand over what cannot be, or say that they are what they are not.

use super::{caged, check};

#[test]
fn what_cannot_be_is_found_out() {
    check(
        &[
            ("row", &["lied", "row 8 of 8"]),
            ("row-huge", &["lied", "row"]),
            ("kind", &["lied", "kind 2147483648 of 1"]),
            ("reason", &["lied", "reason 7 of 1"]),
            ("nan", &["lied", "an effect of NaN in row 0"]),
            ("long-note", &["lied", "a note has length 1152921504606846976, more than 4096"]),
            ("null-note", &["lied", "a note"]),
            ("not-utf8", &["lied", "a note"]),
            ("many", &["lied", "length 1099511627776, more than 65536"]),
            ("null", &["lied"]),
            ("stubborn", &["lied", "row 8 of 8"]),
            ("status", &["status", "-12345"]),
            // A pointer that leads nowhere is found out by following it.
            ("wild-note", &["crashed", "SIGSEGV"]),
        ],
        &caged(),
    );
}

#[test]
fn who_is_somebody_else_than_its_manifest_is_not_used() {
    check(
        &[
            ("impostor", &["descriptor", "org.rin.zoo.calm"]),
            ("nobody", &["descriptor"]),
            ("wild-self", &["descriptor"]),
            ("wild-columns", &["descriptor"]),
            ("lunatic", &["load-crashed", "SIGSEGV"]),
            // The host looks once and keeps what it saw; what is said later changes nothing.
            ("two-faced", &["told"]),
        ],
        &caged(),
    );
}
