import { z } from 'zod'
import { operation } from '@/lib/http/operation'
import { editIntervalsInput, editPlaceIntervalsInput, intervalsDto, placeId, readVisitsInput, visitsDto } from '@/lib/visits/input'
import { editCustomerIntervals, editFirewallIntervals, editIntervals, readCustomerIntervals, readFirewallIntervals, readIntervals } from '@/lib/visits/intervals'
import { readVisits } from '@/lib/visits/read'

const tag = 'visits'

/** How late visits are, and how often they are made: by installation, customer and firewall, the most specific wins. */
export const visitOperations = {
  read: operation({ id: 'readVisits', method: 'get', path: '/visits', tag, summary: 'How late the visits are now', input: readVisitsInput, output: visitsDto, run: readVisits }),
  intervals: operation({ id: 'readIntervals', method: 'get', path: '/visits/intervals', tag, summary: 'How often firewalls are visited', input: z.strictObject({}), output: intervalsDto, run: readIntervals }),
  editIntervals: operation({ id: 'editIntervals', method: 'put', path: '/visits/intervals', tag, summary: 'Decide how often firewalls are visited', input: editIntervalsInput, output: intervalsDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editIntervals(actor, input, expectedRevision) }),
  customer: operation({ id: 'readCustomerIntervals', method: 'get', path: '/customers/{id}/intervals', tag, summary: 'How often the firewalls of a customer are visited', input: placeId, output: intervalsDto, run: readCustomerIntervals }),
  editCustomer: operation({ id: 'editCustomerIntervals', method: 'put', path: '/customers/{id}/intervals', tag, summary: 'Decide how often the firewalls of a customer are visited', input: editPlaceIntervalsInput, output: intervalsDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editCustomerIntervals(actor, input, expectedRevision) }),
  firewall: operation({ id: 'readFirewallIntervals', method: 'get', path: '/firewalls/{id}/intervals', tag, summary: 'How often a firewall is visited', input: placeId, output: intervalsDto, run: readFirewallIntervals }),
  editFirewall: operation({ id: 'editFirewallIntervals', method: 'put', path: '/firewalls/{id}/intervals', tag, summary: 'Decide how often a firewall is visited', input: editPlaceIntervalsInput, output: intervalsDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editFirewallIntervals(actor, input, expectedRevision) }),
}
