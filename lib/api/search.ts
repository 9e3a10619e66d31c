import { operation } from '@/lib/http/operation'
import { searchResult } from '@/lib/search/dto'
import { search } from '@/lib/search/find'
import { searchInput } from '@/lib/search/input'

const tag = 'search'

export const searchOperations = {
  search: operation({ id: 'search', method: 'get', path: '/search', tag, summary: 'Who has an address, a MAC, a name, a port: in groups, from what was last read of every firewall', input: searchInput, output: searchResult, run: search }),
}
