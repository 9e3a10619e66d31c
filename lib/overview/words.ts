// From where on something is wrong. Apart from the table of findings, which most pages do not need.

/** A certificate that ends within this many days is one that ends soon. */
export const CERTIFICATE_SOON_DAYS = 30
/** With this much of a disk in use a firewall counts as degraded too (lib/firewalls/degraded-reason.ts). */
export const DISK_PERCENT_FULL = 90
/** A clock that is wrong by more than this makes one-time codes, certificates and logs wrong. */
export const CLOCK_OFFSET_SECONDS_MAX = 120
