// Takes backups of configurations and reads all that is told of them.
import { expect } from '@playwright/test'
import { z } from 'zod'
import type { Recorder } from '../recorder'

const state = z.object({ possible: z.boolean(), task: z.object({ finishedAt: z.string().nullable() }).nullable() })
const backups = z.object({ items: z.array(z.object({ id: z.string() })) })
const page = z.object({ nextCursor: z.string().nullable() })

/** Of each firewall that can give one; they are taken side by side. */
async function takeAll(owner: Recorder, firewalls: readonly string[]): Promise<string[]> {
  const asked: string[] = []
  for (const id of firewalls) {
    if (!state.parse(await owner.api('GET', `/firewalls/${id}/backup-state`)).possible) continue
    await owner.api('POST', `/firewalls/${id}/backups`, {})
    asked.push(id)
  }
  const ids: string[] = []
  for (const id of asked) {
    await expect.poll(async () => state.parse(await owner.api('GET', `/firewalls/${id}/backup-state`)).task?.finishedAt ?? null, { timeout: 30_000 }).not.toBeNull()
    ids.push(...backups.parse(await owner.api('GET', `/firewalls/${id}/backups`)).items.map((backup) => backup.id))
  }
  return ids
}

async function readToTheEnd(owner: Recorder, path: string): Promise<void> {
  for (let cursor: string | null = ''; cursor !== null; ) cursor = page.parse(await owner.api('GET', `${path}${cursor === '' ? '' : `&cursor=${cursor}`}`)).nextCursor
}

/** Each backup beside each other: of two firewalls nearly everything differs, so nearly everything is told. */
export async function readConfigurations(owner: Recorder, firewalls: readonly string[]): Promise<number> {
  const ids = await takeAll(owner, firewalls)
  for (const before of ids)
    for (const after of ids) {
      if (before === after) continue
      const two = `before=${before}&after=${after}`
      await owner.api('GET', `/backups/compare?${two}`)
      await readToTheEnd(owner, `/backups/compare/items?${two}&limit=200`)
      await readToTheEnd(owner, `/backups/compare/raw?${two}`)
      await owner.send('GET', `/backups/compare?${two}`)
    }
  return ids.length
}
