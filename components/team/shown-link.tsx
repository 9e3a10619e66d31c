'use client'
import { CodeBlock } from '@/components/ui/code-block'
import { Notice } from '@/components/ui/notice'
import { formatDateTime } from '@/lib/format/dates'
import { JOIN_HOURS, RESET_HOURS, type NewLinkDto } from '@/lib/team/input'

/** A link in its only showing. */
export function ShownLink({ made: { link, expiresAt, operator, mail } }: { made: NewLinkDto }) {
  const hours = operator.state === 'invited' ? JOIN_HOURS : RESET_HOURS
  if (link === null) {
    return (
      <Notice tone="warn" title="The link was shown when it was made, and is not shown again.">
        Make a new one on the page of {operator.name}; it replaces this one.
      </Notice>
    )
  }
  return (
    <>
      {mail && (
        <Notice tone={mail.sent ? 'good' : 'warn'} title={mail.sent ? mail.sentence : 'The mail did not go out.'}>
          {mail.sent ? 'You can hand it over yourself as well.' : `${mail.sentence} Hand the link over yourself.`}
        </Notice>
      )}
      <CodeBlock text={link} label="Link" className="[&_pre]:break-all" />
      <ul className="flex list-disc flex-col gap-1 pl-4 text-text-2">
        <li>
          It works once, for {hours} hours: until {formatDateTime(expiresAt)}.
        </li>
        <li>It is not shown again. A new one can be made at any time, and replaces this one.</li>
        <li>
          Whoever has it can {operator.state === 'invited' ? 'join in this name' : 'set the password'}: hand it over in a way that only {operator.name} can
          read.
        </li>
      </ul>
    </>
  )
}
