import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { FAMILIES } from '@/lib/adapters/words'
import { familyModules } from '@/lib/adapters/registry'
import { AUDIT_ACTIONS } from '@/lib/audit/actions'
import { CHECK_TRANSITIONS, isFinalCheckState, type CheckStateName } from '@/lib/checks/machine'
import { FIREWALL_ERROR_CODES, FIREWALL_ERRORS } from '@/lib/core/errors'

const ROOT = process.cwd()
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
const filesBelow = (folder: string, ending: RegExp): string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(folder, file))
    .filter((file) => ending.test(file) && !file.includes('/generated/'))
const product = ['app', 'components', 'lib'].flatMap((folder) => filesBelow(folder, /\.tsx?$/)).filter((file) => !/\.(test|spec)\.tsx?$/.test(file) && !file.startsWith('lib/testing/'))
const withoutComments = (source: string) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')

describe('layers', () => {
  it('vendor words stand in the family folders, the registry and the model alone', () => {
    // People build passwords from vendor names too, so the list of common ones holds them.
    const allowed = /^lib\/(adapters\/((opnsense|pfsense-v1|pfsense-v2)\/|registry\.ts|model\.ts|words\.ts)|auth\/common-passwords\.ts)/
    expect(product.filter((file) => !allowed.test(file) && /opnsense|pfsense/i.test(withoutComments(read(file))))).toEqual([])
  })

  it('sockets are opened by the outbound module alone', () => {
    // isIP only looks at a text.
    const opens = /^import (?!\{ isIPv?[46]?(, isIPv?[46]?)* \}).*from '(node:)?(https?|net|tls|http2|dgram)'|from 'undici'|\bfetch\(/m
    const allowed = /^lib\/(outbound\/|queries\/client\.ts)/
    expect(product.filter((file) => !allowed.test(file) && opens.test(withoutComments(read(file))))).toEqual([])
  })

  it('severities are named in one place', () => {
    // Those of advisories are their publishers'.
    expect(product.filter((file) => /'Critical'/.test(withoutComments(read(file))))).toEqual(['components/firmware/severity-looks.ts', 'lib/notices/words.ts'])
  })

  it('what browser code may import is told as it is enforced', () => {
    const enforced = /const BROWSER_SAFE = '([^']+)'/.exec(read('.dependency-cruiser.cjs'))?.[1]?.replaceAll('\\\\', '\\') ?? ''
    const told = read('docs/architecture.md').split('\n').filter((line) => line.startsWith('- `lib/')).join(' ')
    const patterns = [...told.matchAll(/`(lib\/[^`]+)`/g)].map(([, glob = '']) => new RegExp(`^${glob.replace(/[.]/g, '\\.').replace('*', '[^/]+').replace(/\{([^}]+)\}/, (_, names: string) => `(${names.replaceAll(',', '|')})`)}${glob.endsWith('.ts') ? '$' : '/'}`))
    const files = product.filter((file) => file.startsWith('lib/'))
    expect(files.filter((file) => patterns.some((pattern) => pattern.test(file)))).toEqual(files.filter((file) => new RegExp(enforced).test(file)))
  })

  it('the escape hatches stand where they are explained', () => {
    const where = (pattern: RegExp) => product.filter((file) => pattern.test(withoutComments(read(file))))
    expect(where(/rejectUnauthorized: *false/)).toEqual(['lib/outbound/connector.ts', 'lib/outbound/probe-certificate.ts'])
    expect(where(/dangerouslySetInnerHTML|\$queryRawUnsafe|\$executeRawUnsafe|'use server'|'use cache'|next\/og|next\/image/)).toEqual([])
    expect(where(/process\.env\b/)).toEqual(['lib/core/env.ts', 'lib/db/testing.ts'])
    expect(where(/from '@\/lib\/secrets\/seal'/)).toEqual(['lib/auth/factor-vault.ts', 'lib/backups/vault.ts', 'lib/channels/vault.ts', 'lib/firewalls/vault.ts', 'lib/installation/keys.ts'])
    expect(where(/from '(\.|@\/lib\/firewalls)\/vault'/)).toEqual(expect.arrayContaining(['lib/firewalls/connect.ts']))
  })
})

const USE_CASE_FOLDERS = ['lib/configuration', 'lib/drift', 'lib/firewalls', 'lib/visits', 'lib/enrolment', 'lib/ha', 'lib/fleet-lists', 'lib/search', 'lib/bulk', 'lib/views', 'lib/channels', 'lib/choices', 'lib/customers', 'lib/sites', 'lib/audit', 'lib/checks', 'lib/backups', 'lib/team', 'lib/tokens', 'lib/account', 'lib/settings', 'lib/installation-backup', 'lib/live', 'lib/silences', 'lib/windows', 'lib/alert-rules', 'lib/alerts', 'lib/history', 'lib/overview', 'lib/audit-copies', 'lib/metrics', 'lib/reverts', 'lib/updates', 'lib/reports', 'lib/brand', 'lib/plans', 'lib/plan-runs', 'lib/rollout', 'lib/emergency-stop', 'lib/firmware', 'lib/advisories']

describe('use cases', () => {
  const takesActor = /^export async function (\w+)\(actor: Actor/gm
  const asks = /\b(authorise|authoriseScope|findForBackups|ownSession|findCallable|findSides|findManaged|readCustomer|listCustomers|customerLevel|firewallLevel|readSite|readStored|readFresh|placeOf|answerable|chooseAnswerable|silencePlace|windowPlace|findUpdateJob|placeOfBlackout|findPlan)\(/
  /** Below a use case: they get an actor that was authorised, to name it in the audit log. */
  const inner = ['actOnOne', 'pairByName', 'noteFailedCall', 'askReadings', 'changeFirewall', 'recordAlone', 'findProof', 'proveCredential', 'record', 'recordNow', 'recordAct', 'withAuditedIntent', 'acknowledge', 'mailLink', 'decide']

  it('every function that takes an actor asks what the actor may do', () => {
    const silent = USE_CASE_FOLDERS.flatMap((folder) => filesBelow(folder, /\.ts$/))
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => {
        const source = read(file)
        return [...source.matchAll(takesActor)].flatMap((match) => {
          const name = match[1] ?? ''
          const body = source.slice(match.index, source.indexOf('\n}\n', match.index))
          return inner.includes(name) || asks.test(body) ? [] : [`${file} ${name}`]
        })
      })
    expect(silent).toEqual([])
  })

  it('every transaction that changes something leaves an audit entry', () => {
    // `moveUpdate` writes the entry of what it moves. Making anew what is derived from a stored original is nobody's act.
    const derived = ['lib/backups/renew.ts']
    const unaudited = USE_CASE_FOLDERS.flatMap((folder) => filesBelow(folder, /\.ts$/))
      .filter((file) => !file.endsWith('.test.ts'))
      .filter((file) => /\$transaction\(async/.test(read(file)) && !/\b(record(Now|Act)?|moveUpdate)\(/.test(read(file)))
    expect(unaudited).toEqual(derived)
  })

  it('every audited action is used, and every one used is in the list', () => {
    const sources = product.map((file) => read(file)).join('\n')
    const used = [...sources.matchAll(/action: '([a-z-]+(?:\.[a-z-]+)+)'/g)].map((match) => match[1])
    const passed = AUDIT_ACTIONS.filter((action) => sources.includes(`'${action}'`) && used.includes(action))
    expect(AUDIT_ACTIONS.filter((action) => !passed.includes(action) && !new RegExp(`'${action}'[\\s\\S]*'${action}'`).test(sources))).toEqual([])
    expect(used.filter((action) => !AUDIT_ACTIONS.some((known) => known === action))).toEqual([])
  })
})

describe('families', () => {
  const FILE_SET = ['index.ts', 'credential.ts', 'call.ts', 'detect.ts', 'replies.ts', 'map-system.ts', 'map-rules.ts', 'map-neighbours.ts', 'map-firmware.ts', 'reads.ts', 'test.ts', 'firmware-check.ts', 'firmware-update.ts', 'firmware-facts.ts', 'update-ability.ts', 'backup.ts', 'configuration.ts', 'revert.ts', 'restore.ts', 'raw.ts', 'commands.ts', 'README.md', 'coverage.yaml']

  it.each(FAMILIES)('%s has the file set, and further files only beside it', (family) => {
    const files = readdirSync(path.join(ROOT, 'lib/adapters', family))
    expect(FILE_SET.filter((file) => !files.includes(file))).toEqual([])
    expect(files.filter((file) => !FILE_SET.includes(file) && !/^(map|read|test)-[a-z-]+\.ts$|\.test\.ts$|^__fixtures__$/.test(file))).toEqual([])
  })
  it('every folder is a family and every family a folder', () => {
    const folders = readdirSync(path.join(ROOT, 'lib/adapters'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
    expect(folders.sort()).toEqual([...FAMILIES].sort())
  })
  it.each(familyModules().map((module) => [module.family, module] as const))('%s says what a form needs', (_, module) => {
    for (const method of module.credentialMethods) {
      expect(method.whereMade).not.toBe('')
      for (const field of method.fields) expect(field.help).not.toBe('')
    }
    expect(new Set(module.rawReads.map(({ id }) => id)).size).toBe(module.rawReads.length)
    for (const { path: address } of module.rawReads) expect(address).not.toMatch(/command|config(?!_history)|certificate|users?\b|keys?\b|backup|auth/i)
    for (const [, privilege] of Object.entries(module.privileges)) expect(privilege).not.toBe('')
  })
  it.each(FAMILIES)('%s says how far it is: every rule done, or exempt with a reason', (family) => {
    const lines = read(`lib/adapters/${family}/coverage.yaml`).split('\n').filter((line) => /^[a-z]/.test(line))
    for (const rule of ['connection-test', 'privilege-error-named', 'fixtures-for-every-read', 'firmware-check', 'firmware-update', 'firmware-facts', 'backup', 'going-back', 'restore-instructions', 'survives-missing-fields', 'secrets-dropped', 'tested-versions']) {
      expect(lines.find((line) => line.startsWith(`${rule}:`)) ?? `${rule} is absent`).toMatch(/^[a-z-]+:\s*(done|exempt|\[|$|".+"|.+)/)
      expect(lines.find((line) => line.startsWith(`${rule}:`))).not.toMatch(/:\s*todo/)
    }
  })
})

describe('tables', () => {
  it('every firewall error has a sentence and a next step', () => {
    for (const code of FIREWALL_ERROR_CODES) for (const sentence of FIREWALL_ERRORS[code]) expect(sentence).toMatch(/^[A-Z].+\.$/)
  })
  it('every state of a check can be reached, and every one that is not final can end', () => {
    const states = Object.keys(CHECK_TRANSITIONS) as CheckStateName[]
    const reached = new Set<string>(['queued', ...states.flatMap((state) => Object.values(CHECK_TRANSITIONS[state]))])
    expect(states.filter((state) => !reached.has(state))).toEqual([])
    for (const state of states) if (!isFinalCheckState(state)) expect(Object.values(CHECK_TRANSITIONS[state])).toContain('failed')
  })
})

describe('the database schema', () => {
  const schema = filesBelow('prisma/schema', /\.prisma$/).map(read).join('\n')
  it('a column that could hold a secret says that it is sealed, wrapped or a hash', () => {
    const names = [...schema.matchAll(/^ {2}(\w*(?:Secret|Password|Token|PrivatePem|Credential|secret|password))\s+(?:String|Json|Bytes)/gm)].map((match) => match[1])
    expect(names).toEqual([])
  })
  it('migrations are there for it', () => expect(existsSync(path.join(ROOT, 'prisma/migrations/migration_lock.toml'))).toBe(true))
})
