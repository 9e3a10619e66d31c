import { useState } from 'react'
import type { WindowDto } from '@/lib/windows/dto'
import { draftOf, meetStored, newDraft, type Begun, type WindowDraft } from './window-draft'

type WindowDraftState = {
  draft: WindowDraft
  change: (part: Partial<WindowDraft>) => void
  /** The tag of the version that saving would replace. */
  etag: string
  /** The window that somebody else saved meanwhile, which what stands here would overwrite. */
  conflict: WindowDto | null
  takeTheirs: () => void
  keepMine: () => void
}

/** What stands in the form. Untouched it follows what is stored; what was typed is never overwritten by it. */
export function useWindowDraft(stored: WindowDto | null, customerId: string | null): WindowDraftState {
  const [begun, setBegun] = useState<Begun>(() => ({ etag: stored?.etag ?? null, draft: stored ? draftOf(stored) : newDraft(customerId) }))
  const [draft, setDraft] = useState(begun.draft)
  const begin = (from: WindowDto): void => setBegun({ etag: from.etag, draft: draftOf(from) })
  const take = (from: WindowDto): void => {
    begin(from)
    setDraft(draftOf(from))
  }
  const met = stored && meetStored(begun, draft, stored)
  if (stored && met === 'tag') begin(stored)
  if (stored && met === 'follow') take(stored)
  return {
    draft,
    change: (part) => setDraft((before) => ({ ...before, ...part })),
    etag: begun.etag ?? '',
    conflict: met === 'conflict' ? stored : null,
    takeTheirs: () => stored && take(stored),
    keepMine: () => stored && begin(stored),
  }
}
