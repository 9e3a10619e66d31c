import type { CalendarDto } from '@/lib/windows/dto'

/** Windows that do not count stand on no day; here they are found again. */
export function OffWindows({ off, onOpen }: { off: CalendarDto['off']; onOpen: (id: string) => void }) {
  if (off.length === 0) return null
  return (
    <section aria-labelledby="off-windows" className="px-5 pb-6 max-md:px-4">
      <h2 id="off-windows" className="py-2 font-semibold">
        {off.length === 1 ? '1 window is' : `${off.length} windows are`} switched off
      </h2>
      <ul>
        {off.map(({ id, name, customer, place }) => (
          <li key={id} className="border-b border-line">
            <button type="button" onClick={() => onOpen(id)} className="flex min-h-9 w-full flex-wrap items-center gap-x-3 py-1 text-left hover:bg-hover max-md:min-h-11">
              <span className="min-w-0 break-words text-act">{name}</span>
              <span className="min-w-0 text-xs break-words text-text-3">{place === null ? customer.name : `${place} of ${customer.name}`}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
