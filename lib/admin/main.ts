// Entry of `npm run admin` and of the steps that `npm start` runs before the first page. Standard output carries only
// the answer (a token, a link); everything else goes to standard error.
import { parseArgs } from 'node:util'
import { createToken } from '@/lib/auth/api-tokens'
import { consoleActor } from '@/lib/auth/actor'
import { createFirstOwner, createOwner, createSetUpLink } from '@/lib/auth/create-owner'
import { email, password } from '@/lib/auth/input'
import { isRole } from '@/lib/auth/sessions'
import { AppError } from '@/lib/core/errors'
import { environment, publicUrl } from '@/lib/core/env'
import { closeDatabase } from '@/lib/db/client'
import { prepareInstallation } from '@/lib/installation/keys'
import { advisoriesCheck } from './advisory-verbs'
import { auditVerify } from './audit-verbs'
import { BACKUP_USAGE, backupVerbs } from './backup-verbs'
import { stopAll } from './stop-verb'
import { readLineFromTerminal } from './terminal'

class Usage extends Error {}
const USAGE = `npm run admin -- VERB
  owner create --email E --name N          asks for the password on standard input
  token create --email E --role R [--customer C …] [--days N]   prints only the token
  stop [--reason R]                        stops all firmware work at once; lifted on the page
  audit verify [--checkpoints FILE]        proves the audit log, also against checkpoints that you kept
  advisories check [FILE]                  looks a file of advisories over
${BACKUP_USAGE}`

async function ownerCreate(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { email: { type: 'string' }, name: { type: 'string' } } })
  const address = email.safeParse(values.email)
  if (!address.success) throw new Usage('owner create needs --email with an e-mail address.')
  const typed = password.safeParse(await readLineFromTerminal('Password for the new owner (15 or more characters): '))
  if (!typed.success) throw new Usage(`This password cannot be used: ${typed.error.issues[0]?.message ?? ''}`)
  const owner = await createOwner(consoleActor(), { email: address.data, name: values.name ?? address.data, password: typed.data })
  process.stderr.write(`The owner ${owner.email} can sign in at ${publicUrl().origin}.\n`)
}

async function tokenCreate(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { email: { type: 'string' }, role: { type: 'string' }, customer: { type: 'string', multiple: true }, days: { type: 'string', default: '90' } } })
  const days = Number(values.days)
  if (!values.email) throw new Usage('token create needs --email of the operator whose token it is.')
  if (!values.role || !isRole(values.role)) throw new Usage('token create needs --role: viewer, operator, admin or owner.')
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw new Usage('--days takes a whole number from 1 to 3650.')
  const token = await createToken(consoleActor(), { email: values.email, role: values.role, customers: values.customer ?? null, days }, new Date())
  process.stdout.write(`${token.reveal()}\n`)
}

async function setUpLink(): Promise<void> {
  const token = await createSetUpLink(new Date())
  if (token) process.stdout.write(`${publicUrl().origin}/setup?token=${token.reveal()}\n`)
}

async function firstOwner(): Promise<void> {
  const { PALISADE_ADMIN_EMAIL, PALISADE_ADMIN_PASSWORD } = environment()
  if (!PALISADE_ADMIN_EMAIL || !PALISADE_ADMIN_PASSWORD) return
  const address = email.safeParse(PALISADE_ADMIN_EMAIL)
  const typed = password.safeParse(PALISADE_ADMIN_PASSWORD)
  if (!address.success) throw new Usage('PALISADE_ADMIN_EMAIL is not an e-mail address.')
  if (!typed.success) throw new Usage(`PALISADE_ADMIN_PASSWORD cannot be used: ${typed.error.issues[0]?.message ?? ''}`)
  if (await createFirstOwner({ email: address.data, name: address.data, password: typed.data })) process.stderr.write(`The owner ${address.data} was created from the environment.\n`)
}

const VERBS: Record<string, (args: string[]) => Promise<void>> = {
  prepare: () => prepareInstallation(),
  'setup-link': setUpLink,
  'first-owner': firstOwner,
  'owner create': ownerCreate,
  'token create': tokenCreate,
  'audit verify': auditVerify,
  stop: stopAll,
  'advisories check': advisoriesCheck,
  ...backupVerbs,
}

async function main(): Promise<number> {
  const [first = '', second = '', ...rest] = process.argv.slice(2)
  const single = VERBS[first]
  const double = VERBS[`${first} ${second}`]
  try {
    if (single) await single(second ? [second, ...rest] : rest)
    else if (double) await double(rest)
    else throw new Usage(first === '' ? 'Which verb?' : `There is no verb ${[first, second].join(' ').trim()}.`)
    return 0
  } catch (error) {
    if (error instanceof AppError) process.stderr.write(`${error.message} ${error.details.issues?.[0]?.message ?? error.nextStep ?? ''}\n`)
    else process.stderr.write(`${error instanceof Error ? error.message : 'This failed.'}\n${error instanceof Usage ? `${USAGE}\n` : ''}`)
    return 1
  } finally {
    await closeDatabase()
  }
}

void main().then((code) => process.exit(code))
