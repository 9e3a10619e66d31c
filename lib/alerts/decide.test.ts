// What the engine decides, moment after moment, without a database.
import { describe, expect, it } from 'vitest'
import { AlertTimeline, at, facts, gateway, silent } from '@/lib/testing/alert-timeline'

/** One look each minute from `from` to `to`; `world` says how the firewalls are then. */
function run(line: AlertTimeline, from: number, to: number, world: (now: Date, minute: number) => ReturnType<typeof facts>[]): void {
  for (let minute = from; minute <= to; minute += 1) line.look(at(minute), world(at(minute), minute))
}
const kinds = (line: AlertTimeline) => line.notices.map(({ kind, severity, facts: { title } }) => `${kind} ${severity} ${title}`)

describe('hysteresis', () => {
  it('opens when it lasted and resolves when it was over for a while; what did not last was nothing', () => {
    const line = new AlertTimeline()
    run(line, 0, 20, (now, minute) => [facts('1', now, minute >= 2 && minute < 6 ? silent(at(2), now) : minute >= 8 && minute < 15 ? silent(at(8), now) : {})])
    expect(kinds(line)).toEqual(['alert-opened critical Unreachable', 'alert-resolved critical Unreachable'])
    expect(line.alerts).toMatchObject([{ state: 'resolved', openedAt: at(13), resolvedAt: at(17), since: at(8) }])
    expect(line.events.map(({ what }) => what)).toEqual(['opened', 'resolved'])
  })
  it('a value between the bound and five points below keeps an alert open and opens none', () => {
    const line = new AlertTimeline()
    const disk = (minute: number) => (minute < 5 ? 88 : minute < 20 ? 91 : minute < 60 ? 86 : 84)
    run(line, 0, 59, (now, minute) => [facts('1', now, { diskPercent: disk(minute) })])
    expect(line.live()).toEqual(['1 disk-full'])
    expect(line.alerts[0]?.facts).toMatchObject({ value: 91, threshold: 90 })
    run(line, 60, 66, (now, minute) => [facts('1', now, { diskPercent: disk(minute) })])
    expect(kinds(line)).toEqual(['alert-opened warning Disk full', 'alert-resolved warning Disk full'])
  })
  it('a certificate gets worse when it ends soon: an event, a notice, and open again for who had acknowledged it', () => {
    const line = new AlertTimeline()
    const look = (day: number) => line.look(at(day * 1_440), [facts('1', at(day * 1_440), { certificateEndsAt: at(20 * 1_440) })])
    for (let day = 0; day < 10; day += 1) look(day)
    expect(kinds(line)).toEqual(['alert-opened warning Certificate ends'])
    line.alerts = line.alerts.map((alert) => ({ ...alert, state: 'acknowledged' as const }))
    for (let day = 10; day < 21; day += 1) look(day)
    expect(kinds(line)).toEqual(['alert-opened warning Certificate ends', 'alert-escalated critical Certificate ends'])
    expect(line.alerts).toMatchObject([{ state: 'open', severity: 'critical' }])
  })
})

