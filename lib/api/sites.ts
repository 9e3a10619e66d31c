import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'
import { createSite, editSite, removeSite } from '@/lib/sites/change'
import { createSiteInput, editSiteInput, listSitesInput, siteDto, siteId } from '@/lib/sites/input'
import { listSites, readSite } from '@/lib/sites/list'
import { removed } from './customers'

const tag = 'sites'

export const siteOperations = {
  list: operation({ id: 'listSites', method: 'get', path: '/sites', tag, summary: 'Sites that you may see', input: listSitesInput, output: listOf(siteDto), run: listSites }),
  create: operation({ id: 'createSite', method: 'post', path: '/sites', tag, summary: 'Add a site of a customer', input: createSiteInput, output: siteDto, status: 201, creates: true, run: (actor, input, { create }) => createSite(actor, input, create) }),
  read: operation({ id: 'readSite', method: 'get', path: '/sites/{id}', tag, summary: 'One site', input: siteId, output: siteDto, run: readSite }),
  edit: operation({ id: 'editSite', method: 'patch', path: '/sites/{id}', tag, summary: 'Change a site', input: editSiteInput, output: siteDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editSite(actor, input, expectedRevision) }),
  remove: operation({ id: 'removeSite', method: 'delete', path: '/sites/{id}', tag, summary: 'Remove a site at which no firewall stands', input: siteId, output: removed, ifMatch: true, run: (actor, input, { expectedRevision }) => removeSite(actor, input, expectedRevision) }),
}
