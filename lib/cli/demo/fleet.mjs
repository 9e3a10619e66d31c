// The demo's fleet: 24 firewalls of five customers, in the states that people want to see.

export const CUSTOMERS = [
  { name: 'Kestrel Logistics', sites: [['Rotterdam', 'Europe/Amsterdam'], ['Hamburg', 'Europe/Berlin']] },
  { name: 'Pinewood Schools', sites: [['Elm Street', 'Europe/London'], ['Ash Street', 'Europe/London'], ['Oakfield', 'Europe/London']] },
  { name: 'Mistral Foods', sites: [['Lyon', 'Europe/Paris'], ['Metz', 'Europe/Paris']] },
  { name: 'Brightwater Hotels', sites: [['Oslo', 'Europe/Oslo'], ['Malmö', 'Europe/Stockholm'], ['Gävle', 'Europe/Stockholm']] },
  { name: 'Orchard Legal', sites: [['Bergen', 'Europe/Oslo'], ['Tromsø', 'Europe/Oslo']] },
]

const small = { rules: 40, arp: 30, aliases: 8 }
const branch = { rules: 96, arp: 148, aliases: 22 }
const large = { rules: 212, arp: 391, aliases: 64 }
const minor = (version, downloadSize) => ({ offer: { version, downloadSize, needsReboot: true }, checked: true })

/**
 * `asRecorded`: with the recorded gateway that is down and the stopped services; `lossPercent`: with a lossy gateway.
 * `add` is told to the simulated firewall from the start, `later` after its first visit. `check` makes it look for updates.
 */
export const FIREWALLS = [
  { name: 'kl-rtm-fw1', site: 'Rotterdam', family: 'opnsense', version: '26.1', tags: ['edge'], add: { size: large }, later: { scenario: 'dead' } },
  { name: 'kl-rtm-fw2', site: 'Rotterdam', family: 'opnsense', version: '26.1', tags: ['edge'], add: { size: branch, ...minor('26.1.10', '84 MiB') } },
  { name: 'kl-ham-fw1', site: 'Hamburg', family: 'opnsense', version: '26.7', tags: ['edge'], add: { size: branch } },
  { name: 'kl-ham-fw2', site: 'Hamburg', family: 'pfsense-v2', version: '2.10', tags: ['warehouse'], add: { size: small } },
  { name: 'pw-elm-fw1', site: 'Elm Street', family: 'opnsense', version: '26.7', tags: ['school'], add: { size: branch, ...minor('26.7.3', '47 MiB') } },
  { name: 'pw-elm-fw2', site: 'Elm Street', family: 'opnsense', version: '26.1', tags: ['school', 'edge'], add: { size: small }, lossPercent: 12 },
  { name: 'pw-ash-fw1', site: 'Ash Street', family: 'opnsense', version: '26.7', tags: ['school', 'ha'], add: { size: large } },
  { name: 'pw-ash-fw2', site: 'Ash Street', family: 'opnsense', version: '26.7', tags: ['school', 'ha'], add: { size: large }, haPeer: 'pw-ash-fw1' },
  { name: 'pw-oak-fw1', site: 'Oakfield', family: 'pfsense-v1', version: '1.9', tags: ['school'], add: { size: small } },
  { name: 'mf-lyon-fw1', site: 'Lyon', family: 'opnsense', version: '26.7', tags: ['plant'], add: { size: large } },
  { name: 'mf-lyon-fw2', site: 'Lyon', family: 'opnsense', version: '25.7', tags: ['plant'], add: { size: branch, offer: { version: '26.1', major: true, downloadSize: '612 MiB', needsReboot: true }, checked: true } },
  { name: 'mf-lyon-fw3', site: 'Lyon', family: 'opnsense', version: '26.1', tags: ['plant'], add: { size: small }, later: { revoke: 'key' } },
  { name: 'mf-metz-fw1', site: 'Metz', family: 'pfsense-v2', version: '2.7', tags: [], add: { size: small }, pause: 'the site is moving' },
  { name: 'mf-metz-fw2', site: 'Metz', family: 'pfsense-v1', version: '1.5', tags: [], add: { size: small } },
  { name: 'bw-oslo-fw1', site: 'Oslo', family: 'pfsense-v2', version: '2.10', tags: ['hotel'], add: { size: branch }, later: { removePackage: true } },
  { name: 'bw-oslo-fw2', site: 'Oslo', family: 'pfsense-v2', version: '2.10', tags: ['hotel'], add: { size: branch, ...minor('2.8.2', '') }, commands: true, check: true },
  { name: 'bw-malmo-fw1', site: 'Malmö', family: 'pfsense-v2', version: '2.7', tags: ['hotel'], add: { size: branch } },
  { name: 'bw-gavle-fw1', site: 'Gävle', family: 'pfsense-v2', version: '2.10', tags: ['hotel'], add: { size: small } },
  { name: 'bw-gavle-fw2', site: 'Gävle', family: 'opnsense', version: '25.1', tags: ['hotel'], add: { size: small }, asRecorded: true },
  { name: 'ol-bergen-fw1', site: 'Bergen', family: 'pfsense-v2', version: '2.10', tags: ['legal'], add: { size: small }, later: { certificate: 'new-key' } },
  { name: 'ol-bergen-fw2', site: 'Bergen', family: 'opnsense', version: '26.7', tags: ['legal'], add: { size: branch }, later: { certificate: 'same-key' } },
  { name: 'ol-tromso-fw1', site: 'Tromsø', family: 'opnsense', version: '25.7', tags: ['legal'], add: { size: small } },
  { name: 'ol-tromso-fw2', site: 'Tromsø', family: 'pfsense-v1', version: '1.9', tags: ['legal'], add: { size: small, ...minor('2.7.3', '') }, check: true },
  { name: 'ol-tromso-fw3', site: 'Tromsø', family: 'pfsense-v2', version: '2.10', tags: ['legal'], add: { size: small, settings: { login_protection: false } } },
]
