import { z } from 'zod'
import { operation } from '@/lib/http/operation'
import { editSettings } from '@/lib/settings/edit'
import { editSettingsInput, installationDto, settingsDto } from '@/lib/settings/input'
import { readSettings } from '@/lib/settings/read'
import { readInstallation } from '@/lib/settings/read-installation'

const tag = 'settings'

export const settingsOperations = {
  read: operation({ id: 'readSettings', method: 'get', path: '/settings', tag, summary: 'What the owner decided for the installation', input: z.strictObject({}), output: settingsDto, run: readSettings }),
  edit: operation({ id: 'editSettings', method: 'patch', path: '/settings', tag, summary: 'Decide who needs a second factor and how long audit entries are kept', input: editSettingsInput, output: settingsDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editSettings(actor, input, expectedRevision) }),
  installation: operation({ id: 'readInstallation', method: 'get', path: '/installation', tag, summary: 'The state of Palisade itself: keys, database, last backup, audit log', input: z.strictObject({}), output: installationDto, run: (actor) => readInstallation(actor, new Date()) }),
}
