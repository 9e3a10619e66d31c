// Which Tailwind classes set the same thing, for those that we use: the library's own table of all of them is larger than
// most of our pages. lib/core/cn.test.ts compares the two over every pair of classes in the source.
import { createTailwindMerge } from 'tailwind-merge'

const any = (): boolean => true
const isNumber = (value: string): boolean => /^\d+$/.test(value)
const isLength = (value: string): boolean => /^\d+$|^\[-?[\d.]+[a-z%]*\]$/.test(value)
const SIDES = { x: ['r', 'l'], y: ['t', 'b'] } as const
const EDGES = ['x', 'y', 't', 'r', 'b', 'l'] as const
const ALIGN = ['start', 'end', 'center', 'between', 'around', 'evenly', 'stretch', 'baseline', 'normal']

type Group = readonly (string | Record<string, (string | ((value: string) => boolean))[]>)[]
/** Prefixes that mean one thing whatever stands behind them. */
const plain = (...names: readonly string[]): Record<string, Group> => Object.fromEntries(names.map((name) => [name, [{ [name]: [any] }]]))
const edged = (name: string): string[] => [name, ...EDGES.map((edge) => `${name}${edge}`)]
const spread = (name: string): Record<string, string[]> => ({
  [name]: EDGES.map((edge) => `${name}${edge}`),
  [`${name}x`]: SIDES.x.map((edge) => `${name}${edge}`),
  [`${name}y`]: SIDES.y.map((edge) => `${name}${edge}`),
})

const groups: Record<string, Group> = {
  display: ['block', 'inline-block', 'inline', 'flex', 'inline-flex', 'grid', 'inline-grid', 'table', 'table-header-group', 'contents', 'list-item', 'hidden'],
  sr: ['sr-only', 'not-sr-only'],
  position: ['static', 'fixed', 'absolute', 'relative', 'sticky'],
  visibility: ['visible', 'invisible', 'collapse'],
  ...plain('inset', 'inset-x', 'inset-y', 'top', 'right', 'bottom', 'left', 'z', 'order', 'basis', 'grow', 'shrink', 'items', 'self', 'grid-cols', 'grid-rows', 'col-start', 'auto-cols', 'grid-flow'),
  'flex-direction': ['flex-row', 'flex-col', 'flex-row-reverse', 'flex-col-reverse'],
  'flex-wrap': ['flex-wrap', 'flex-nowrap'],
  flex: [{ flex: [any] }],
  'col-start-end': [{ col: ['auto'] }, { 'col-span': [any] }],
  ...plain('gap', 'gap-x', 'gap-y', 'place-items', 'justify-self', 'justify-items'),
  'justify-content': [{ justify: ALIGN }],
  ...plain(...edged('p'), ...edged('m'), ...edged('scroll-m'), 'size', 'w', 'h', 'min-w', 'min-h', 'max-w', 'max-h'),
  'font-size': [{ text: ['2xs', 'xs', 'sm', 'base', 'lg', 'xl', '2xl', '3xl'] }],
  'text-alignment': [{ text: ['left', 'center', 'right', 'justify', 'start', 'end'] }],
  'text-wrap': [{ text: ['wrap', 'nowrap', 'balance', 'pretty'] }],
  'text-overflow': ['truncate', 'text-ellipsis', 'text-clip'],
  'text-color': [{ text: [any] }],
  'font-weight': [{ font: ['normal', 'medium', 'semibold', 'bold'] }],
  'font-family': [{ font: ['sans', 'mono'] }],
  'fvn-normal': ['normal-nums'],
  'fvn-spacing': ['proportional-nums', 'tabular-nums'],
  ...plain('leading', 'tracking', 'whitespace', 'align', 'accent', 'opacity', 'cursor', 'select', 'pointer-events', 'touch', 'duration', 'animate', 'fill', 'list', 'object', 'break-inside', 'break-before', 'break-after'),
  break: [{ break: ['normal', 'words', 'all', 'keep'] }],
  'text-decoration': ['underline', 'overline', 'line-through', 'no-underline'],
  'ring-w': ['ring'],
  // A pattern is a picture, which a colour leaves alone.
  'bg-image': [{ bg: [(value) => /^\[[a-z-]*gradient\(/.test(value)] }],
  'bg-color': [{ bg: [any] }],
  ...plain('rounded', 'rounded-t', 'rounded-r', 'rounded-b', 'rounded-l'),
  'border-collapse': ['border-collapse', 'border-separate'],
  'border-style': [{ border: ['solid', 'dashed', 'dotted', 'double', 'hidden', 'none'] }],
  ...Object.fromEntries(['', '-x', '-y', '-t', '-r', '-b', '-l'].map((edge) => [`border-w${edge}`, [{ [`border${edge}`]: ['', isLength] }]])),
  ...Object.fromEntries(['', '-x', '-y', '-t', '-r', '-b', '-l'].map((edge) => [`border-color${edge}`, [{ [`border${edge}`]: [any] }]])),
  'divide-x': [{ 'divide-x': ['', isLength] }],
  'divide-y': [{ 'divide-y': ['', isLength] }],
  'divide-color': [{ divide: [any] }],
  'outline-style': [{ outline: ['none', 'solid', 'dashed', 'hidden'] }],
  'outline-offset': [{ 'outline-offset': [any] }],
  'outline-w': [{ outline: ['', isNumber] }],
  'outline-color': [{ outline: [any] }],
  'stroke-w': [{ stroke: [isNumber] }],
  stroke: [{ stroke: [any] }],
  ...plain('shadow', 'overflow', 'overflow-x', 'overflow-y', 'brightness', 'rotate', 'translate-x', 'translate-y'),
  transition: [{ transition: ['', any] }],
  'table-layout': [{ table: ['auto', 'fixed'] }],
}

const conflicts = {
  overflow: ['overflow-x', 'overflow-y'],
  inset: ['inset-x', 'inset-y', 'top', 'right', 'bottom', 'left'],
  'inset-x': ['right', 'left'],
  'inset-y': ['top', 'bottom'],
  flex: ['basis', 'grow', 'shrink'],
  gap: ['gap-x', 'gap-y'],
  ...spread('p'),
  ...spread('m'),
  ...spread('scroll-m'),
  size: ['w', 'h'],
  'font-size': ['leading'],
  'fvn-normal': ['fvn-spacing'],
  'fvn-spacing': ['fvn-normal'],
  rounded: ['rounded-t', 'rounded-r', 'rounded-b', 'rounded-l'],
  ...Object.fromEntries(['w', 'color'].flatMap((what) => [
    [`border-${what}`, EDGES.map((edge) => `border-${what}-${edge}`)],
    [`border-${what}-x`, SIDES.x.map((edge) => `border-${what}-${edge}`)],
    [`border-${what}-y`, SIDES.y.map((edge) => `border-${what}-${edge}`)],
  ])),
}

export const mergeClasses = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: groups,
  conflictingClassGroups: conflicts,
  conflictingClassGroupModifiers: { 'font-size': ['leading'] },
  orderSensitiveModifiers: ['*', '**', 'after', 'before', 'placeholder', 'file', 'marker', 'selection'],
}))
