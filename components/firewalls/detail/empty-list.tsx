import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'

/** Nothing is left: either the firewall has none, or the filter hides all of them; then it is named and removed here. */
export function EmptyList({ none, why, filter, onClear, total }: { none: string; why: string; filter?: string; onClear?: () => void; total?: number }) {
  if (filter && onClear && total) {
    return (
      <Empty title="Nothing matches." action={<Button onClick={onClear}>Remove the filter “{filter}”</Button>}>
        {total === 1 ? 'The one that is stored does not contain it.' : `None of the ${total} that are stored contains it.`}
      </Empty>
    )
  }
  return <Empty title={none}>{why}</Empty>
}
