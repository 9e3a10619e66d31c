import { versionsDto } from '@/lib/firmware/dto'
import { versionsInput } from '@/lib/firmware/input'
import { readVersions } from '@/lib/firmware/versions'
import { operation } from '@/lib/http/operation'

export const firmwareOperations = {
  versions: operation({ id: 'readVersions', method: 'get', path: '/firmware', tag: 'firmware', summary: 'Which versions run on how many firewalls, what those are offered, and advisories about them', input: versionsInput, output: versionsDto, run: readVersions }),
}
