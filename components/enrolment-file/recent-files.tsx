'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Age } from '@/components/ui/age'
import { ProblemNotice } from '@/components/ui/problem'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { EnrolmentSummary } from '@/lib/enrolment/dto'
import { FOR_A_PERSON, UNDER_WAY, type RowState } from '@/lib/enrolment/states'
import { formatCount } from '@/lib/format/numbers'
import { enrolmentQueries } from '@/lib/queries/enrolment'

const sum = ({ counts }: EnrolmentSummary, states: readonly RowState[]): number => states.reduce((all, state) => all + counts[state], 0)

/** Files taken before; who comes back finds what waits. Nothing when there is none. */
export function RecentFiles() {
  const { data = [], error, refetch } = useQuery(enrolmentQueries.list())
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (data.length === 0) return null
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">Files you took</h2>
      <Table caption="Files you took">
        <TableHead>
          <TableRow>
            <TableHeader>File</TableHeader>
            <TableHeader>Taken</TableHeader>
            <TableHeader align="right">Lines</TableHeader>
            <TableHeader align="right">Enrolled</TableHeader>
            <TableHeader align="right">Under way</TableHeader>
            <TableHeader align="right">Need you</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {data.map((file) => {
            const needs = sum(file, FOR_A_PERSON)
            return (
              <TableRow key={file.id} rail={needs > 0 ? 'you' : null}>
                <TableCell>
                  <Link href={`/firewalls/import/${file.id}`} className="font-medium hover:underline">
                    {file.fileName}
                  </Link>
                </TableCell>
                <TableCell className="whitespace-nowrap">
                  <Age at={file.createdAt} />
                </TableCell>
                <TableCell align="right">{formatCount(file.total)}</TableCell>
                <TableCell align="right">{formatCount(sum(file, ['enrolled', 'unchanged']))}</TableCell>
                <TableCell align="right">{formatCount(sum(file, UNDER_WAY))}</TableCell>
                <TableCell align="right" className={needs > 0 ? 'font-semibold text-you' : undefined}>
                  {formatCount(needs)}
                </TableCell>
              </TableRow>
            )
          })}
        </TableBody>
      </Table>
    </section>
  )
}