describe('one alert for each cause', () => {
  const pairOf = (now: Date, one: object, other: object, siteFirewalls = 2) => [facts('1', now, { siteId: 's', siteName: 'Rotterdam', siteFirewalls, ...one }), facts('2', now, { siteId: 's', siteName: 'Rotterdam', siteFirewalls, ...other })]

  it('a site that is down is one alert; who stays silent when it comes back is told after its own time', () => {
    const line = new AlertTimeline()
    const world = (now: Date, minute: number) => pairOf(now, minute >= 2 && minute < 20 ? silent(at(2), now) : {}, minute >= 4 ? silent(at(4), now) : {})
    run(line, 0, 19, world)
    expect(line.live()).toEqual(['1 unreachable site'])
    expect(line.notices).toMatchObject([{ kind: 'alert-opened', at: at(7), facts: { sentence: 'Rotterdam does not answer: all 2 firewalls are silent.', firewallName: null, effects: 2 } }])
    run(line, 20, 26, world)
    expect(line.live()).toEqual([])
    run(line, 27, 40, world)
    expect(line.live()).toEqual(['2 unreachable'])
    expect(line.notices.map(({ kind, at: when }) => [kind, when])).toEqual([['alert-opened', at(7)], ['alert-resolved', at(22)], ['alert-opened', at(27)]])
  })
  it('a member that was told long before is folded into its site, and told no second time', () => {
    const line = new AlertTimeline()
    const world = (now: Date, minute: number) => pairOf(now, silent(at(0), now), minute >= 60 && minute < 90 ? silent(at(60), now) : {})
    run(line, 0, 64, world)
    expect(line.live()).toEqual(['1 unreachable'])
    run(line, 65, 89, world)
    expect(line.live()).toEqual(['1 unreachable (follows)', '1 unreachable site'])
    run(line, 90, 100, world)
    expect(line.live()).toEqual(['1 unreachable'])
    expect(kinds(line)).toHaveLength(3)
  })
  it('one of a site that answers, is paused or new keeps it from being a site that is down', () => {
    const line = new AlertTimeline()
    run(line, 0, 10, (now) => pairOf(now, silent(at(0), now), { pausedAt: at(-5) }, 1))
    expect(line.live()).toEqual(['1 unreachable'])
  })
  it('both members of a pair at one site with others are one alert', () => {
    const line = new AlertTimeline()
    run(line, 0, 10, (now) => [facts('1', now, { ...silent(at(0), now), haPeerId: '2', siteId: 's', siteFirewalls: 3 }), facts('2', now, { ...silent(at(1), now), haPeerId: '1', siteId: 's', siteFirewalls: 3 }), facts('3', now, { siteId: 's', siteFirewalls: 3 })])
    expect(line.live()).toEqual(['1 unreachable pair'])
    expect(line.notices[0]?.facts.sentence).toBe('fw-1 and fw-2 do not answer, both members of the pair.')
  })
  it('the last gateway takes the tunnels with it; they are told when it is back and they are not', () => {
    const line = new AlertTimeline()
    const world = (now: Date, minute: number) => [facts('1', now, { gateways: [gateway('WAN', minute >= 1 && minute < 30 ? at(1) : null, minute >= 1 && minute < 30 ? 100 : 0)], gatewaysUp: minute >= 1 && minute < 30 ? 0 : 1, tunnels: minute >= 3 && minute < 50 ? [{ key: 'ipsec 1', name: 'to Lyon', since: at(3).toISOString() }] : [] })]
    run(line, 0, 29, world)
    expect(kinds(line)).toEqual(['alert-opened critical Gateway down'])
    expect(line.alerts.find(({ kind }) => kind === 'tunnel-down')).toMatchObject({ state: 'pending', causeId: line.alerts.find(({ kind }) => kind === 'gateway-down')?.id })
    run(line, 30, 60, world)
    expect(line.notices.map(({ kind, at: when, facts: { title } }) => [kind, title, when])).toEqual([['alert-opened', 'Gateway down', at(3)], ['alert-resolved', 'Gateway down', at(32)], ['alert-opened', 'Tunnel down', at(42)], ['alert-resolved', 'Tunnel down', at(55)]])
  })
  it('two gateways that fall together are one alert, one after the other are two', () => {
    const together = new AlertTimeline()
    run(together, 0, 10, (now) => [facts('1', now, { gateways: [gateway('WAN1', at(0)), gateway('WAN2', at(0))], gatewaysUp: 0 })])
    expect(kinds(together)).toEqual(['alert-opened critical Gateway down'])
    const apart = new AlertTimeline()
    run(apart, 0, 40, (now, minute) => [facts('1', now, { gateways: [gateway('WAN1', at(0)), gateway('WAN2', minute >= 20 ? at(20) : null)], gatewaysUp: minute >= 20 ? 0 : 1 })])
    expect(kinds(apart)).toEqual(['alert-opened warning Gateway down', 'alert-opened critical Gateway down'])
  })
  it('a line that stays dead is the last one no more when another is back: what fails then is told', () => {
    const line = new AlertTimeline()
    const wan = (minute: number) => (minute < 20 ? at(0) : null)
    const lte = (minute: number) => (minute >= 10 ? at(10) : null)
    const up = (minute: number) => [wan(minute), lte(minute)].filter((since) => since === null).length
    run(line, 0, 60, (now, minute) => [facts('1', now, { gateways: [gateway('WAN', wan(minute)), gateway('LTE', lte(minute))], gatewaysUp: up(minute), tunnels: minute >= 30 ? [{ key: 'ipsec 1', name: 'to Lyon', since: at(30).toISOString() }] : [] })])
    expect(line.live()).toEqual(expect.arrayContaining(['1 gateway-down LTE', '1 tunnel-down ipsec 1']))
    expect(line.notices.at(-1)).toMatchObject({ kind: 'alert-opened', at: at(40), facts: { title: 'Tunnel down' } })
    expect(line.alerts.find(({ subject }) => subject === 'LTE')?.facts).toMatchObject({ isLast: false })
  })
  it('what a silent firewall said before is neither told nor forgotten', () => {
    const line = new AlertTimeline()
    const down = { gateways: [gateway('WAN', at(0))], gatewaysUp: 0 }
    run(line, 0, 1, (now) => [facts('1', now, down)])
    run(line, 2, 40, (now) => [facts('1', now, { ...down, ...silent(at(2), now) })])
    expect(kinds(line)).toEqual(['alert-opened critical Unreachable'])
    run(line, 41, 60, (now) => [facts('1', now, down)])
    expect(kinds(line)).toEqual(['alert-opened critical Unreachable', 'alert-resolved critical Unreachable', 'alert-opened critical Gateway down'])
  })
  it('two masters are told once; a silent peer swallows nothing', () => {
    const line = new AlertTimeline()
    const master = { haRole: 'master', haRoleSince: at(0) }
    run(line, 0, 10, (now) => [facts('1', now, { haPeerId: '2', ...master }), facts('2', now, { haPeerId: '1', ...master })])
    expect(kinds(line)).toEqual(['alert-opened critical Both members master'])
    expect(line.notices[0]?.facts.sentence).toBe('fw-1 and fw-2 are both master.')
    const peerDown = new AlertTimeline()
    run(peerDown, 0, 30, (now) => [facts('1', now, { haPeerId: '2', cpuPercent: 99 }), facts('2', now, { haPeerId: '1', ...silent(at(0), now) })])
    expect(peerDown.live()).toEqual(['1 cpu-high', '2 unreachable'])
  })
})

