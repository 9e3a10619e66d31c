import 'server-only'
import { withAuditedIntent } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { compareTrees } from '@/lib/configuration/difference'
import type { ChangeCounts, ItemChange } from '@/lib/configuration/dto'
import { SECTION_TITLES } from '@/lib/configuration/words'
import { AppError } from '@/lib/core/errors'
import { CONFIGURATION_SECTIONS } from '@/lib/adapters/words'
import { findCallable } from '@/lib/firewalls/connect'
import { noteFailedCall } from '@/lib/firewalls/note-failure'
import { seeContent } from './content'
import type { RevertPreview } from './dto'
import type { PreviewInput } from './input'
import { historyReadEvent } from './list-entries'
import { familyOf, requireWayBack, revertPortOf } from './port'

const CHANGES_MAX = 300

const noSuchEntry = (): AppError =>
  new AppError('not-found', 'The firewall does not have this entry any more.', { nextStep: 'Look at the entries again: a firewall keeps only the newest ones.' })

function countsOf(changes: readonly ItemChange[]): ChangeCounts {
  const of = (what: ItemChange['what']) => changes.filter((change) => change.what === what).length
  return { added: of('added'), removed: of('removed'), changed: of('changed'), moved: of('moved') }
}

/** Sections that differ, in the order of pages; of many changes the first of each section. */
function bySection(changes: readonly ItemChange[]): Pick<RevertPreview, 'sections' | 'changes' | 'shortened'> {
  const groups = CONFIGURATION_SECTIONS.map((section) => ({ section, of: changes.filter((change) => change.section === section) })).filter(({ of }) => of.length > 0)
  const each = Math.max(1, Math.floor(CHANGES_MAX / Math.max(1, groups.length)))
  const shown = groups.flatMap(({ of }) => of.slice(0, changes.length <= CHANGES_MAX ? of.length : each))
  return { sections: groups.map(({ section, of }) => ({ section, title: SECTION_TITLES[section], counts: countsOf(of) })), changes: shown, shortened: shown.length < changes.length }
}

/**
 * What would change if the firewall went back to an entry of its own history: both are fetched now, compared and forgotten.
 * Throws not-found for an entry that is gone, and what reading a configuration throws.
 */
export async function previewRevert(actor: Actor, { id, revision }: PreviewInput, signal: AbortSignal): Promise<RevertPreview> {
  const row = await findCallable(actor, id, 'backup:read')
  requireWayBack(row)
  return withAuditedIntent(actor, historyReadEvent(row, { what: 'entry', revision }), async () => {
    try {
      const port = await revertPortOf(row, signal)
      const entry = (await port.entries(signal)).find((candidate) => candidate.id === revision)
      const wanted = entry && (await port.content(revision, signal))
      const running = wanted && (await port.content(null, signal))
      if (!entry || !wanted || !running) throw noSuchEntry()
      const [before, after] = [await seeContent(running, familyOf(row), signal), await seeContent(wanted, familyOf(row), signal)]
      const { counts, changes } = compareTrees(before.sections, after.sections)
      return { observedAt: new Date().toISOString(), revision, entry, sha256: after.sha256, runningSha256: before.sha256, same: before.digest === after.digest, counts, ...bySection(changes) }
    } catch (error) {
      await noteFailedCall(row, actor, error)
      throw error
    }
  })
}
