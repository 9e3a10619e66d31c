'use client'
import { useQuery } from '@tanstack/react-query'
import { CalendarPlus } from 'lucide-react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Facts, NotReported } from '@/components/ui/facts'
import { FIRMWARE_LOOKS, StateMark } from '@/components/firewalls/state-word'
import { Age } from '@/components/ui/age'
import { Notice } from '@/components/ui/notice'
import { FirewallUpdates } from '@/components/updates/firewall-updates'
import type { Firmware } from '@/lib/adapters/model'
import { formatBytes } from '@/lib/format/bytes'
import { shortVersion } from '@/lib/format/versions'
import { firewallQueries } from '@/lib/queries/firewalls'
import { useFirewall } from '../firewall-context'
import { PackageAside } from '../package-card'
import { reasonWithout } from '../permissions'
import { ReadingFrame } from '../reading-frame'
import { useRefresh } from '../use-refresh'
import { Changelog } from './changelog'
import { CheckControls, CheckProgress } from './check-now'
import { FirmwarePackages } from './firmware-packages'
import { FirmwareAdvisories, FirmwareOutlook } from './outlook'

export function FirmwareTab() {
  const { firewall } = useFirewall()
  const query = useQuery(firewallQueries.reading('firmware', firewall.id))
  return (
    <div className="flex max-xl:flex-col">
      <div className="min-w-0 flex-1">
        <ReadingFrame title="Firmware" query={query} refresh={useRefresh('firmware', firewall.id)} controls={<><CheckControls /><PlanLink state={query.data?.value?.state} /></>}>
          {({ value }) => (
            <div className="flex flex-col gap-5">
              {value && <FirmwareSummary firmware={value} />}
              <CheckProgress />
              {value && (value.state === 'offered' || value.state === 'major-offered') && <FirmwarePackages packages={value.packages} />}
              <FirmwareAdvisories />
              {value && <FirmwareOutlook state={value.state} />}
              {value && value.changelog.length > 0 && <Changelog versions={value.changelog} />}
            </div>
          )}
        </ReadingFrame>
        <FirewallUpdates />
      </div>
      <PackageAside />
    </div>
  )
}

/** To the editor with a plan for this firewall, of the kind that is on offer. */
function PlanLink({ state }: { state: Firmware['state'] | undefined }) {
  const { firewall, role } = useFirewall()
  const { within } = useCustomerScope()
  const reason = reasonWithout(role, 'update:plan')
  if (reason !== null) return <Button size="sm" icon={CalendarPlus} disabledReason={reason}>Plan an update</Button>
  const kind = state === 'major-offered' ? '&update=major' : state === 'reboot-pending' ? '&update=reboot' : ''
  return (
    <ButtonLink size="sm" icon={CalendarPlus} href={within(`/firmware/plans/new?id=${firewall.id}${kind}`)}>
      Plan an update
    </ButtonLink>
  )
}

/** `up to date`, `never checked` … stand where a version would. */
function Offered({ firmware }: { firmware: Firmware }) {
  const version =
    firmware.state === 'major-offered' ? (firmware.majorVersion ?? firmware.offeredVersion) : firmware.state === 'offered' ? firmware.offeredVersion : null
  const look = FIRMWARE_LOOKS[firmware.state]
  if (version !== null) return <p className="text-xl font-semibold">{shortVersion(version)}</p>
  return (
    <p className="flex items-center gap-2 text-xl">
      <StateMark look={look} />
      {look.word}
    </p>
  )
}

/** By our clock where it is known, else in the firewall's own words. */
function Checked({ firmware: { state, checkedAt, checkedText }, zone }: { firmware: Firmware; zone: string }) {
  if (checkedAt !== null)
    return (
      <>
        checked <Age at={checkedAt} zone={zone} className="text-inherit" />
      </>
    )
  if (checkedText !== null) return <>checked {checkedText}</>
  return state === 'never-checked' || state === 'not-reported' ? null : <>time of the check not reported</>
}

function FirmwareSummary({ firmware }: { firmware: Firmware }) {
  const { firewall } = useFirewall()
  // Without a check nothing is known; after one, what is absent is what this family does not tell.
  const unknown = (
    <NotReported>
      {firmware.state === 'never-checked' ? 'known after a check' : firmware.state === 'up-to-date' ? 'nothing to do' : 'not reported by this family'}
    </NotReported>
  )
  const reboot = firmware.rebootRequired === null ? unknown : firmware.rebootRequired ? 'Yes' : 'No'
  return (
    <div className="flex flex-col gap-4 px-5 max-md:px-3">
      <div className="flex flex-wrap gap-x-12 gap-y-4">
        <div className="flex gap-6">
          <div>
            <p className="text-xs text-text-3">Installed</p>
            <p className="text-xl font-semibold">{firmware.installedVersion === null ? <NotReported /> : shortVersion(firmware.installedVersion)}</p>
            <p className="text-xs text-text-2">{firmware.edition ?? ''}</p>
          </div>
          <span aria-hidden className="pt-4 text-xl text-text-3">
            →
          </span>
          <div>
            <p className="text-xs text-text-3">Offered</p>
            <Offered firmware={firmware} />
            <p className="text-xs text-text-2">
              {firmware.state === 'major-offered'
                ? 'major, '
                : firmware.state === 'offered' && firmware.majorVersion !== null
                  ? `major ${shortVersion(firmware.majorVersion)} waits behind it, `
                  : ''}
              <Checked firmware={firmware} zone={firewall.timeZone} />
            </p>
          </div>
        </div>
        <Facts
          items={[
            ['Reboot', reboot],
            ['Download', firmware.downloadBytes === null ? unknown : formatBytes(firmware.downloadBytes)],
            ['Packages', firmware.packages === null ? unknown : String(firmware.packages.length)],
          ]}
        />
      </div>
      {firmware.reason !== null && firewall.check.possible && <Notice tone={firmware.state === 'check-failed' ? 'warn' : 'plain'} title={firmware.reason} />}
      {firmware.firewallMessage !== null && (
        <p className="text-text-2">
          The firewall says: <q>{firmware.firewallMessage}</q>
        </p>
      )}
    </div>
  )
}
