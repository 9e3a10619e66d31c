import { expect, it } from 'vitest'
import { changesBetween } from './audit-changes'

it('names only what differs', () =>
  expect(
    changesBetween({ name: 'a', site: { name: 'Lyon', zone: 'UTC' }, tags: ['x'] }, { name: 'b', site: { name: 'Lyon', zone: 'Europe/Paris' }, tags: ['x'] }),
  ).toEqual([
    { field: 'name', before: 'a', after: 'b' },
    { field: 'site.zone', before: 'UTC', after: 'Europe/Paris' },
  ]))
it('shows what came and what went', () => {
  expect(changesBetween(null, { name: 'a', siteId: null })).toEqual([
    { field: 'name', before: null, after: 'a' },
    { field: 'siteId', before: null, after: 'null' },
  ])
  expect(changesBetween({ name: 'a' }, null)).toEqual([{ field: 'name', before: 'a', after: null }])
})
it('treats a list as one thing', () =>
  expect(changesBetween({ tags: ['a'] }, { tags: ['a', 'b'] })).toEqual([{ field: 'tags', before: '["a"]', after: '["a","b"]' }]))
it('is empty without a difference', () => {
  expect(changesBetween({ a: 1 }, { a: 1 })).toEqual([])
  expect(changesBetween(null, null)).toEqual([])
  expect(changesBetween({}, null)).toEqual([{ field: 'value', before: '{}', after: null }])
})
