import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'
import { createView, editView, removeView } from '@/lib/views/change'
import { countViewsInput, createViewInput, editViewInput, listViewsInput, viewCounts, viewDto, viewId } from '@/lib/views/input'
import { countViews, listViews } from '@/lib/views/list'
import { removed } from './customers'

const tag = 'views'

export const viewOperations = {
  list: operation({ id: 'listViews', method: 'get', path: '/views', tag, summary: 'Your saved views, and those that are shared', input: listViewsInput, output: listOf(viewDto), run: listViews }),
  counts: operation({ id: 'countViews', method: 'get', path: '/views/counts', tag, summary: 'How many firewalls the first ten views find', input: countViewsInput, output: viewCounts, run: countViews }),
  create: operation({ id: 'createView', method: 'post', path: '/views', tag, summary: 'Keep a question over a list under a name', input: createViewInput, output: viewDto, status: 201, creates: true, run: (actor, input, { create }) => createView(actor, input, create) }),
  edit: operation({ id: 'editView', method: 'patch', path: '/views/{id}', tag, summary: 'Change a view of your own', input: editViewInput, output: viewDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editView(actor, input, expectedRevision) }),
  remove: operation({ id: 'removeView', method: 'delete', path: '/views/{id}', tag, summary: 'Remove a view of your own', input: viewId, output: removed, ifMatch: true, run: (actor, input, { expectedRevision }) => removeView(actor, input, expectedRevision) }),
}
