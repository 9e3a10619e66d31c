import { AppError } from '@/lib/core/errors'
import type { Actor } from './actor'

export const STEP_UP_FRESH_MS = 5 * 60_000

/** Acts that want a fresh proof of who sits there, and the reason that the dialog shows. */
export const STEP_UP_ACTS = {
  'firewall.origin': 'Another address means another machine is trusted.',
  'firewall.credential': 'A new credential decides who may change this firewall.',
  'firewall.trust': 'Trust decides to whom the credential is sent.',
  'firewall.commands': 'Commands run as root on the firewall.',
  'firewall.update-way': 'An update that is cut short can leave a firewall half installed.',
  'firewall.remove': 'Removing a firewall cannot be undone.',
  'firewall.revert': 'Going back replaces the whole configuration of the firewall.',
  'firewall.restart': 'A restart stops all traffic through the firewall for a while.',
  'update.without-backup': 'Without a backup there is nothing to go back to.',
  'backup.download': 'The file holds every secret of the firewall.',
  'firmware.lift-stop': 'All firmware work that was stopped begins again.',
  'plan.approve': 'An approved plan changes firewalls without anybody watching.',
  'customer.remove': 'Removing a customer cannot be undone.',
  'operator.manage': 'This decides who has access to firewalls.',
  'token.create': 'A token acts without anybody watching.',
  'second-factor.manage': 'This changes how you prove who you are.',
  'channel.invitations': 'Links to new accounts go out through this.',
  'channel.private': 'Private addresses are your own network.',
  'installation.manage': 'This changes the whole installation.',
} as const satisfies Record<string, string>
export type StepUpAct = keyof typeof STEP_UP_ACTS

/**
 * Throws step-up-required unless the person proved who they are within the last 5 minutes: with the second factor, or
 * with the password where they have none and none is demanded. A token was made under step-up, the console is the
 * machine itself, a worker carries out what was allowed: they need none.
 */
export function requireStepUp(actor: Actor, act: StepUpAct, now = new Date()): void {
  if (actor.kind !== 'operator') return
  const { at, method } = actor.proof
  if (at !== null && now.getTime() - at.getTime() <= STEP_UP_FRESH_MS) return
  throw new AppError('step-up-required', STEP_UP_ACTS[act], { nextStep: method === 'code' ? 'Enter a code of your second factor to go on.' : 'Enter your password to go on.', proof: method })
}
