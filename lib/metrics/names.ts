// The closed list of what GET /api/v1/metrics tells. Names follow the conventions of Prometheus: base units, ratios from 0
// to 1, moments in seconds since 1970, `_total` for counters. A figure that is not reported has no series.

type Metric = {
  type: 'gauge' | 'counter'
  /** firewall: one series or few for each firewall; customer: for each customer; scrape: about the answer; installation: Palisade itself; process: the web process that answers. */
  of: 'firewall' | 'customer' | 'scrape' | 'installation' | 'process'
  help: string
  /** Labels beside those of its kind. */
  labels?: readonly string[]
}

/** What every series of these kinds carries. Names make legends readable, ids stay when something is renamed. */
export const LABELS_OF = {
  firewall: ['firewall_id', 'firewall', 'customer'],
  customer: ['customer_id', 'customer'],
  scrape: [],
  installation: [],
  process: [],
} as const satisfies Record<Metric['of'], readonly string[]>

export const METRICS = {
  palisade_firewall_info: { type: 'gauge', of: 'firewall', labels: ['site', 'family', 'version'], help: 'Always 1; says where the firewall stands, which family it is and which version it runs.' },
  palisade_firewall_state: { type: 'gauge', of: 'firewall', labels: ['state'], help: 'Always 1; its state is in the label.' },
  palisade_firewall_up: { type: 'gauge', of: 'firewall', help: '1 while it answers, 0 while it does not; absent while nobody can tell (paused, stopped, stale, never visited).' },
  palisade_firewall_last_visit_timestamp_seconds: { type: 'gauge', of: 'firewall', help: 'When it was last visited with an answer.' },
  palisade_firewall_latency_seconds: { type: 'gauge', of: 'firewall', help: 'How long the connection to it took at the last visit.' },
  palisade_firewall_cpu_usage_ratio: { type: 'gauge', of: 'firewall', help: 'Use of its processor, 0 to 1.' },
  palisade_firewall_memory_usage_ratio: { type: 'gauge', of: 'firewall', help: 'Use of its memory, 0 to 1.' },
  palisade_firewall_disk_usage_ratio: { type: 'gauge', of: 'firewall', help: 'Use of its fullest disk, 0 to 1.' },
  palisade_firewall_states_usage_ratio: { type: 'gauge', of: 'firewall', help: 'Use of its table of connection states, 0 to 1.' },
  palisade_firewall_gateways: { type: 'gauge', of: 'firewall', labels: ['status'], help: 'Its gateways by status: up, degraded, down.' },
  palisade_firewall_tunnels: { type: 'gauge', of: 'firewall', labels: ['status'], help: 'Its VPN tunnels by status: up, down.' },
  palisade_firewall_certificate_expiry_timestamp_seconds: { type: 'gauge', of: 'firewall', help: 'When the certificate of its web interface ends.' },
  palisade_firewall_clock_offset_seconds: { type: 'gauge', of: 'firewall', help: 'Its clock minus that of Palisade.' },
  palisade_firewall_boot_timestamp_seconds: { type: 'gauge', of: 'firewall', help: 'When it was started.' },
  palisade_firewall_update_offered: { type: 'gauge', of: 'firewall', help: '1 while an update is offered, else 0; absent while that is not known.' },
  palisade_firewall_update_check_timestamp_seconds: { type: 'gauge', of: 'firewall', help: 'When it last looked for updates.' },
  palisade_firewall_reboot_pending: { type: 'gauge', of: 'firewall', help: '1 while an update waits for a reboot, else 0; absent while that is not known.' },
  palisade_firewall_last_backup_timestamp_seconds: { type: 'gauge', of: 'firewall', help: 'When its configuration was last backed up, or confirmed as unchanged.' },
  palisade_firewall_drift: { type: 'gauge', of: 'firewall', help: '1 while its configuration differs from the one that an operator accepted, else 0; absent while none was accepted.' },
  palisade_firewall_alerts: { type: 'gauge', of: 'firewall', labels: ['severity'], help: 'Its alerts that are not resolved, without those that are a consequence of another.' },

  palisade_customer_firewalls: { type: 'gauge', of: 'customer', labels: ['state'], help: 'Firewalls of the customer by state.' },
  palisade_customer_gateways: { type: 'gauge', of: 'customer', labels: ['status'], help: 'Gateways of the customer by status: up, degraded, down; absent while no firewall reports any.' },
  palisade_customer_tunnels: { type: 'gauge', of: 'customer', labels: ['status'], help: 'VPN tunnels of the customer by status: up, down; absent while no firewall reports any.' },
  palisade_customer_updates_offered: { type: 'gauge', of: 'customer', help: 'Firewalls of the customer to which an update is offered; absent while that is known of none.' },
  palisade_customer_reboots_pending: { type: 'gauge', of: 'customer', help: 'Firewalls of the customer on which an update waits for a reboot; absent while that is known of none.' },
  palisade_customer_without_recent_backup: { type: 'gauge', of: 'customer', help: 'Firewalls of the customer, paused ones left out, without a backup of the last 3 days.' },
  palisade_customer_drifted: { type: 'gauge', of: 'customer', help: 'Firewalls of the customer whose configuration differs from the accepted one; absent while none was accepted.' },
  palisade_customer_certificate_expiry_timestamp_seconds: { type: 'gauge', of: 'customer', help: 'When the first of the certificates of the firewalls of the customer ends.' },
  palisade_customer_alerts: { type: 'gauge', of: 'customer', labels: ['severity', 'state'], help: 'Alerts of the customer that are open or acknowledged, without those that are a consequence of another.' },

  palisade_scrape_firewalls_left_out: { type: 'gauge', of: 'scrape', help: 'Firewalls that have no series of their own in this answer.' },

  palisade_build_info: { type: 'gauge', of: 'installation', labels: ['version', 'node', 'migration'], help: 'Always 1; says what runs.' },
  palisade_workers: { type: 'gauge', of: 'installation', help: 'Workers that were heard of in the last minute.' },
  palisade_worker_last_heartbeat_timestamp_seconds: { type: 'gauge', of: 'installation', help: 'When a worker was last heard of.' },
  palisade_visit_lag_seconds: { type: 'gauge', of: 'installation', labels: ['quantile'], help: 'How long firewalls wait for a visit that is due.' },
  palisade_visits_due: { type: 'gauge', of: 'installation', help: 'Visits that are due or under way.' },
  palisade_visits_overdue: { type: 'gauge', of: 'installation', help: 'Visits that are due for longer than one interval of the firewall.' },
  palisade_visits_backing_off: { type: 'gauge', of: 'installation', help: 'Firewalls that are visited less often because they were silent.' },
  palisade_visit_leases: { type: 'gauge', of: 'installation', help: 'Visits under way.' },
  palisade_call_leases: { type: 'gauge', of: 'installation', help: 'Calls to firewalls under way.' },
  palisade_queue_jobs: { type: 'gauge', of: 'installation', labels: ['queue', 'state'], help: 'Background jobs that wait, run or failed.' },
  palisade_deliveries: { type: 'gauge', of: 'installation', labels: ['state'], help: 'Notices on their way to channels, and those that were not delivered.' },
  palisade_audit_entries_total: { type: 'counter', of: 'installation', help: 'Entries that the audit log ever got.' },
  palisade_audit_last_entry_timestamp_seconds: { type: 'gauge', of: 'installation', help: 'When the newest entry of the audit log was written.' },
  palisade_audit_last_checkpoint_timestamp_seconds: { type: 'gauge', of: 'installation', help: 'When the audit log was last signed.' },
  palisade_audit_unsigned_entries: { type: 'gauge', of: 'installation', help: 'Entries of the audit log after its last signature.' },
  palisade_audit_chain_intact: { type: 'gauge', of: 'installation', help: '1 when the last verification found the audit log whole, else 0; absent before the first.' },
  palisade_audit_last_verification_timestamp_seconds: { type: 'gauge', of: 'installation', help: 'When the audit log was last verified.' },
  palisade_audit_copy_waiting_entries: { type: 'gauge', of: 'installation', labels: ['copy'], help: 'Entries that a copy of the audit log does not have yet; paused copies are left out.' },
  palisade_audit_copy_last_success_timestamp_seconds: { type: 'gauge', of: 'installation', labels: ['copy'], help: 'When a copy of the audit log last took entries.' },
  palisade_audit_copy_failures: { type: 'gauge', of: 'installation', labels: ['copy'], help: 'Tries in a row that a copy of the audit log failed.' },
  palisade_database_size_bytes: { type: 'gauge', of: 'installation', help: 'Size of the database.' },
  palisade_installation_backup_timestamp_seconds: { type: 'gauge', of: 'installation', help: 'When the installation was last backed up.' },

  process_resident_memory_bytes: { type: 'gauge', of: 'process', help: 'Memory of the web process that answered.' },
  process_cpu_seconds_total: { type: 'counter', of: 'process', help: 'Processor time of the web process that answered.' },
  process_start_time_seconds: { type: 'gauge', of: 'process', help: 'When the web process that answered was started.' },
  nodejs_heap_size_used_bytes: { type: 'gauge', of: 'process', help: 'JavaScript heap in use of the web process that answered.' },
  nodejs_eventloop_lag_seconds: { type: 'gauge', of: 'process', labels: ['quantile'], help: 'How late the event loop of the web process was since the last scrape.' },
} as const satisfies Record<string, Metric>

export type MetricName = keyof typeof METRICS
export type MetricOf<K extends Metric['of']> = { [N in MetricName]: (typeof METRICS)[N]['of'] extends K ? N : never }[MetricName]
