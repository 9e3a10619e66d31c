import { expect, it } from 'vitest'
import { readBackupsView, writeBackupsView } from './backups-view'

it('reads what it wrote, and leaves the rest of the address', () => {
  const query = writeBackupsView('?customer=1', { search: 'edge ', state: 'failing' })
  expect(query).toContain('customer=1')
  expect(readBackupsView(new URLSearchParams(query))).toEqual({ search: 'edge ', state: 'failing' })
  expect(writeBackupsView(query, { search: '', state: null })).toBe('?customer=1')
})

it('takes a state that it does not know as none', () => expect(readBackupsView(new URLSearchParams('state=perfect'))).toEqual({ search: '', state: null }))
