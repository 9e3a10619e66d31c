'use client'
import { Check, Copy, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button'

type CopyButtonProps = { text: string | (() => string); label: string; size?: 'sm' | 'md'; variant?: 'secondary' | 'quiet'; iconOnly?: boolean }
const WORDS = { idle: '', copied: 'Copied', refused: 'The browser did not allow it. Select the text and copy it.' } as const
const ICONS = { idle: Copy, copied: Check, refused: X } as const

/** Copies text; says so in its own place. `label` names what is copied. */
export function CopyButton({ text, label, size = 'sm', variant = 'secondary', iconOnly = false }: CopyButtonProps) {
  const [state, setState] = useState<keyof typeof WORDS>('idle')
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
      setState('copied')
    } catch {
      setState('refused')
    }
  }
  return (
    <span className="inline-flex items-center gap-2">
      <Button
        size={size}
        variant={variant}
        icon={ICONS[state]}
        onClick={() => void copy()}
        onBlur={() => setState('idle')}
        {...(iconOnly && { 'aria-label': label })}
      >
        {iconOnly ? null : state === 'copied' ? WORDS.copied : label}
      </Button>
      <span role="status" className={state === 'refused' ? 'text-xs text-bad' : 'sr-only'}>
        {WORDS[state]}
      </span>
    </span>
  )
}
