/** Three posts, one of them taller: the palisade. */
export function Brand({ wordHidden = false }: { wordHidden?: boolean }) {
  return (
    <span className="flex items-center gap-2.5 text-base font-semibold">
      <svg aria-hidden width="20" height="18" viewBox="0 0 20 18" className="shrink-0 fill-current">
        <path d="M1 6l2-3 2 3v12H1zM7.5 4l2-4 2 4v14h-4zM15 6l2-3 2 3v12h-4z" />
      </svg>
      <span className={wordHidden ? 'sr-only xl:not-sr-only' : undefined}>Palisade</span>
    </span>
  )
}
