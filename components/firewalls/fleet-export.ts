import type { ExportColumn } from '@/lib/bulk/input'

/** What a file has for a column of the table, where it is more than one or has another name. */
const IN_FILE: Record<string, readonly ExportColumn[]> = {
  name: ['name'],
  state: ['state', 'reason'],
  customer: ['customer', 'site'],
  runs: ['family', 'version'],
  firmware: ['firmware', 'offered'],
  since: ['since'],
  address: ['address'],
  tags: ['tags'],
  family: ['family'],
  gateways: ['gateways'],
  tunnels: ['tunnels'],
  latency: ['latency'],
  cpu: ['cpu'],
  memory: ['memory'],
  disk: ['disk'],
  states: ['states'],
  uptime: ['uptime'],
  certificate: ['certificate'],
  clock: ['clock'],
  enrolled: ['enrolled'],
  visited: ['visited'],
}

/** The columns of a file of the table as it is chosen, also of those that have no room just now. */
export const exportColumns = (chosen: readonly string[]): ExportColumn[] => [...new Set(['name', 'state', ...chosen].flatMap((id) => IN_FILE[id] ?? []))]
