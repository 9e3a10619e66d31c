'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Bookmark } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { arriving } from '@/components/ui/arriving'
import { Button } from '@/components/ui/button'
import { useOnDemand } from '@/components/ui/on-demand'
import { toast } from '@/components/ui/toast'
import type { ListName } from '@/lib/query-language/fields'
import { viewMutations, viewQueries } from '@/lib/queries/views'
import type { ViewDto } from '@/lib/views/input'
import { hrefOfView, isView } from './view-links'

/** `query` is the address as it stands, `columns` what is chosen now. */
type ViewsMenuProps = { list: ListName; path: string; query: string; columns: readonly string[] | null; onColumns: (columns: readonly string[]) => void }
const load = () => import('./views-menu-box').then((module) => module.ViewsMenuBox)
const ViewDialog = arriving(() => import('./view-dialog').then((module) => module.ViewDialog), { leave: ({ onClose }) => onClose() })

/** The saved views of a list: going to one, keeping what is shown, changing one's own. */
export function ViewsMenu({ list, path, query, columns, onColumns }: ViewsMenuProps) {
  const router = useRouter()
  const { within } = useCustomerScope()
  const views = (useQuery(viewQueries.list()).data?.items ?? []).filter((view) => view.list === list)
  const { mutate } = useMutation(viewMutations.edit())
  const { part: Box, attributes } = useOnDemand(load, 'menu')
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
  const trigger = (
    <Button icon={Bookmark} {...attributes} className="max-w-44">
      <span className="truncate max-md:sr-only">{here?.name ?? 'Views'}</span>
    </Button>
  )
  return (
    <>
      {Box === null ? trigger : <Box trigger={trigger} views={views} here={here} changed={changed} onGo={go} onUpdate={update} onDialog={setDialog} />}
      {dialog !== null && <ViewDialog view={dialog === 'new' ? null : dialog} list={list} query={query} columns={columns} onClose={() => setDialog(null)} />}
    </>
  )
}
