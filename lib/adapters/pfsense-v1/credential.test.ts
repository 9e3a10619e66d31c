import { expect, it } from 'vitest'
import { Secret } from '@/lib/core/secret'
import { BASIC, JWT, TOKEN } from './__fixtures__/fake-firewall'
import { basicHeader, credentialMethods, tokenHeader, userOf } from './credential'

it('offers the three methods of the package with the fields of the outside contract', () => {
  expect(credentialMethods.map(({ method, fields }) => [method, fields.map(({ name }) => name)])).toEqual([
    ['basic', ['username', 'password']],
    ['jwt', ['username', 'password']],
    ['token', ['clientId', 'clientToken']],
  ])
  expect(
    credentialMethods
      .flatMap(({ fields }) => fields)
      .filter(({ secret }) => secret)
      .map(({ name }) => name),
  ).toEqual(['password', 'password', 'clientToken'])
  for (const { whereMade, fields } of credentialMethods) {
    expect(whereMade).toContain('Palisade alone')
    for (const field of fields) expect(field.help).not.toBe('')
  }
})

it('encodes Basic as UTF-8', () => expect(basicHeader(new Secret('jö'), new Secret('a:b'))).toBe(`Basic ${Buffer.from('jö:a:b', 'utf8').toString('base64')}`))
it('refuses a user name that would split in two', () => expect(() => basicHeader(new Secret('a:b'), new Secret('c'))).toThrow('colon'))
it.each([
  ['id\r\nX-Evil: 1', 'token'],
  ['id', 'to ken'],
  ['', 'token'],
  ['id', 'tök'],
])('refuses a token header of %j and %j', (id, token) => {
  expect(() => tokenHeader(new Secret(id), new Secret(token))).toThrow('printable')
})
it('knows whose credential it is', () => {
  expect([BASIC, JWT, TOKEN].map(userOf)).toEqual(['palisade', 'palisade', 'palisade'])
  expect(userOf({ method: 'token', clientId: new Secret('61646d696e'), clientToken: new Secret('x') })).toBe('admin')
})
