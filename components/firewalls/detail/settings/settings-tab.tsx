'use client'
import type { ReactNode } from 'react'
import { Notice } from '@/components/ui/notice'
import { StoredIntervals } from '@/components/visits/stored-intervals'
import { useFirewall } from '../firewall-context'
import { reasonWithout } from '../permissions'
import { AddressSettings } from './address-settings'
import { CommandSettings } from './command-settings'
import { CredentialSettings } from './credential-settings'
import { PlaceSettings } from './place-settings'
import { TrustSettings } from './trust-settings'
import { UpdateWaySettings } from './update-way-settings'

export function SettingsTab() {
  const { firewall, role } = useFirewall()
  const lacks = reasonWithout(role, 'firewall:manage')
  return (
    <div className="flex max-w-3xl flex-col divide-y divide-line px-5 max-md:px-4">
      <h2 className="sr-only">Settings</h2>
      {lacks !== null && (
        <div className="py-4">
          <Notice tone="plain" title="You can look at the settings, not change them.">
            {lacks}
          </Notice>
        </div>
      )}
      <Part id="place" title="Name and place">
        <PlaceSettings />
      </Part>
      <Part id="credential" title="Credential" about="Sealed in the database; nobody can read it again.">
        <CredentialSettings />
      </Part>
      <Part id="trust" title="Trust" about="What Palisade checks before it sends anything.">
        <TrustSettings />
      </Part>
      <Part
        id="address"
        title="Address"
        about="Another address may be another machine: the credential and the trust are cleared, and its certificate is shown for you to decide."
      >
        <AddressSettings key={firewall.baseUrl} />
      </Part>
      <Part id="visits" title="Visits" about="How often Palisade reads what, and when it looks for updates.">
        <StoredIntervals of={{ level: 'firewall', id: firewall.id }} otherwise="as the customer" reason={lacks} />
      </Part>
      <Part id="commands" title="Command permission">
        <CommandSettings />
      </Part>
      {firewall.updateWay !== null && (
        <Part id="update-way" title="Start of updates">
          <UpdateWaySettings way={firewall.updateWay} />
        </Part>
      )}
    </div>
  )
}

function Part({ id, title, about, children }: { id: string; title: string; about?: string; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="flex scroll-mt-14 flex-col gap-3 py-5">
      <div>
        <h3 id={`${id}-title`} className="font-semibold">
          {title}
        </h3>
        {about && <p className="text-text-2">{about}</p>}
      </div>
      {children}
    </section>
  )
}
