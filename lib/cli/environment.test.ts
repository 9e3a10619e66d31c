import { describe, expect, it } from 'vitest'
import { readEnvironment } from './environment.mjs'

const read = (env: Record<string, string>) => readEnvironment(env, '/opt/palisade')

describe('readEnvironment', () => {
  it('has a default for everything', () => {
    expect(read({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      url: 'http://localhost:3000',
      localUrl: 'http://127.0.0.1:3000',
      dataDir: '/opt/palisade/.data',
      databaseUrl: undefined,
      masterKeyFile: '/opt/palisade/.data/master.key',
      role: 'all',
      workers: 1,
      firstOwner: false,
    })
    expect(read({ PORT: '', HOST: '', PALISADE_URL: '', DATABASE_URL: '', PALISADE_ROLE: '', PALISADE_WORKERS: '' })).toEqual(read({}))
  })

  it('takes what is given', () => {
    const given = read({ PORT: '8080', HOST: '0.0.0.0', PALISADE_URL: 'https://fw.example.net/', PALISADE_DATA_DIR: '/srv/p', PALISADE_WORKERS: '0', PALISADE_ROLE: 'web' })
    expect(given).toMatchObject({ host: '0.0.0.0', port: 8080, url: 'https://fw.example.net', localUrl: 'http://127.0.0.1:8080', dataDir: '/srv/p', masterKeyFile: '/srv/p/master.key', workers: 0, role: 'web' })
    expect(read({ HOST: '::1' }).localUrl).toBe('http://[::1]:3000')
  })

  it.each([
    [{ PORT: '70000' }, /PORT is "70000".*1 to 65535/],
    [{ PORT: '3000x' }, /PORT is "3000x"/],
    [{ HOST: '0.0.0.0' }, /HOST is 0\.0\.0\.0.*PALISADE_URL to the https address/],
    [{ HOST: '10.0.0.5', PALISADE_URL: 'http://fw.example.net' }, /HOST is 10\.0\.0\.5/],
    [{ HOST: '127.0.0.1.example.net' }, /HOST is 127\.0\.0\.1\.example\.net/],
    [{ PALISADE_URL: 'fw.example.net' }, /PALISADE_URL is not an address/],
    [{ PALISADE_URL: 'https://example.net/palisade' }, /Leave the path "\/palisade" out/],
    [{ PALISADE_ROLE: 'boss' }, /PALISADE_ROLE is "boss".*all, web, worker/],
    [{ PALISADE_WORKERS: '65' }, /PALISADE_WORKERS/],
    [{ PALISADE_ADMIN_EMAIL: 'a@example.net' }, /Set both or neither/],
  ])('stops with a sentence on %j', (env: Record<string, string>, sentence) => {
    expect(() => read(env)).toThrow(sentence)
  })

  it('does not repeat a database address, which carries a password', () => {
    expect(() => read({ DATABASE_URL: 'mysql://u:secret-word@db/x' })).toThrow(/^DATABASE_URL is not an address that begins with postgres:\/\/ or postgresql:\/\/\. Correct it and start again\.$/)
  })
})
