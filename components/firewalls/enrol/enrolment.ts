import type { Family } from '@/lib/adapters/model'
import type { ProbeResult, TestResult } from '@/lib/firewalls/dto'
import type { CredentialInput, TrustInput } from '@/lib/firewalls/input'

export const STEPS = ['address', 'certificate', 'family', 'credential', 'test', 'place'] as const
export type Step = (typeof STEPS)[number]

/** A credential as typed, with how it came in; it lives only in the memory of this page. */
export type EnteredCredential = { input: CredentialInput; methodLabel: string; fromFile: boolean }

/** What is known so far. Each step that is done has its part; nothing of it leaves the page before the last step. */
export type Enrolment = {
  probe: ProbeResult | null
  trust: { input: TrustInput; confirmedAt: string } | null
  family: { family: Family; chosen: boolean } | null
  credential: EnteredCredential | null
  test: TestResult | null
  /** A person has seen the result and goes on. */
  testAccepted: boolean
}
export const NOTHING_YET: Enrolment = { probe: null, trust: null, family: null, credential: null, test: null, testAccepted: false }

export type EnrolmentEvent =
  | { kind: 'probed'; probe: ProbeResult }
  | { kind: 'trusted'; trust: TrustInput; at: string }
  | { kind: 'family-chosen'; family: Family }
  | { kind: 'credential-entered'; credential: EnteredCredential }
  | { kind: 'tested'; test: TestResult }
  | { kind: 'test-accepted' }
  | { kind: 'changing'; step: Step }

/** What goes when a step is changed: everything that was concluded from it. A credential never survives another address, trust or family. */
const FORGET: Record<Step, Partial<Enrolment>> = {
  address: NOTHING_YET,
  certificate: { trust: null, credential: null, test: null, testAccepted: false },
  family: { family: null, credential: null, test: null, testAccepted: false },
  credential: { credential: null, test: null, testAccepted: false },
  test: { testAccepted: false },
  place: {},
}

export function enrolmentAfter(now: Enrolment, event: EnrolmentEvent): Enrolment {
  switch (event.kind) {
    case 'probed':
      return { ...NOTHING_YET, probe: event.probe, family: event.probe.family === null ? null : { family: event.probe.family, chosen: false } }
    case 'trusted':
      return { ...now, ...FORGET.certificate, trust: { input: event.trust, confirmedAt: event.at } }
    case 'family-chosen':
      return { ...now, ...FORGET.family, family: { family: event.family, chosen: true } }
    case 'credential-entered':
      return { ...now, ...FORGET.credential, credential: event.credential }
    case 'tested':
      return { ...now, test: event.test, testAccepted: false }
    case 'test-accepted':
      return now.test === null ? now : { ...now, testAccepted: true }
    case 'changing':
      return { ...now, ...FORGET[event.step] }
  }
}

/** The first step that is not done. */
export function currentStep({ probe, trust, family, credential, test, testAccepted }: Enrolment): Step {
  if (!probe) return 'address'
  if (!trust) return 'certificate'
  if (!family) return 'family'
  if (!credential) return 'credential'
  return test && testAccepted ? 'place' : 'test'
}

export const stepIsDone = (step: Step, now: Enrolment): boolean => STEPS.indexOf(step) < STEPS.indexOf(currentStep(now))
