import { operation } from '@/lib/http/operation'
import { askRestart } from '@/lib/reverts/ask-restart'
import { historyEntries, restoreDto, revertDto, revertList, revertPreview } from '@/lib/reverts/dto'
import { historyEntriesInput, listRevertsInput, previewInput, restartInput, restoreInput, revertInput } from '@/lib/reverts/input'
import { listReverts } from '@/lib/reverts/list'
import { listHistoryEntries } from '@/lib/reverts/list-entries'
import { previewRevert } from '@/lib/reverts/preview'
import { readRestoreInstructions } from '@/lib/reverts/restore'
import { startRevert } from '@/lib/reverts/start'

const tag = 'reverts'

/** Going back to an entry of the firewall's own history, and giving a backup back by hand. */
export const revertOperations = {
  entries: operation({ id: 'listHistoryEntries', method: 'get', path: '/firewalls/{id}/history-entries', tag, summary: 'Ask the firewall for the configurations that it keeps itself', input: historyEntriesInput, output: historyEntries, run: (actor, input, { signal }) => listHistoryEntries(actor, input, signal) }),
  preview: operation({ id: 'previewRevert', method: 'get', path: '/firewalls/{id}/history-entries/{revision}', tag, summary: 'What going back to an entry would change, compared now', input: previewInput, output: revertPreview, run: (actor, input, { signal }) => previewRevert(actor, input, signal) }),
  start: operation({ id: 'revertFirewall', method: 'post', path: '/firewalls/{id}/revert', tag, summary: 'Go back to an entry as it was seen in the preview; nothing is restarted', input: revertInput, output: revertDto, status: 202, run: startRevert }),
  list: operation({ id: 'listReverts', method: 'get', path: '/firewalls/{id}/reverts', tag, summary: 'How going back went, newest first', input: listRevertsInput, output: revertList, run: listReverts }),
  restart: operation({ id: 'restartAfterRevert', method: 'post', path: '/firewalls/{id}/reverts/{revertId}/restart', tag, summary: 'Restart the firewall so that the stored entry runs', input: restartInput, output: revertDto, status: 202, run: askRestart }),
  restore: operation({ id: 'readRestoreInstructions', method: 'get', path: '/firewalls/{id}/backups/{backupId}/restore', tag, summary: 'How a person gives this backup back by hand', input: restoreInput, output: restoreDto, run: readRestoreInstructions }),
}
