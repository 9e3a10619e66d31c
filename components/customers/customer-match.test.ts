import { expect, it } from 'vitest'
import type { CustomerDto } from '@/lib/customers/input'
import type { SiteDto } from '@/lib/sites/input'
import { matchCustomers } from './customer-match'

const customer = (id: string, name: string): CustomerDto => ({ id, name, firewallCount: 0, siteCount: 0, createdAt: '', etag: '' })
const site = (id: string, name: string, owner: CustomerDto): SiteDto => ({
  id,
  name,
  customer: owner,
  timeZone: 'UTC',
  firewallCount: 0,
  createdAt: '',
  etag: '',
})

const [kestrel, mistral] = [customer('1', 'Kestrel Logistics'), customer('2', 'Mistral Foods')]
const sites = [site('a', 'Rotterdam', kestrel), site('b', 'Lyon', mistral), site('c', 'Metz', mistral)]
const names = (search: string) => matchCustomers([kestrel, mistral], sites, search).map((each) => [each.customer.name, ...each.sites.map(({ name }) => name)])

it('shows everything without a text', () =>
  expect(names('  ')).toEqual([
    ['Kestrel Logistics', 'Rotterdam'],
    ['Mistral Foods', 'Lyon', 'Metz'],
  ]))
it('shows all sites of a customer that matches', () => expect(names('mistral')).toEqual([['Mistral Foods', 'Lyon', 'Metz']]))
it('shows only the sites that match', () => expect(names('LYON')).toEqual([['Mistral Foods', 'Lyon']]))
it('is empty when nothing matches', () => expect(names('oslo')).toEqual([]))
