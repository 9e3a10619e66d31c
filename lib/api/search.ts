import { operation } from '@/lib/http/operation'
import { duplicates, movedDevices, newDevices, searchResult } from '@/lib/search/dto'
import { search } from '@/lib/search/find'
import { newDevicesInput, reportInput, searchInput } from '@/lib/search/input'
import { listDuplicates, listMovedDevices, listNewDevices } from '@/lib/search/reports'

const tag = 'search'

/** Who has it, over what was last read of every firewall that you may see. */
export const searchOperations = {
  search: operation({ id: 'search', method: 'get', path: '/search', tag, summary: 'Who has an address, a MAC, a name or a port, in groups, the most exact first', input: searchInput, output: searchResult, run: search }),
  duplicates: operation({ id: 'listDuplicates', method: 'get', path: '/search/reports/duplicates', tag, summary: 'Addresses that two devices have at one site', input: reportInput, output: duplicates, run: listDuplicates }),
  moved: operation({ id: 'listMovedDevices', method: 'get', path: '/search/reports/moved', tag, summary: 'Devices that came to another firewall or interface within seven days', input: reportInput, output: movedDevices, run: listMovedDevices }),
  newDevices: operation({ id: 'listNewDevices', method: 'get', path: '/search/reports/new', tag, summary: 'Devices that no table of their site had before', input: newDevicesInput, output: newDevices, run: listNewDevices }),
}
