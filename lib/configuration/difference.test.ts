import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAYOUTS, treeOf, xmlOf, type AliasModel, type ConfigurationModel, type Layout, type RuleModel, type UserModel } from '@/lib/testing/configurations'
import { compareTrees } from './difference'
import type { ItemChange } from './dto'

const SEED = Math.floor(Math.random() * 2 ** 31)
const RUNS = { seed: SEED, numRuns: 80 }

const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzäß<&> '), minLength: 1, maxLength: 12 }).map((text) => `n${text.replace(/ +/g, ' ').trim()}`)
const rule = fc.record({ id: fc.nat(100_000), name: word, interface: fc.constantFrom('wan' as const, 'lan' as const, 'opt1' as const), source: fc.ipV4(), port: fc.integer({ min: 1, max: 65_535 }), disabled: fc.boolean() })
/** Names alone identify an alias in one of the layouts, so two never look like one that was renamed. */
const alias = fc.record({ id: fc.nat(100_000), entries: fc.uniqueArray(fc.ipV4(), { minLength: 1, maxLength: 6 }) }).map(({ id, entries }): AliasModel => ({ id, name: `alias_${id}`, entries: [`198.51.${id >> 8}.${id & 255}`, ...entries] }))
const user = fc.record({ id: fc.nat(100_000), hash: fc.string({ unit: fc.constantFrom(...'abcdefABCDEF0123456789./'), minLength: 20, maxLength: 30 }), group: word }).map(({ id, hash, group }): UserModel => ({ id, name: `user${id}`, hash: `$2y$10$${hash}`, group }))
const byId = <T extends { id: number }>(one: fc.Arbitrary<T>, maxLength: number) => fc.uniqueArray(one, { selector: ({ id }) => id, maxLength })
const model = fc.record({ rules: byId(rule, 14), aliases: byId(alias, 8), users: byId(user, 5), hostname: word, savedAt: fc.integer({ min: 1_600_000_000, max: 1_800_000_000 }) })

type Edited = { model: ConfigurationModel; expected: Set<string> }
const name = (kind: 'rule' | 'alias' | 'user', id: number, what: string) => `${kind} ${id} ${what}`

/** Each thing is kept, dropped or changed by one number of `dice`; what that does to it is known. */
function edit<T extends { id: number }>(kind: 'rule' | 'alias' | 'user', items: readonly T[], dice: readonly number[], change: (item: T) => T, expected: Set<string>): T[] {
  return items.flatMap((item, index) => {
    const die = dice[index] ?? 9
    if (die === 0) expected.add(name(kind, item.id, 'removed'))
    if (die === 1) expected.add(name(kind, item.id, 'changed'))
    return die === 0 ? [] : [die === 1 ? change(item) : item]
  })
}

function edited(before: ConfigurationModel, dice: readonly number[], added: Pick<ConfigurationModel, 'rules' | 'aliases' | 'users'>): Edited {
  const expected = new Set<string>()
  const fresh = <T extends { id: number }>(kind: 'rule' | 'alias' | 'user', items: readonly T[], there: readonly T[]) =>
    items.filter(({ id }) => !there.some((other) => other.id === id)).map((item) => {
      expected.add(name(kind, item.id, 'added'))
      return item
    })
  const rules = edit('rule', before.rules, dice, (item): RuleModel => ({ ...item, name: `${item.name} changed`, disabled: !item.disabled }), expected)
  const aliases = edit('alias', before.aliases, dice.slice(14), (item): AliasModel => ({ ...item, entries: [...item.entries, '203.0.113.77'] }), expected)
  const users = edit('user', before.users, dice.slice(22), (item): UserModel => ({ ...item, hash: `${item.hash}x` }), expected)
  // Stamps move with every save and never count.
  return { model: { ...before, savedAt: before.savedAt + 60, rules: [...rules, ...fresh('rule', added.rules, before.rules)], aliases: [...aliases, ...fresh('alias', added.aliases, before.aliases)], users: [...users, ...fresh('user', added.users, before.users)] }, expected }
}

