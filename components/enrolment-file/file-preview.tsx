import { Notice } from '@/components/ui/notice'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { cn } from '@/lib/core/cn'
import type { FilePreview } from '@/lib/enrolment/dto'
import { formatCount, plural } from '@/lib/format/numbers'
import { TRUST_PLANS } from './row-words'

/** Everything that is wrong, by line and column, so that it can be corrected in one go. */
export function FileProblems({ preview }: { preview: FilePreview }) {
  const rest = preview.problemCount - preview.problems.length
  return (
    <div className="flex max-w-5xl flex-col gap-3">
      <Notice tone="warn" role="alert" title={`${plural(preview.problemCount, 'thing')} in this file cannot be used. Nothing was stored.`}>
        Correct the file and choose it again. A file is taken whole or not at all.
      </Notice>
      <Table caption="What cannot be used">
        <TableHead>
          <TableRow>
            <TableHeader align="right" className="w-16">
              Line
            </TableHeader>
            <TableHeader className="w-32">Column</TableHeader>
            <TableHeader>What to do</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {preview.problems.map(({ line, column, message }, at) => (
            <TableRow key={`${at} ${line} ${column ?? ''}`}>
              <TableCell align="right">{line}</TableCell>
              <TableCell mono>{column ?? ''}</TableCell>
              <TableCell className="min-w-60 break-words">{message}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {rest > 0 && <p className="text-text-2">And {formatCount(rest)} more.</p>}
    </div>
  )
}

/** What Palisade understood, without the credentials. */
export function FileRows({ preview }: { preview: FilePreview }) {
  const rest = preview.rowCount - preview.rows.length
  return (
    <div className="flex flex-col gap-2">
      <Table caption="What was understood">
        <TableHead>
          <TableRow>
            <TableHeader align="right" className="w-14">
              Line
            </TableHeader>
            <TableHeader>Name</TableHeader>
            <TableHeader>Customer, site</TableHeader>
            <TableHeader>Address</TableHeader>
            <TableHeader>Family</TableHeader>
            <TableHeader>Signs in with</TableHeader>
            <TableHeader>Certificate</TableHeader>
            <TableHeader>Tags</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {preview.rows.map((row) => (
            <TableRow key={row.line}>
              <TableCell align="right" className="text-text-3">
                {row.line}
              </TableCell>
              <TableCell className="font-medium whitespace-nowrap">{row.name}</TableCell>
              <TableCell className="whitespace-nowrap">
                {row.customer} <span className="text-text-3">{row.site}</span>
              </TableCell>
              <TableCell mono className="text-text-2">
                {row.baseUrl}
              </TableCell>
              <TableCell>{row.family ?? <span className="text-text-3">to be found</span>}</TableCell>
              <TableCell mono>{row.method}</TableCell>
              <TableCell className={cn('whitespace-nowrap', row.trust === 'plain-http' ? 'text-warn' : 'text-text-2')}>{TRUST_PLANS[row.trust]}</TableCell>
              <TableCell className="text-text-2">{row.tags.join(' ')}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {rest > 0 && <p className="px-5 text-text-2">And {formatCount(rest)} more lines.</p>}
    </div>
  )
}
