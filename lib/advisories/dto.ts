// What the API tells about advisories. Browser-safe.
import { z } from 'zod'
import { family } from '@/lib/adapters/model'
import { SEVERITIES } from './words'

/** As its file has it: Palisade writes none and judges none. */
export const advisoryDto = z.object({
  id: z.string(),
  families: z.array(family),
  affected: z.array(z.object({ from: z.string(), before: z.string().optional(), through: z.string().optional() })),
  fixedIn: z.array(z.string()),
  severity: z.enum(SEVERITIES),
  title: z.string(),
  source: z.string(),
  date: z.string(),
})
export type AdvisoryDto = z.infer<typeof advisoryDto>

export const advisoryList = z.object({
  /** The worst first. */
  items: z.array(advisoryDto.extend({
    firewalls: z.number(),
    /** Conditions of GET /firewalls that find them; null for none, and where they do not fit into one question. */
    where: z.string().nullable(),
  })),
  file: z.object({
    /** When it was changed last; null = there is none in the data directory. */
    changedAt: z.string().nullable(),
    entries: z.number(),
    refused: z.number(),
  }),
  /** Only for the owner: where the file lies and what is wrong with it, as sentences; at most 50. */
  trouble: z.object({ path: z.string(), sentences: z.array(z.string()) }).nullable(),
})
export type AdvisoryList = z.infer<typeof advisoryList>

export const firewallAdvisories = z.object({
  version: z.string().nullable(),
  /** false = its version is not reported or cannot be compared, so nothing is known. */
  understood: z.boolean(),
  /** Advisories of all families that the file holds; 0 = there is nothing to compare with. */
  known: z.number(),
  items: z.array(advisoryDto),
})
export type FirewallAdvisories = z.infer<typeof firewallAdvisories>
