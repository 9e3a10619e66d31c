import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { FILE_COLUMNS } from '@/lib/enrolment/input'

/** What the columns are for, while no file is chosen. */
export function ColumnHelp() {
  return (
    <section className="flex max-w-3xl flex-col gap-2">
      <h2 className="font-semibold">The columns</h2>
      <p className="text-text-2">In any order, by the names in the first line. Commas, semicolons or tabs divide them.</p>
      <Table caption="The columns of a file">
        <TableHead>
          <TableRow>
            <TableHeader className="w-32">Column</TableHeader>
            <TableHeader className="w-20">Needed</TableHeader>
            <TableHeader>For</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {FILE_COLUMNS.map(({ name, needed, help }) => (
            <TableRow key={name}>
              <TableCell mono>{name}</TableCell>
              <TableCell className="text-text-2">{needed ? 'yes' : ''}</TableCell>
              <TableCell className="min-w-52 text-text-2">{help}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  )
}
