/** A text with the part that was looked for underlined, wherever case allows. */
export function Marked({ text, part }: { text: string; part: string }) {
  const at = part.length < 2 ? -1 : text.toLowerCase().indexOf(part.toLowerCase())
  if (at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <mark className="border-b-2 border-act bg-transparent text-inherit">{text.slice(at, at + part.length)}</mark>
      {text.slice(at + part.length)}
    </>
  )
}
