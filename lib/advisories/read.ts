import 'server-only'
import path from 'node:path'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, notFound } from '@/lib/auth/authorise'
import { countRunning } from '@/lib/db/firmware-sql'
import { db } from '@/lib/db/client'
import { whereVersions } from '@/lib/firmware/where'
import type { VersionsInput } from '@/lib/firmware/input'
import type { AdvisoryDto, AdvisoryList, FirewallAdvisories } from './dto'
import { advisoriesPath, readAdvisoriesFile, type AdvisoriesRead } from './file'
import type { Advisory } from './format'
import { inOrder, matcher } from './match'

const SENTENCES_MAX = 50
const toDto = ({ affected, ...advisory }: Advisory): AdvisoryDto => ({ ...advisory, affected: affected.map(({ from, before, through }) => ({ from, ...(before !== undefined && { before }), ...(through !== undefined && { through }) })) })

/** What is wrong with the file concerns who owns the server it lies on. */
function troubleOf(actor: Actor, { problem, refused }: AdvisoriesRead): AdvisoryList['trouble'] {
  const isOwner = actor.grants.some(({ role, customerId }) => role === 'owner' && customerId === null)
  if (!isOwner || (problem === null && refused.length === 0)) return null
  const sentences = [...(problem === null ? [] : [problem]), ...refused.map(({ at, id, reason }) => `Entry ${at}${id === null ? '' : ` (${id})`} is not used. ${reason}`)]
  return { path: path.resolve(advisoriesPath()), sentences: sentences.slice(0, SENTENCES_MAX) }
}

/** The advisories about versions that run on firewalls which the actor may see, the worst first, and how the file of them stands. */
export async function listAdvisories(actor: Actor, { customerId }: VersionsInput): Promise<AdvisoryList> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const [running, file] = await Promise.all([countRunning({ customerIds, customerId }), readAdvisoriesFile()])
  const advisoriesOf = matcher(file.advisories)
  const concerned = new Map<Advisory, typeof running>()
  for (const each of running) for (const advisory of advisoriesOf(each.family, each.version).advisories) concerned.set(advisory, [...(concerned.get(advisory) ?? []), each])
  const known = inOrder(file.advisories).filter((advisory) => concerned.has(advisory))
  return {
    items: known.map((advisory) => {
      const runs = concerned.get(advisory) ?? []
      return { ...toDto(advisory), firewalls: runs.reduce((sum, { firewalls }) => sum + firewalls, 0), where: whereVersions(runs) }
    }),
    file: { changedAt: file.changedAt?.toISOString() ?? null, entries: file.advisories.length, refused: file.refused.length },
    trouble: troubleOf(actor, file),
  }
}

/** The advisories about the version that a firewall runs, the worst first. */
export async function readFirewallAdvisories(actor: Actor, { id }: { id: string }): Promise<FirewallAdvisories> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const row = await db().firewall.findUnique({ where: { id }, select: { customerId: true, family: true, version: true } })
  if (!row || (customerIds !== 'all' && !customerIds.includes(row.customerId))) throw notFound()
  const file = await readAdvisoriesFile()
  const { understood, advisories } = matcher(file.advisories)(row.family, row.version)
  return { version: row.version, understood, known: file.advisories.length, items: advisories.map(toDto) }
}
