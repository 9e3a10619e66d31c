// The part of the table about files of firewalls to enrol: each belongs to the person who took it.
import { db } from '@/lib/db/client'
import { credential, credentialColumns, fresh, type Rule, type Situation } from './matrix-rule'

const base64 = (lines: readonly string[]) => Buffer.from(lines.join('\n')).toString('base64')
const fileOf = ({ at, world }: Situation) => {
  const columns = credentialColumns(world.firewall)
  const cells = { name: fresh('New'), customer: at.name, url: world.firewall.info.url, ...columns }
  return { fileName: 'new.csv', fileBase64: base64([Object.keys(cells).join(','), Object.values(cells).join(',')]) }
}

const ownFile = (more: Partial<Rule> = {}): Rule => ({
  names: 'enrolmentId',
  least: 'admin',
  finds: 'admin',
  personal: true,
  id: ({ caller, kind, at }) => (kind === 'own' ? caller.enrolmentId : at.enrolmentId),
  ...more,
})
const fails = async ({ caller }: Situation) => void (await db().enrolmentRow.updateMany({ where: { fileId: caller.enrolmentId }, data: { state: 'failed' } }))
const lines = () => ({ lines: [2] })

export const ENROLMENT: Record<string, Rule[]> = {
  listEnrolments: [{ names: 'nothing', least: 'admin' }],
  previewEnrolmentFile: [{ names: 'nothing', least: 'admin', body: fileOf }],
  takeEnrolmentFile: [{ names: 'body', least: 'admin', finds: 'admin', stepUp: true, body: fileOf }],
  downloadEnrolmentTemplate: [{ names: 'nothing', least: 'admin' }],
  readEnrolment: [ownFile()],
  listEnrolmentRows: [ownFile()],
  trustEnrolmentRows: [ownFile({ stepUp: true, body: ({ world }) => ({ rows: [{ line: 2, sha256: world.firewall.info.sha256 }] }) })],
  retryEnrolmentRows: [ownFile({ body: lines, prepare: fails })],
  dropEnrolmentRows: [ownFile({ body: lines })],
  editEnrolmentRow: [ownFile({ stepUp: true, body: (situation) => ({ line: 2, ...credential(situation) }) })],
  downloadFailedRows: [ownFile()],
}
