'use client'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { useNow } from '@/components/ui/use-now'
import { formatDate } from '@/lib/format/dates'
import { TOKEN_DAYS_MAX } from '@/lib/tokens/input'

const DAY_MS = 86_400_000
const PRESETS = ['30', '90', '365'] as const

/** How long it works, and until when that is. */
export function DaysField({ value, onChange, error }: { value: string; onChange: (days: string) => void; error: string | undefined }) {
  const nowMs = useNow()
  const days = /^\d{1,4}$/.test(value) ? Number(value) : 0
  const until = nowMs !== null && days >= 1 && days <= TOKEN_DAYS_MAX ? `Until ${formatDate(new Date(nowMs + days * DAY_MS).toISOString())}.` : null
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
      <Field label="Days" help={until ?? 'Whole days.'} error={error} className="w-36">
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            inputMode="numeric"
            autoComplete="off"
            value={value}
            onChange={(event) => onChange(event.target.value.trim())}
          />
        )}
      </Field>
      <div role="group" aria-label="Usual lengths" className="mt-5 flex gap-2">
        {PRESETS.map((preset) => (
          <Button key={preset} aria-pressed={value === preset} onClick={() => onChange(preset)} className={value === preset ? 'border-act bg-act-soft' : ''}>
            {preset}
          </Button>
        ))}
      </div>
    </div>
  )
}
