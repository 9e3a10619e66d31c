import { compareBackupItems, compareBackups, compareBackupsRaw } from '@/lib/configuration/compare'
import { comparison, itemChanges, rawComparison } from '@/lib/configuration/dto'
import { compareInput, compareItemsInput, compareRawInput } from '@/lib/configuration/input'
import { operation } from '@/lib/http/operation'

const tag = 'backups'

/** Two backups beside each other, of one firewall or of two. Secrets are never in it. */
export const compareOperations = {
  summary: operation({ id: 'compareBackups', method: 'get', path: '/backups/compare', tag, summary: 'What differs between two backups, counted by section', input: compareInput, output: comparison, run: compareBackups }),
  items: operation({ id: 'compareBackupItems', method: 'get', path: '/backups/compare/items', tag, summary: 'What differs between two backups, item by item with its values', input: compareItemsInput, output: itemChanges, run: compareBackupItems }),
  raw: operation({ id: 'compareBackupsRaw', method: 'get', path: '/backups/compare/raw', tag, summary: 'What differs between two backups, as lines of masked XML', input: compareRawInput, output: rawComparison, run: compareBackupsRaw }),
}
