import { expect, it } from 'vitest'
import { fromWholeLine, hideSecrets, tailOf } from './log-text'

const LINE = 'pkg: https://user:s3cret@mirror.example/repo'

it('hides what looks like a secret, and nothing more the second time', () => {
  const hidden = hideSecrets(`${LINE}\napi_key=abcdef123456`)
  expect(hidden).toBe('pkg: https://user:(hidden)@mirror.example/repo\napi_key=(hidden)')
  expect(hideSecrets(hidden)).toBe(hidden)
})

it('cuts after hiding, and begins with a whole line', () => {
  const log = `${LINE}\n${'.'.repeat(20)}`
  for (let max = 1; max <= log.length; max += 1) expect([max, tailOf(log, max).includes('s3cret')]).toEqual([max, false])
  expect(tailOf(log, 30)).toBe('.'.repeat(20))
  expect(tailOf(log, 200)).toBe(hideSecrets(log))
  expect(tailOf('.'.repeat(50), 10)).toBe('.'.repeat(10))
})

it('leaves nothing of a cut line', () => expect([fromWholeLine('s3cret@mirror.example\nnext'), fromWholeLine('s3cret')]).toEqual(['next', '']))
