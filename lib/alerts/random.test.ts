// Random days of firewalls against a model that looks at the whole past each time, and against what must always be so.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AlertTimeline, at, facts, gateway, silent } from '@/lib/testing/alert-timeline'

const MINUTES = 240
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
const numRuns = Number(process.env.DAYS ?? 24)
console.info(`alerts: seed ${seed}`)
/** Stretches of minutes that are well and wrong in turn. */
const stretches = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 40 })
function wrongMinutes(lengths: readonly number[], minutes: number): boolean[] {
  const wrong = lengths.flatMap((length, place) => Array.from({ length }, () => place % 2 === 1))
  return Array.from({ length: minutes }, (_, minute) => wrong[minute] ?? false)
}
const sinceOf = (wrong: readonly boolean[], minute: number): number => {
  let since = minute
  while (since > 0 && wrong[since - 1]) since -= 1
  return since
}

/** Which minutes an alert is open and what was told, by looking back from each minute. */
function model(wrong: readonly boolean[], opensAfter: number, clearsAfter: number) {
  const opened: number[] = []
  const resolved: number[] = []
  const told: string[] = []
  let flapping = false
  const allBack = (minute: number, minutes: number, value: boolean) => minute >= minutes && Array.from({ length: minutes + 1 }, (_, back) => wrong[minute - back]).every((is) => is === value)
  const states = wrong.map((_, minute) => {
    const isOpen = opened.length > resolved.length
    if (!isOpen && allBack(minute, opensAfter, true)) {
      const ended = resolved.at(-1)
      const isBack = ended !== undefined && minute - ended < 60
      // An alert that resolved longer ago is another one; its past counts no more.
      if (!isBack) opened.length = resolved.length = 0
      opened.push(minute)
      flapping = isBack && opened.slice(1).filter((when) => minute - when < 60).length >= 3
      told.push(flapping ? 'alert-flapping' : 'alert-opened')
    } else if (isOpen && allBack(minute, flapping ? 30 : clearsAfter, false) && (opened.at(-1) ?? 0) < minute - (flapping ? 30 : clearsAfter)) {
      resolved.push(minute)
      told.push('alert-resolved')
      flapping = false
    }
    return opened.length > resolved.length
  })
  return { states, told }
}

it('opens, resolves and flaps exactly as the past says', () => {
  fc.assert(
    fc.property(stretches, (lengths) => {
      const wrong = wrongMinutes(lengths, MINUTES)
      const line = new AlertTimeline()
      const states = wrong.map((isDown, minute) => {
        line.look(at(minute), [facts('1', at(minute), { gateways: [gateway('WAN', isDown ? at(sinceOf(wrong, minute)) : null), gateway('LTE', null)] })])
        return line.live().length > 0
      })
      const expected = model(wrong, 2, 2)
      expect(states).toEqual(expected.states)
      expect(line.notices.map(({ kind }) => kind)).toEqual(expected.told)
    }),
    { seed, numRuns },
  )
})

const site = { siteId: 's', siteName: 'Rotterdam', siteFirewalls: 3 }
it('tells of no consequence, nothing twice, and of the end of all that it told', () => {
  fc.assert(
    fc.property(fc.array(stretches, { minLength: 9, maxLength: 9 }), (parts) => {
      const [gone = [], down = [], tunnel = []] = [0, 3, 6].map((first) => parts.slice(first, first + 3).map((lengths) => wrongMinutes(lengths, MINUTES)))
      const line = new AlertTimeline()
      // At the end all are well for long enough that everything is over.
      for (let minute = 0; minute < MINUTES + 90; minute += 1) {
        const now = at(minute)
        line.look(now, [0, 1, 2].map((n) => {
          const isDown = down[n]?.[minute] ?? false
          const measured = { gateways: [gateway('WAN', isDown ? at(sinceOf(down[n] ?? [], minute)) : null)], gatewaysUp: isDown ? 0 : 1, tunnels: tunnel[n]?.[minute] ? [{ key: 't', name: 'to Lyon', since: at(sinceOf(tunnel[n] ?? [], minute)).toISOString() }] : [] }
          return facts(String(n), now, { ...site, ...(n < 2 && { haPeerId: String(1 - n) }), ...measured, ...(gone[n]?.[minute] ? silent(at(sinceOf(gone[n] ?? [], minute)), now) : {}) })
        }))
        for (const alert of line.alerts.filter(({ causeId }) => causeId !== null)) {
          const cause = line.alerts.find(({ id }) => id === alert.causeId)
          expect(['open', 'acknowledged']).toContain(cause?.state)
          expect(cause?.causeId).toBeNull()
        }
      }
      expect(line.alerts.filter(({ state }) => state !== 'resolved')).toEqual([])
      for (const { id } of line.alerts) {
        const told = line.notices.filter(({ alertId }) => alertId === id).map(({ kind }) => kind).filter((kind) => kind !== 'alert-escalated')
        told.forEach((kind, place) => expect(kind === 'alert-resolved').toBe(place % 2 === 1))
        expect(told.length % 2).toBe(0)
      }
      // Nobody hears of gateways and tunnels of a firewall that is silent, nor of tunnels without a gateway.
      for (const { kind, firewallId, at: when, facts: { title } } of line.notices) {
        const minute = (when.getTime() - at(0).getTime()) / 60_000
        if (kind === 'alert-resolved' || title === 'Unreachable') continue
        expect(gone[Number(firewallId)]?.[minute]).not.toBe(true)
        if (title === 'Tunnel down') expect(down[Number(firewallId)]?.[minute]).not.toBe(true)
      }
    }),
    { seed, numRuns: Math.ceil(numRuns / 3) },
  )
})
