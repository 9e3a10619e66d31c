'use client'
import { cn } from '@/lib/core/cn'
import { formatCount } from '@/lib/format/numbers'
import { LAYER_WORDS, type LayerCount, type RuleLayer } from './rule-groups'

const BELOW = {
  floating: 'any interface',
  group: 'of several interfaces',
  interface: '',
  automatic: 'made by the firewall',
  legacy: 'old store, read only',
} as const satisfies Record<RuleLayer, string>

/** Layers in the order in which a packet is asked. A choice shows one layer or one interface; chosen again it shows all. */
export function LayerNav({ layers, chosen, onChoose }: { layers: readonly LayerCount[]; chosen: string; onChoose: (key: string) => void }) {
  return (
    <nav
      aria-label="Layers of rules"
      className="flex flex-col gap-1 max-lg:flex-row max-lg:overflow-x-auto max-lg:pb-2 lg:sticky lg:top-14 lg:max-h-[calc(100dvh-4rem)] lg:overflow-y-auto"
    >
      <p className="px-2 pb-1 text-xs text-text-3 max-lg:sr-only">Asked in this order</p>
      {layers.map(({ layer, total, groups }) => {
        const { word, order } = LAYER_WORDS[layer]
        const several = groups.length > 1
        const below = layer === 'interface' ? `${groups.length} of them` : BELOW[layer]
        return (
          <div key={layer} className="flex flex-col max-lg:shrink-0">
            <LayerButton label={word} below={below} total={total} order={order} on={chosen === layer} onClick={() => onChoose(chosen === layer ? '' : layer)} />
            {several && layer !== 'automatic' && layer !== 'legacy' && (
              <div className="flex flex-col max-lg:hidden">
                {groups.map(({ key, name, total: inGroup }) => (
                  <LayerButton
                    key={key}
                    label={name === '' ? word : name}
                    total={inGroup}
                    on={chosen === key}
                    onClick={() => onChoose(chosen === key ? '' : key)}
                  />
                ))}
              </div>
            )}
          </div>
        )
      })}
    </nav>
  )
}

type LayerButtonProps = { label: string; below?: string; total: number; order?: number | null; on: boolean; onClick: () => void }

function LayerButton({ label, below, total, order, on, onClick }: LayerButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onClick}
      className={cn(
        'grid grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-2 rounded-md px-2 py-1 text-left hover:bg-hover max-lg:flex max-lg:min-h-11 max-lg:items-center max-lg:border max-lg:border-line-2',
        on && 'bg-hover font-semibold',
      )}
    >
      <span aria-hidden className="text-text-3">
        {order ?? ''}
      </span>
      <span className="min-w-0 truncate font-medium">{label}</span>
      <span className="text-text-2">{formatCount(total)}</span>
      {below && <span className="col-start-2 truncate text-xs font-normal text-text-3 max-lg:hidden">{below}</span>}
    </button>
  )
}
