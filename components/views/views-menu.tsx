'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Bookmark, BookmarkPlus, Check, Pencil, Save } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import type { ListName } from '@/lib/query-language/fields'
import { viewMutations, viewQueries } from '@/lib/queries/views'
import type { ViewDto } from '@/lib/views/input'
import { ViewDialog } from './view-dialog'
import { hrefOfView, isView } from './view-links'

/** `query` is the address as it stands, `columns` what is chosen now. */
type ViewsMenuProps = { list: ListName; path: string; query: string; columns: readonly string[] | null; onColumns: (columns: readonly string[]) => void }
const item = 'relative flex min-h-[30px] items-center gap-2.5 rounded-md py-1 pr-3 pl-8 outline-none data-[disabled]:text-text-3 data-[highlighted]:bg-hover max-md:min-h-11'
const mark = 'absolute left-2.5'

/** The saved views of a list: going to one, keeping what is shown, changing one's own. */
export function ViewsMenu({ list, path, query, columns, onColumns }: ViewsMenuProps) {
  const router = useRouter()
  const { within } = useCustomerScope()
  const views = (useQuery(viewQueries.list()).data?.items ?? []).filter((view) => view.list === list)
  const { mutate } = useMutation(viewMutations.edit())
  const [dialog, setDialog] = useState<ViewDto | 'new' | null>(null)
  const here = views.find((view) => isView(view, path, new URLSearchParams(query)))
  const [last, setLast] = useState<ViewDto | null>(null)
  if (here && here !== last) setLast(here)
  const changed = here === undefined && last?.mine === true ? (views.find(({ id }) => id === last.id) ?? null) : null

  const go = (view: ViewDto): void => {
    if (view.columns) onColumns(view.columns)
    router.push(within(hrefOfView(view)))
  }
  const update = (view: ViewDto): void =>
    mutate({ id: view.id, etag: view.etag, query, columns: columns && [...columns] }, { onSuccess: () => toast.good(`${view.name} now shows this.`), onError: (error) => toast.bad(`${view.name}: ${error.message}`) })
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button icon={Bookmark} className="max-w-44">
            <span className="truncate max-md:sr-only">{here?.name ?? 'Views'}</span>
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal container={typeof document === 'undefined' ? null : document.getElementById('content')}>
          <DropdownMenu.Content align="end" sideOffset={4} collisionPadding={8} aria-label="Saved views" className="z-50 max-h-[70dvh] w-72 overflow-y-auto rounded-lg bg-raised p-1 shadow-raised">
            {views.length === 0 && <p className="px-2 py-1.5 text-xs text-text-3">No view is saved yet. Filter and sort the list, then save what it shows.</p>}
            {views.map((view) => (
              <DropdownMenu.Item key={view.id} onSelect={() => go(view)} className={item}>
                {view === here && <Check aria-hidden size={14} className={mark} />}
                <span className="min-w-0 flex-1 truncate">{view.name}</span>
                {view.shared && <span className="text-xs text-text-3">{view.mine ? 'shared' : `by ${view.owner}`}</span>}
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Separator className="my-1 border-t border-line" />
            {changed && (
              <DropdownMenu.Item onSelect={() => update(changed)} className={item}>
                <Save aria-hidden size={14} className={mark} />
                Save the changes to {changed.name}
              </DropdownMenu.Item>
            )}
            <DropdownMenu.Item disabled={here !== undefined} onSelect={() => setDialog('new')} className={item}>
              <BookmarkPlus aria-hidden size={14} className={mark} />
              <span>
                Save this view
                {here && <span className="block text-xs">It is saved as {here.name}.</span>}
              </span>
            </DropdownMenu.Item>
            {here?.mine === true && (
              <DropdownMenu.Item onSelect={() => setDialog(here)} className={item}>
                <Pencil aria-hidden size={14} className={mark} />
                Rename, share or remove {here.name}
              </DropdownMenu.Item>
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {dialog !== null && <ViewDialog view={dialog === 'new' ? null : dialog} list={list} query={query} columns={columns} onClose={() => setDialog(null)} />}
    </>
  )
}
