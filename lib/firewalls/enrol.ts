import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import { toJson } from '@/lib/db/json'
import { createdBefore, createOnce, type CreateRequest } from '@/lib/db/create-once'
import { Prisma } from '@/lib/db/generated/client'
import { keepPair } from '@/lib/ha/pair'
import type { FirewallDetail } from './dto'
import type { CreateFirewallInput } from './input'
import { readFirewall } from './read'
import { seenCertificate } from './seen-certificate'
import { findProof, proveCredential, trialOf, withTries, type Proof, type Trial } from './test-credential'
import { sealCredential } from './vault'

type Place = { customer: { id: string; name: string }; siteId: string | null; haPeerId: string | null }

/** Customer, site and peer must exist within the actor's scope; else an error that names the field. */
async function placeOf(actor: Actor, input: CreateFirewallInput): Promise<Place> {
  const missing = (field: string, what: string) => new AppError('invalid-input', `There is no such ${what}.`, { issues: [{ field, message: `There is no such ${what}.` }] })
  const customer = await db().customer.findUnique({ where: { id: input.customerId }, select: { id: true, name: true } })
  if (!customer) throw missing('customerId', 'customer')
  try {
    authorise(actor, 'firewall:manage', { customerId: customer.id })
  } catch (error) {
    // A foreign customer answers like one that does not exist.
    throw error instanceof AppError && error.code === 'not-found' ? missing('customerId', 'customer') : error
  }
  if (input.siteId && !(await db().site.findFirst({ where: { id: input.siteId, customerId: customer.id }, select: { id: true } }))) throw missing('siteId', 'site')
  if (input.haPeerId && !(await db().firewall.findFirst({ where: { id: input.haPeerId, customerId: customer.id }, select: { id: true } }))) throw missing('haPeerId', 'firewall')
  return { customer, siteId: input.siteId ?? null, haPeerId: input.haPeerId ?? null }
}

/** The certificate that is pinned, as shown now: its details are kept to compare with, and the pin must be of it. */
async function pinnedCertificate(actor: Actor, { origin, trust }: Trial, customer: Place['customer']) {
  if (trust.mode === 'plain-http') return null
  const certificate = await seenCertificate(actor, origin, { target: { kind: 'address', id: null, name: origin }, customer })
  if (trust.mode === 'pin' && certificate.sha256 !== trust.sha256) {
    throw new AppError('firewall-certificate-changed', 'The firewall shows another certificate than the one you trusted.', { nextStep: 'Look at the certificate again, and compare it at the firewall.', seenSha256: certificate.sha256 })
  }
  return certificate
}

const nameTaken = (name: string) => new AppError('conflict', `This customer already has a firewall named ${name}.`, { nextStep: 'Choose another name.', issues: [{ field: 'name', message: 'This customer already has a firewall of this name.' }] })

/** Turns the database's refusal of a second firewall of the same name into a sentence about the field. */
export function refuseTakenName(error: unknown, name: string): never {
  throw error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002' ? nameTaken(name) : error
}

async function insert(tx: Tx, id: string, actor: Actor, input: CreateFirewallInput, place: Place, trial: Trial, proof: Proof, certificate: Awaited<ReturnType<typeof pinnedCertificate>>, now: Date) {
  const row = await tx.firewall.create({
    data: {
      id,
      customerId: place.customer.id,
      siteId: place.siteId,
      haPeerId: place.haPeerId,
      name: input.name,
      family: trial.family,
      origin: trial.origin,
      tags: [...new Set(input.tags)],
      timeZone: input.timeZone,
      trustMode: trial.trust.mode,
      pinSha256: trial.trust.mode === 'pin' ? trial.trust.sha256 : null,
      pinSpkiSha256: certificate?.spkiSha256 ?? null,
      ...(certificate && { certificate }),
      trustConfirmedAt: now,
      trustConfirmedBy: actor.name,
      version: proof.test.version,
      hostname: proof.test.hostname,
      credential: {
        create: { method: proof.credential.method, credentialSealed: await sealCredential(proof.credential, id, trial.origin), storedAt: now, testedAt: now, lastTest: toJson(proof.test) },
      },
      visit: { create: { dueAt: now } },
    },
  })
  await keepPair(tx, actor, { id, name: row.name, haPeerId: null }, place.haPeerId, place.customer)
  await record(tx, actor, {
    action: 'firewall.enrol',
    target: { kind: 'firewall', id: row.id, name: row.name },
    customer: place.customer,
    after: { name: row.name, family: row.family, origin: row.origin, trust: row.trustMode, pinSha256: row.pinSha256, method: proof.credential.method, tags: row.tags },
  })
}

/**
 * Enrols a firewall. The credential must have passed the test of this actor within 30 minutes, else it is tested here;
 * then it is sealed. The first visit is due at once.
 */
export async function enrolFirewall(actor: Actor, input: CreateFirewallInput, create: CreateRequest, signal: AbortSignal): Promise<FirewallDetail> {
  const place = await placeOf(actor, input)
  const trial = trialOf(input)
  const load = (id: string) => readFirewall(actor, { id })
  const again = await createdBefore(create, load)
  if (again !== null) return again
  if (await db().firewall.findFirst({ where: { customerId: place.customer.id, name: input.name }, select: { id: true } })) throw nameTaken(input.name)
  const now = new Date()
  const certificate = await pinnedCertificate(actor, trial, place.customer)
  const proof =
    (await findProof(actor, trial, now)) ??
    (await proveCredential(actor, trial, { target: { kind: 'address', id: null, name: trial.origin }, customer: place.customer }, signal).catch(async (error: unknown) => {
      throw error instanceof AppError ? await withTries(error, trial.origin) : error
    }))
  const firewallId = await createOnce(create, async (tx, id) => {
    await insert(tx, id, actor, input, place, trial, proof, certificate, now)
    return id
  }, (id) => Promise.resolve(id)).catch((error: unknown) => refuseTakenName(error, input.name))
  await db().enrolment.deleteMany({ where: { actorId: actor.id ?? '', origin: trial.origin } })
  return load(firewallId)
}
