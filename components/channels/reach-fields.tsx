'use client'
import { Checkbox } from '@/components/ui/field'
import type { MeDto } from '@/lib/auth/input'
import { roleMay } from '@/lib/auth/roles'
import type { Change, Draft, Wrong } from './draft'

/** Whether someone has a permission over all customers. */
const everywhere = (me: MeDto, permission: 'channel:manage' | 'installation:manage'): boolean =>
  me.scopes.some(({ role, customerId }) => customerId === null && roleMay(role, permission))

/** What a channel may do beyond telling of alerts; each only for who may decide it. */
export function ReachFields({ me, draft, change, wrong }: { me: MeDto; draft: Draft; change: Change; wrong: Wrong }) {
  return (
    <>
      {everywhere(me, 'channel:manage') && (
        <Checkbox
          label="It may reach private addresses"
          help="For a server of your own network. Without this, private, loopback and link-local addresses are refused."
          checked={draft.privateAllowed}
          onChange={(event) => change({ privateAllowed: event.target.checked })}
        />
      )}
      {draft.kind === 'email' && draft.customerId === '' && everywhere(me, 'installation:manage') && (
        <Checkbox
          label="Send invitations and password links through it"
          help="Whoever runs the mail server could read them. The link is shown to the inviter as well."
          error={wrong['forInvitations'] ?? null}
          checked={draft.forInvitations}
          onChange={(event) => change({ forInvitations: event.target.checked })}
        />
      )}
    </>
  )
}

/** Whether someone may make channels for all customers. */
export const managesEverywhere = (me: MeDto): boolean => everywhere(me, 'channel:manage')