const KINDS: Readonly<Record<string, 'rule' | 'alias' | 'user'>> = { 'filter/rule': 'rule', 'aliases/alias': 'alias', 'OPNsense/Firewall/Alias/aliases/alias': 'alias', 'system/user': 'user' }

/** Ids are hidden in the result, so a thing is named by what its values say. */
function named(changes: readonly ItemChange[], before: ConfigurationModel, after: ConfigurationModel): string[] {
  return changes.map((change) => {
    const kind = KINDS[change.list]
    const models = change.what === 'removed' ? before : after
    const list: readonly { id: number; name: string }[] = kind === 'rule' ? models.rules : kind === 'alias' ? models.aliases : models.users
    const found = list.find((item) => change.label.includes(`'${item.name}'`) && (kind !== 'rule' || change.label.includes(' on ')))
    return kind && found ? name(kind, found.id, change.what) : `${change.list} ${change.label} ${change.what}`
  })
}

/** Rules of one name are told apart by nothing that the result shows. */
const distinctNames = ({ rules }: ConfigurationModel) => new Set(rules.map(({ name: text }) => text)).size === rules.length
const compare = (layout: Layout, before: ConfigurationModel, after: ConfigurationModel) => compareTrees(treeOf(layout, xmlOf(layout, before)), treeOf(layout, xmlOf(layout, after))).changes

describe.each(LAYOUTS)('differences, layout %s', (layout) => {
  it(`names every edit and invents none (seed ${SEED})`, () => {
    fc.assert(
      fc.property(model, fc.array(fc.nat(9), { minLength: 27, maxLength: 27 }), fc.record({ rules: byId(rule, 3), aliases: byId(alias, 3), users: byId(user, 2) }), (before, dice, added) => {
        const { model: after, expected } = edited(before, dice, added)
        fc.pre(distinctNames(before) && distinctNames(after))
        const found = named(compare(layout, before, after), before, after)
        expect(found.sort()).toEqual([...expected].sort())
      }),
      RUNS,
    )
  })

  it(`recognises the one rule that was moved, and calls nothing else changed (seed ${SEED})`, () => {
    fc.assert(
      fc.property(byId(rule, 12), fc.nat(), fc.nat(), (drawn, from, to) => {
        const rules = drawn.map((one, index): RuleModel => ({ ...one, name: `rule ${index}`, interface: 'lan' }))
        fc.pre(rules.length > 2)
        const base: ConfigurationModel = { rules, aliases: [], users: [], hostname: 'fw', savedAt: 1 }
        const [source, target] = [from % rules.length, to % rules.length]
        const moved = rules.toSpliced(source, 1).toSpliced(target, 0, ...rules.slice(source, source + 1))
        const changes = compare(layout, base, { ...base, rules: moved })
        // Neighbours that changed places: either of the two may be called the moved one.
        if (source === target) expect(changes).toEqual([])
        else {
          expect(changes).toHaveLength(1)
          expect(changes[0]).toMatchObject({ what: 'moved', moved: true, values: [] })
          if (Math.abs(source - target) > 1) expect(changes[0]).toMatchObject({ label: `Rule 'rule ${source}' on LAN`, placeBefore: source + 1, placeAfter: target + 1 })
        }
      }),
      RUNS,
    )
  })

  it(`is nothing for the same, whatever the stamps say (seed ${SEED})`, () => {
    fc.assert(fc.property(model, fc.nat(100_000), (before, later) => {
      expect(compare(layout, before, { ...before, savedAt: before.savedAt + later })).toEqual([])
    }), RUNS)
  })

  it(`says the opposite the other way round (seed ${SEED})`, () => {
    const turned = { added: 'removed', removed: 'added', changed: 'changed', moved: 'moved' } as const
    fc.assert(
      fc.property(model, model, (before, after) => {
        const there = compareTrees(treeOf(layout, xmlOf(layout, before)), treeOf(layout, xmlOf(layout, after)))
        const back = compareTrees(treeOf(layout, xmlOf(layout, after)), treeOf(layout, xmlOf(layout, before)))
        expect(back.counts).toEqual({ added: there.counts.removed, removed: there.counts.added, changed: there.counts.changed, moved: there.counts.moved })
        const changed = (changes: readonly ItemChange[], turn: boolean) => changes.filter(({ what }) => what !== 'moved').map(({ list, what, values }) => JSON.stringify([list, turn ? turned[what] : what, values.map(({ path, before: old, after: now }) => (turn ? [path, now, old] : [path, old, now])).sort()])).sort()
        expect(changed(back.changes, true)).toEqual(changed(there.changes, false))
      }),
      { ...RUNS, numRuns: 40 },
    )
  })
})

