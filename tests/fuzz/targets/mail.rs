//! Made-up files for the reader of mail.
#![no_main]

use fuzz::Target;

const TARGET: Target<'_> = Target { beside: &[], names: &["Sent.mbox", "contacts.vcf", "cur/1"] };

fuzz::target!(rin_mail::Mail, TARGET);
