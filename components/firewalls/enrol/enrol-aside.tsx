import type { ReactNode } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import type { Enrolment } from './enrolment'

/** What helps at the firewall while the steps are done here. */
export function EnrolAside({ enrolment: { probe, test } }: { enrolment: Enrolment }) {
  const missing = test?.test.features.filter(({ result }) => result === 'missing').length ?? 0
  return (
    <aside aria-label="Help with enrolment" className="flex flex-col gap-5 border-line bg-sunken px-5 py-5 max-lg:border-t lg:w-72 lg:shrink-0 lg:border-l">
      {missing > 0 && (
        <Part title={missing === 1 ? 'Why a privilege is missing' : `Why ${missing} privileges are missing`}>
          Each area of a firewall has its own privilege. The user or group that holds this key was made before Palisade, or was given less. Add exactly the
          names in the table.
        </Part>
      )}
      <Part title="Allow Palisade in">
        Where the firewall limits who may reach its web interface, allow this address:
        {probe?.ownAddress ? (
          <span className="mt-2 flex items-center justify-between gap-2 rounded-md border border-line bg-surface py-1 pr-1 pl-3">
            <span className="font-mono text-xs break-all text-text">{probe.ownAddress}</span>
            <CopyButton text={probe.ownAddress} label="Copy the address" iconOnly variant="quiet" />
          </span>
        ) : (
          <span className="mt-2 block text-text-3">It is shown once the address has answered.</span>
        )}
      </Part>
      <Part title="One key for Palisade alone">
        A key is shown once, when it is made. Make a user for Palisade only, so that you can see and revoke what it does.
      </Part>
      {test && (
        <Part title="What this key can do">
          {test.test.warnings.length === 0
            ? 'It is limited to its privileges. A key that may do everything would be accepted with a warning.'
            : 'More than Palisade needs; the warning beside the result says what. It is accepted as it is.'}
        </Part>
      )}
      <p className="border-t border-line-2 pt-4 text-xs text-text-3">Nothing is saved before the last step. Leave now and the credential is forgotten.</p>
    </aside>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="font-semibold">{title}</h2>
      <div className="text-text-2">{children}</div>
    </section>
  )
}