const base: ConfigurationModel = {
  hostname: 'fw',
  savedAt: 1_700_000_000,
  rules: [{ id: 1, name: 'Allow web', interface: 'lan', source: '10.0.0.0/8', port: 443, disabled: false }],
  aliases: [{ id: 1, name: 'Servers', entries: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] }],
  users: [{ id: 2000, name: 'anna', hash: '$2y$10$abcdefghijklmnopqrstuv', group: 'admins' }],
}

describe('what people read', () => {
  it.each(LAYOUTS)('an alias that was renamed is one change, layout %s', (layout) => {
    const changes = compare(layout, base, { ...base, aliases: [{ id: 1, name: 'WebServers', entries: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] }] })
    expect(changes).toMatchObject([{ what: 'changed', section: 'aliases', label: "Alias 'WebServers'", labelBefore: "Alias 'Servers'", values: [{ path: 'name', before: 'Servers', after: 'WebServers', secret: false }] }])
  })

  it.each(LAYOUTS)('of a long list, the entries that came and went, layout %s', (layout) => {
    const [change] = compare(layout, base, { ...base, aliases: [{ id: 1, name: 'Servers', entries: ['192.0.2.1', '192.0.2.3', '192.0.2.9'] }] })
    expect(change?.values[0]).toMatchObject({ added: ['192.0.2.9'], removed: ['192.0.2.2'] })
  })

  it('who changed a rule last and when, values side by side', () => {
    const [change] = compare('pfsense-v2', base, { ...base, savedAt: 1_700_000_600, rules: base.rules.map((one) => ({ ...one, port: 8443 })) })
    expect(change).toMatchObject({ label: "Rule 'Allow web' on LAN", changedBy: 'anna', changedAt: '2023-11-14T22:23:20.000Z', values: [{ path: 'destination/port', before: '443', after: '8443' }] })
  })

  it('a password is only said to have changed', () => {
    const [change] = compare('opnsense', base, { ...base, users: base.users.map((one) => ({ ...one, hash: '$2y$10$zzzzzzzzzzzzzzzzzzzzzz' })) })
    expect(change?.values).toEqual([{ path: 'password', before: '[secret]', after: '[secret]', secret: true }])
  })

  it('JSON of the same configuration differs in nothing from its XML', () => {
    const json = JSON.stringify({ status: 'ok', data: { version: '24.1', system: { hostname: 'fw', user: [{ name: 'anna', uid: '2000', groupname: 'admins', 'bcrypt-hash': '$2y$10$abcdefghijklmnopqrstuv' }] }, interfaces: { wan: { if: 'em0', descr: 'WAN' }, lan: { if: 'em1' }, opt1: { if: 'em2', descr: 'DMZ' } }, filter: { rule: [{ tracker: '1', type: 'pass', interface: 'lan', source: { address: '10.0.0.0/8' }, destination: { any: '', port: '443' }, descr: 'Allow web' }] }, aliases: { alias: [{ name: 'Servers', type: 'host', address: '192.0.2.1 192.0.2.2 192.0.2.3', descr: 'of 192.0.2.1', detail: 'at 192.0.2.1||at 192.0.2.2||at 192.0.2.3' }] } } })
    expect(compareTrees(treeOf('pfsense-v1', json, 'json'), treeOf('pfsense-v2', xmlOf('pfsense-v2', base))).changes).toEqual([])
  })
})
