import type { PairMember, PairReply } from './dto'

type Problem = PairReply['problems'][number]
const answers = ({ state }: PairMember) => state === 'reachable' || state === 'degraded'

/** What is wrong with a pair, the worst first. What only one of them said long ago is not held against the other. */
export function problemsOfPair(one: PairMember, other: PairMember): Problem[] {
  const silent = [one, other].filter((member) => !answers(member))
  const both = silent.length === 0
  const roleless = [one, other].filter(({ role }) => role === null)
  const found: (Problem | false)[] = [
    both && one.role === 'master' && other.role === 'master' && { kind: 'two-masters', message: `Both are master: ${one.name} and ${other.name} answer for the same addresses.`, nextStep: 'They do not hear each other. Look at the link between them and at the switch, then at CARP on both.' },
    both && one.role === 'backup' && other.role === 'backup' && { kind: 'no-master', message: 'Both are backup: nobody answers for the shared addresses.', nextStep: 'Look whether maintenance mode is on, or whether both are demoted.' },
    silent.length > 0 && { kind: 'peer-unreachable', message: `${silent.map(({ name }) => name).join(' and ')} ${silent.length === 1 ? 'is' : 'are'} not answered for just now, so the pair has no proven second member.`, nextStep: 'Open it to see why. Until then the shown role is as old as its last visit.' },
    both && (one.role === 'mixed' || other.role === 'mixed') && { kind: 'roles-mixed', message: 'A member is master of some shared addresses and backup of others.', nextStep: 'This may be on purpose, to share the load. Else look at the interfaces that are down.' },
    both && roleless.length > 0 && { kind: 'role-not-reported', message: `${roleless.map(({ name }) => name).join(' and ')} ${roleless.length === 1 ? 'reports' : 'report'} no shared address.`, nextStep: 'CARP may be switched off there, or the credential may not read it.' },
    one.version !== null && other.version !== null && one.version !== other.version && { kind: 'versions-differ', message: `They run different versions: ${one.name} ${one.version}, ${other.name} ${other.version}.`, nextStep: 'Update the one that is behind, the backup first.' },
  ]
  return found.filter((problem) => problem !== false)
}
