import { describe, expect, it } from 'vitest'
import { holdKeys } from './held-keys'

type Press = Parameters<ReturnType<typeof holdKeys>['press']>[0]
function pressed(key: string, more: Partial<Press> = {}) {
  const event = { key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, target: null, taken: 0, preventDefault: () => (event.taken += 1), stopImmediatePropagation: () => (event.taken += 1), ...more }
  return event
}

describe('keys while a dialog is on its way', () => {
  it('are kept in their order, once, and nothing of the page gets them', () => {
    const held = holdKeys(() => undefined)
    const events = [pressed('4'), pressed('t')]
    for (const event of events) held.press(event)
    expect(events.map(({ taken }) => taken)).toEqual([2, 2])
    expect([held.take(), held.take()]).toEqual([['4', 't'], []])
  })

  it('a key that stays down is none more, and no number of them is kept', () => {
    const held = holdKeys(() => undefined)
    held.press(pressed('s', { repeat: true }))
    expect(held.take()).toEqual([])
    for (let n = 0; n < 1_000; n += 1) held.press(pressed('x'))
    expect(held.take()).toHaveLength(50)
  })

  it('Esc gives up; shortcuts and keys that move go where they go', () => {
    let left = 0
    const held = holdKeys(() => (left += 1))
    held.press(pressed('Escape'))
    const others = [pressed('k', { ctrlKey: true }), pressed('Tab'), pressed('ArrowDown')]
    for (const event of others) held.press(event)
    expect([left, others.map(({ taken }) => taken), held.take()]).toEqual([1, [0, 0, 0], []])
  })
})
