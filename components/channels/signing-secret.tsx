import { CodeBlock } from '@/components/ui/code-block'

/** The key that signs a webhook, in its only showing. */
export function SigningSecret({ secret }: { secret: string }) {
  return (
    <>
      <CodeBlock text={secret} label="Key that signs" className="[&_pre]:break-all" />
      <ul className="flex list-disc flex-col gap-1 pl-4 text-text-2">
        <li>It is not shown again. A new one can be made at any time; the one before signs beside it for a day.</li>
        <li>
          Header <code className="font-mono text-xs">Palisade-Signature: t=…,v1=…</code>, where v1 is the HMAC-SHA256 of{' '}
          <code className="font-mono text-xs">t.body</code> in hex. Refuse what is older than five minutes.
        </li>
        <li>
          A notice that is repeated has the same <code className="font-mono text-xs">Palisade-Delivery</code>.
        </li>
      </ul>
    </>
  )
}
