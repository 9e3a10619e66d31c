import { fingerprintPairs } from '@/lib/format/versions'

const EDGE = 4

/** All pairs of a SHA-256; first and last four stand out, because that is what eyes compare. */
export function Fingerprint({ sha256 }: { sha256: string }) {
  const pairs = fingerprintPairs(sha256)
  return (
    <span className="font-mono text-xs break-all text-text-2">
      <strong className="font-semibold text-text">{pairs.slice(0, EDGE).join(':')}</strong>:{pairs.slice(EDGE, -EDGE).join(':')}:
      <strong className="font-semibold text-text">{pairs.slice(-EDGE).join(':')}</strong>
    </span>
  )
}
