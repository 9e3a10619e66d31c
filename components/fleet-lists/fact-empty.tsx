import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { writeCondition } from '@/components/filter/write-condition'
import type { Pair } from '@/lib/query-language/parse'

type FactEmptyProps = {
  many: string
  conditions: readonly Pair[]
  scoped: boolean
  gone: boolean
  onChange: (conditions: readonly Pair[]) => void
  onGone: () => void
}

/** Nothing is left: either nothing was read yet, or a condition hides all of it; then each can be removed here. */
export function FactEmpty({ many, conditions, scoped, gone, onChange, onGone }: FactEmptyProps) {
  if (conditions.length === 0) {
    return (
      <Empty
        title={`No ${many} are stored${scoped ? ' of this customer' : ''}.`}
      >{`They are read when Palisade visits the firewalls, within minutes of enrolment.`}</Empty>
    )
  }
  return (
    <Empty
      title="Nothing matches."
      action={
        <>
          {conditions.map((pair, place) => (
            <Button key={`${place} ${pair[0]}`} onClick={() => onChange(conditions.filter((_, at) => at !== place))} className="max-w-full">
              <span className="truncate">Remove {writeCondition(pair)}</span>
            </Button>
          ))}
          {!gone && <Button onClick={onGone}>Look among what is gone</Button>}
        </>
      }
    >
      {conditions.length === 1 ? `None of the ${many} meets this condition.` : `None of the ${many} meets all ${conditions.length} conditions.`} Capital and
      small letters count.
    </Empty>
  )
}
