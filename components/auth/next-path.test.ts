import { expect, it } from 'vitest'
import { nextPath } from './next-path'

it.each(['/firewalls?state=unreachable', '/audit', '/'])('goes on to %s', (path) => expect(nextPath(path)).toBe(path))
it.each([
  null,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/.//evil.example',
  '/..//evil.example',
  '/%2e//evil.example',
  '/./\\evil.example',
  '/a/..//evil.example',
  '/.\t//evil.example',
])('never leaves for %j', (path) => expect(nextPath(path)).toBe('/'))
