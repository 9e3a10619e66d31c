'use client'
import { Columns3 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useOnDemand } from '@/components/ui/on-demand'
import { plural } from '@/lib/format/numbers'
import type { ColumnChoice } from './use-fleet-columns'

const load = () => import('./fleet-columns-menu-box').then((module) => module.ColumnsMenuBox)

/** Which columns there are. Those that have no room just now say so. */
export function ColumnsMenu({ choice, leftOut }: { choice: ColumnChoice; leftOut: ReadonlySet<string> }) {
  const { part: Box, attributes } = useOnDemand(load, 'menu')
  const trigger = (
    <Button icon={Columns3} {...attributes} className="max-md:hidden">
      <span className="max-xl:sr-only">Columns</span>
      {leftOut.size > 0 && (
        <span className="text-xs text-text-3" title={`${plural(leftOut.size, 'column has', 'columns have')} no room`}>
          −{leftOut.size}
          <span className="sr-only"> without room</span>
        </span>
      )}
    </Button>
  )
  return Box === null ? trigger : <Box trigger={trigger} choice={choice} leftOut={leftOut} />
}