describe('who is told', () => {
  it('a window tells nobody; when it ends and it still holds, it is told', () => {
    const line = new AlertTimeline()
    line.silences = [{ id: 'w', customerId: 'c1', siteId: null, firewallId: '1', kind: null, note: 'works on the line', createdByName: 'Mira' }]
    run(line, 0, 10, (now) => [facts('1', now, silent(at(0), now)), facts('2', now, silent(at(0), now))])
    expect(line.notices.map(({ firewallId }) => firewallId)).toEqual(['2'])
    expect(line.alerts.find(({ firewallId }) => firewallId === '1')).toMatchObject({ state: 'open', silenceId: 'w', toldAt: null })
    expect(line.events.find(({ what }) => what === 'silenced')).toMatchObject({ by: 'Mira', note: 'works on the line' })
    line.silences = []
    run(line, 11, 11, (now) => [facts('1', now, silent(at(0), now)), facts('2', now, silent(at(0), now))])
    expect(line.notices.map(({ firewallId }) => firewallId)).toEqual(['2', '1'])
  })
  it('what was told tells its end too, in a window as well', () => {
    const line = new AlertTimeline()
    run(line, 0, 10, (now) => [facts('1', now, silent(at(0), now))])
    line.silences = [{ id: 'w', customerId: 'c1', siteId: null, firewallId: '1', kind: null, note: 'works on the line', createdByName: 'Mira' }]
    run(line, 11, 20, (now, minute) => [facts('1', now, minute < 15 ? silent(at(0), now) : {})])
    expect(line.told()).toEqual(['alert-opened unreachable', 'alert-resolved unreachable'])
  })
  it('a paused firewall, one that is new, and one that was not looked at for long tell nobody', () => {
    const line = new AlertTimeline()
    run(line, 0, 60, (now) => [facts('1', now, { pausedAt: at(-9), cpuPercent: 100, certificateEndsAt: at(9) }), facts('2', now, { ...silent(at(0), now), visitedAt: null, createdAt: at(0) }), facts('3', now, { visitedAt: at(-60), cpuPercent: 100 }), facts('4', now, silent(at(0), at(-60)))])
    expect(line.notices).toEqual([])
    expect(line.live()).toEqual(['1 certificate-ends'])
  })
  it('a rule that is switched off ends what is open, and tells nobody', () => {
    const line = new AlertTimeline()
    run(line, 0, 10, (now) => [facts('1', now, silent(at(0), now))])
    line.rules = [{ kind: 'unreachable', customerId: 'c1', enabled: false, severity: null, threshold: null }]
    run(line, 11, 20, (now) => [facts('1', now, silent(at(0), now))])
    expect(kinds(line)).toEqual(['alert-opened critical Unreachable'])
    expect(line.events.at(-1)).toMatchObject({ what: 'resolved', note: 'The rule was switched off.' })
  })
})

it('what comes and goes is told three times, then once that it flaps, and resolves when it was calm', () => {
  const line = new AlertTimeline()
  // Eight minutes each: three down, five up.
  const isDown = (minute: number) => minute < 240 && minute % 8 < 3
  const since = (minute: number) => at(minute - (minute % 8))
  run(line, 0, 300, (now, minute) => [facts('1', now, { gateways: [gateway('WAN', isDown(minute) ? since(minute) : null), gateway('LTE', null)], gatewaysUp: isDown(minute) ? 1 : 2 })])
  expect(line.alerts).toHaveLength(1)
  expect(line.told()).toEqual(['alert-opened', 'alert-resolved', 'alert-opened', 'alert-resolved', 'alert-opened', 'alert-resolved', 'alert-flapping', 'alert-resolved'].map((word) => `${word} gateway-down`))
  // The last time it was down ended at minute 235.
  expect(line.alerts[0]).toMatchObject({ state: 'resolved', resolvedAt: at(265), flaps: 29, isFlapping: false })
})
