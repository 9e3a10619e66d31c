import { expect, it } from 'vitest'
import { keepDraft, keptOf } from './kept-draft'

const START = { name: 'NOC', to: ['noc@kestrel.example'], password: '' }
const typed = { ...keptOf(START), draft: { ...START, name: 'Night desk', password: 'Seven oboes' } }

it('what is typed outlives a change by somebody else, of which it is told', () => {
  const now = { ...START, name: 'Operations', to: ['ops@kestrel.example'] }
  expect(keepDraft(typed, now)).toEqual({ base: now, draft: { name: 'Night desk', to: ['ops@kestrel.example'], password: 'Seven oboes' }, changedMeanwhile: true })
})

it('a form that nobody touched follows, and says nothing', () => {
  const now = { ...START, name: 'Operations' }
  expect(keepDraft(keptOf(START), now)).toEqual(keptOf(now))
})

it('what was read again and is the same changes nothing', () => {
  expect(keepDraft(typed, { ...START, to: [...START.to] })).toBe(typed)
})

it('whoever typed the same as the other one has nothing to decide', () => {
  const now = { ...START, name: 'Night desk' }
  expect(keepDraft({ ...keptOf(START), draft: now }, now)).toEqual(keptOf(now))
})
