import { expect, it } from 'vitest'
import { hear } from './heard'

const critical = (id: string) => ({ id, severity: 'critical', state: 'open', sentence: `${id} does not answer.` }) as const
const told = (announced: ReturnType<typeof hear>) => announced.told.map(({ id }) => id)

it('two at once are both told, and so is one that comes right after them; each once', () => {
  const before = hear(null, 'open', [critical('old')])
  expect(told(before)).toEqual([])
  const two = hear(before, 'open', [critical('first'), critical('second'), critical('old')])
  const third = hear(two, 'open', [critical('third'), critical('first'), critical('old')])
  expect(told(third)).toEqual(['first', 'second', 'third'])
  expect(hear(third, 'open', [critical('second'), critical('old')])).toBe(third)
})

it('two with the same words are two', () => {
  const same = (id: string) => ({ ...critical(id), sentence: 'The site does not answer.' })
  expect(told(hear(hear(hear(null, 'open', []), 'open', [same('one')]), 'open', [same('one'), same('two')]))).toEqual(['one', 'two'])
})

it('what another filter shows is not new, and not told again under the first', () => {
  const all = hear(null, 'all', [critical('old')])
  const kestrel = hear(all, 'kestrel', [critical('of kestrel')])
  expect([told(kestrel), told(hear(kestrel, 'all', [critical('of kestrel'), critical('old')]))]).toEqual([[], []])
})

it('warnings and what somebody looks after are not told', () => {
  const before = hear(null, 'open', [])
  expect(hear(before, 'open', [{ ...critical('disk'), severity: 'warning' }, { ...critical('line'), state: 'acknowledged' }])).toBe(before)
})

it('the last ten stand there', () => {
  let announced = hear(null, 'open', [])
  for (let n = 0; n < 30; n += 1) announced = hear(announced, 'open', [critical(`fw${n}`)])
  expect(told(announced)).toEqual(Array.from({ length: 10 }, (_, n) => `fw${n + 20}`))
})
