// config.xml of a simulated pfSense, written from the configuration that was recorded as JSON.
import { isObject, type Json, objectOf } from '../json'
import { plantSecrets } from '../planted-secrets'
import { recordedData } from '../recorded'

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** XML names cannot hold what some planted keys hold at the start. */
function element(name: string, value: Json, depth: number): string {
  const indent = '\t'.repeat(depth)
  if (Array.isArray(value)) return value.map((item) => element(name, item, depth)).join('')
  if (!isObject(value)) return `${indent}<${name}>${value === null ? '' : escape(String(value))}</${name}>\n`
  const children = Object.entries(value).map(([key, item]) => element(key, item, depth + 1))
  return `${indent}<${name}>\n${children.join('')}${indent}</${name}>\n`
}

/** The whole file; `canary` plants secrets in it. `changes` counts writes, so that each changes the text. */
export function configXml(hostname: string, changes: number, canary: string | null): string {
  const config = objectOf(recordedData('pfsense-v1', 'system-config'))
  const system = { ...objectOf(config['system']), hostname }
  const revision = { time: String(1_795_000_000 + changes), description: `change ${changes}`, username: 'admin@192.168.1.50 (Local Database)' }
  const whole: Json = { ...config, system, revision }
  return `<?xml version="1.0"?>\n${element('pfsense', canary === null ? whole : plantSecrets(whole, canary), 0)}`
}
