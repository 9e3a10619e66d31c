'use client'
import { useQuery } from '@tanstack/react-query'
import { Facts, NotReported } from '@/components/ui/facts'
import { FIRMWARE_LOOKS, StateMark } from '@/components/firewalls/state-word'
import { Age } from '@/components/ui/age'
import { Notice } from '@/components/ui/notice'
import type { Firmware } from '@/lib/adapters/model'
import { formatBytes } from '@/lib/format/bytes'
import { shortVersion } from '@/lib/format/versions'
import { firewallQueries } from '@/lib/queries/firewalls'
import { useFirewall } from '../firewall-context'
import { PackageAside } from '../package-card'
import { ReadingFrame } from '../reading-frame'
import { useRefresh } from '../use-refresh'
import { Changelog } from './changelog'
import { CheckControls, CheckProgress } from './check-now'
import { FirmwarePackages } from './firmware-packages'

export function FirmwareTab() {
  const { firewall } = useFirewall()
  const query = useQuery(firewallQueries.reading('firmware', firewall.id))
  return (
    <div className="flex max-xl:flex-col">
      <div className="min-w-0 flex-1">
        <ReadingFrame title="Firmware" query={query} refresh={useRefresh('firmware', firewall.id)} controls={<CheckControls />}>
          {({ value }) => (
            <div className="flex flex-col gap-5">
              {value && <FirmwareSummary firmware={value} />}
              <CheckProgress />
              {value && <FirmwarePackages packages={value.packages} />}
              {value && value.changelog.length > 0 && <Changelog versions={value.changelog} />}
            </div>
          )}
        </ReadingFrame>
      </div>
      <PackageAside />
    </div>
  )
}

/** `up to date`, `never checked` … stand where a version would. */
function Offered({ firmware }: { firmware: Firmware }) {
  const version = firmware.state === 'major-offered' ? (firmware.majorVersion ?? firmware.offeredVersion) : firmware.state === 'offered' ? firmware.offeredVersion : null
  const look = FIRMWARE_LOOKS[firmware.state]
  if (version !== null) return <p className="text-xl font-semibold">{shortVersion(version)}</p>
  return (
    <p className="flex items-center gap-2 text-xl">
      <StateMark look={look} />
      {look.word}
    </p>
  )
}

function FirmwareSummary({ firmware }: { firmware: Firmware }) {
  const { firewall } = useFirewall()
  const reboot = firmware.rebootRequired === null ? <NotReported>not reported by this family</NotReported> : firmware.rebootRequired ? 'Yes' : 'No'
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
              {firmware.state === 'major-offered' ? 'major, ' : firmware.state === 'offered' && firmware.majorVersion !== null ? `major ${shortVersion(firmware.majorVersion)} waits behind it, ` : ''}
              checked {firmware.checkedAt === null ? (firmware.checkedText ?? 'never') : <Age at={firmware.checkedAt} zone={firewall.timeZone} className="text-inherit" />}
            </p>
          </div>
        </div>
        <Facts
          items={[
            ['Reboot', reboot],
            ['Download', firmware.downloadBytes === null ? <NotReported key="download">not reported by this family</NotReported> : formatBytes(firmware.downloadBytes)],
            ['Packages', firmware.packages === null ? <NotReported key="packages">not reported by this family</NotReported> : String(firmware.packages.length)],
          ]}
        />
      </div>
      {firmware.reason !== null && <Notice tone={firmware.state === 'check-failed' ? 'warn' : 'plain'} title={firmware.reason} />}
      {firmware.firewallMessage !== null && (
        <p className="text-text-2">
          The firewall says: <q>{firmware.firewallMessage}</q>
        </p>
      )}
    </div>
  )
}
