'use client'
import { Search } from 'lucide-react'
import { useState, type ReactNode, type Ref } from 'react'
import { cn } from '@/lib/core/cn'
import { TextInput } from './field'

type SearchInputProps = {
  /** Read aloud; what is searched. */
  label: string
  placeholder: string
  /** As it stands in the address, which follows the typing a moment later. */
  value: string
  onChange: (text: string) => void
  inputRef?: Ref<HTMLInputElement>
  /** A key hint at the right. */
  children?: ReactNode
  className?: string
}

/** A search field over a value in the address. While it has the focus its own text counts: the address may lag behind a fast typist. */
export function SearchInput({ label, placeholder, value, onChange, inputRef, children, className }: SearchInputProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const change = (text: string): void => {
    setTyped(text)
    onChange(text)
  }
  return (
    <div className={cn('relative', className)}>
      <Search aria-hidden size={16} className="pointer-events-none absolute top-2 left-2.5 text-text-3 max-md:top-3.5" />
      <TextInput
        ref={inputRef}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={typed ?? value}
        onFocus={() => setTyped(value)}
        onBlur={() => setTyped(null)}
        onChange={(event) => change(event.target.value)}
        className={cn('pl-8', children !== undefined && 'pr-9')}
      />
      {children !== undefined && <span className="pointer-events-none absolute top-[7px] right-2">{children}</span>}
    </div>
  )
}
