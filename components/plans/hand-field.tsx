import { useId, useState } from 'react'
import { arriving } from '@/components/ui/arriving'
import { Button } from '@/components/ui/button'
import { plural } from '@/lib/format/numbers'

const HandDialog = arriving(() => import('./hand-dialog').then((module) => module.HandDialog), { leave: ({ onClose }) => onClose() })

type HandFieldProps = { ids: readonly string[]; /** Query string of the plan. */ query: string; error: string | undefined; onChange: (ids: string[]) => void }

/** Firewalls that are chosen one by one. */
export function HandField({ ids, query, error, onChange }: HandFieldProps) {
  const note = useId()
  const [open, setOpen] = useState(false)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button aria-describedby={note} onClick={() => setOpen(true)}>
        Choose firewalls
      </Button>
      <span className="text-text-2">{ids.length === 0 ? 'None is chosen.' : `${plural(ids.length, 'firewall')} chosen.`}</span>
      <p id={note} className="w-full text-xs text-bad">
        {error}
      </p>
      {open && (
        <HandDialog
          ids={ids}
          query={query}
          onClose={() => setOpen(false)}
          onChoose={(chosen) => {
            onChange(chosen)
            setOpen(false)
          }}
        />
      )}
    </div>
  )
}
