// Every page of the app, read from its folders, so that a new page is looked at without being named anywhere.
import { readdirSync } from 'node:fs'
import path from 'node:path'

const APP = path.join(import.meta.dirname, '../app')
/** What stands for `[id]` below these folders. */
export type Ids = { firewalls: string; operators: string; import: string; reports: string }

/** A page of one that is gone is a page as well. */
const GONE = { alerts: '00000000-0000-4000-8000-00000000a1e7', channels: '00000000-0000-4000-8000-00000000c4a1', plans: '00000000-0000-4000-8000-00000000b1a4' }

/** `segments` are those of the router: groups stay, and a dynamic part has its name and value. */
export type PageAddress = { path: string; isPublic: boolean; segments: Segment[] }
export type Segment = string | [name: string, value: string, kind: 'd', siblings: null]

/** `isPublic`: it belongs to signing in and is shown to everyone. */
export function allPages(ids: Ids): PageAddress[] {
  return readdirSync(APP, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => {
      const parts = path.dirname(file).split(path.sep)
      const shown = parts.filter((part) => !/^\(.*\)$|^\.$/.test(part))
      const filled = shown.map((part, at) => (part === '[id]' ? (Object.entries({ ...GONE, ...ids }).find(([folder]) => folder === shown[at - 1])?.[1] ?? part) : part))
      if (filled.some((part) => part.includes('['))) throw new Error(`e2e/all-pages.ts does not know what to put into /${filled.join('/')}.`)
      const segments = parts.filter((part) => part !== '.').map((part): Segment => (part === '[id]' ? ['id', filled[shown.indexOf(part)] ?? '', 'd', null] : part))
      return { path: `/${filled.join('/')}`, isPublic: parts.includes('(auth)'), segments: ['', ...segments, '__PAGE__'] }
    })
    .sort((one, other) => one.path.localeCompare(other.path))
}
