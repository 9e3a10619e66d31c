/**
 * Every advisory lock, so that no two things wait for each other by accident. Two more are taken by functions of the
 * database: 7270736901 at the end of the audit chain (audit_append) and 7270736904 (audit_prune).
 */
export const LOCKS = {
  /** Making the first owner. */
  setUp: 7_270_736_902n,
  /** Changing who may do what. */
  team: 7_270_736_903n,
  /** Removing old audit entries. */
  auditPruning: 7_270_736_905n,
  /** Signing checkpoints and writing them to the file. */
  auditSigning: 7_270_736_906n,
  /** Looking over the whole chain. */
  auditVerifying: 7_270_736_907n,
  /** Making and dropping tables of samples, and rolling them up. */
  samples: 7_270_736_908n,
  /** Making the queues of the job engine: two processes that make one at once would wait for each other. */
  queues: 7_270_736_910n,
  /** Sending copies of the audit log, and writing them to files. */
  auditCopies: 7_270_736_920n,
  auditFiles: 7_270_736_921n,
  /** Telling the web processes that there is something new for open pages. */
  live: 7_270_736_909n,
  /** Handing notices to channels. */
  notices: 7_270_736_911n,
  /** Making channels, which are counted first. */
  channels: 7_270_736_913n,
  /** Deciding what becomes of alerts. */
  alerts: 7_270_736_912n,
  /** Beginning updates: who counts what is under way holds it until its own is counted too. */
  rollout: 7_270_736_922n,
  /** Shared by whoever begins or starts an update, alone held by who stops everything. */
  emergencyStop: 7_270_736_914n,
} as const satisfies Record<string, bigint>
