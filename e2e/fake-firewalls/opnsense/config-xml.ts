// config.xml of the simulated firewall, for the configuration download. It holds secrets, as the real one does.
const CHANGED_AT = 1_795_345_853

export type HistoryEntry = { id: string; timeSeconds: number }
/** One entry per change, newest first; there is always at least one. */
export const history = (changes: number): HistoryEntry[] =>
  Array.from({ length: changes + 1 }, (_, index) => {
    const timeSeconds = CHANGED_AT + 60 * (changes - index)
    return { id: `config-${timeSeconds}.9722.xml`, timeSeconds }
  })

export function configXml(hostname: string, version: string, entry: HistoryEntry, canary: string | null): string {
  const secret = canary ?? 'simulated'
  return `<?xml version="1.0"?>
<opnsense>
  <theme>opnsense</theme>
  <revision>
    <username>root@127.0.0.1</username>
    <description>/api/firewall/filter/toggle_rule made changes</description>
    <time>${entry.timeSeconds}.97</time>
  </revision>
  <system>
    <optimization>normal</optimization>
    <hostname>${hostname}</hostname>
    <domain>example.internal</domain>
    <firmware version="${version}"/>
    <user uuid="21111111-1111-4111-8111-111111111111">
      <name>root</name>
      <password>$6$rounds=5000$${secret}-hash</password>
    </user>
  </system>
  <interfaces>
    <wan><if>igc0</if><ipaddr>203.0.113.10</ipaddr><subnet>24</subnet><pppoe_password>${secret}-pppoe</pppoe_password></wan>
    <lan><if>igc1</if><ipaddr>192.168.1.1</ipaddr><subnet>24</subnet></lan>
  </interfaces>
</opnsense>
`
}
