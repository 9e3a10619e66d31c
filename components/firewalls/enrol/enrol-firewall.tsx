'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { FileSpreadsheet } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useReducer, useState } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toast'
import type { Role } from '@/lib/auth/roles'
import { familyQueries } from '@/lib/queries/families'
import { firewallMutations } from '@/lib/queries/firewalls'
import { reasonWithout } from '@/components/firewalls/detail/permissions'
import { AddressStep } from './address-step'
import { CertificateFacts } from './certificate-facts'
import { CertificateStep } from './certificate-step'
import { CredentialForm } from './credential-form'
import { EnrolAside } from './enrol-aside'
import { currentStep, enrolmentAfter, NOTHING_YET, stepIsDone, type EnteredCredential, type Step } from './enrolment'
import { FamilyStep } from './family-step'
import { PlaceStep } from './place-step'
import { StepFrame, type StepState } from './step-frame'
import { certificateSummary, credentialSummary, testSummary } from './summaries'
import { TestStep } from './test-step'
import { reasonNoTries } from './tries-left'

/** From an address to a sealed, tested, named firewall. All of it lives in this component's memory until the last step. */
export function EnrolFirewall({ role }: { role: Role }) {
  const lacks = reasonWithout(role, 'firewall:manage')
  return (
    <>
      <PageHeader title="Enrol a firewall" crumbs={[{ label: 'Firewalls', href: '/firewalls' }]}>
        {lacks === null && (
          <ButtonLink href="/firewalls/import" icon={FileSpreadsheet}>
            From a file
          </ButtonLink>
        )}
      </PageHeader>
      {lacks === null ? (
        <EnrolmentSteps />
      ) : (
        <div className="p-5">
          <Notice tone="plain" title="You cannot enrol a firewall.">
            {lacks}
          </Notice>
        </div>
      )}
    </>
  )
}

function EnrolmentSteps() {
  const [now, tell] = useReducer(enrolmentAfter, NOTHING_YET)
  const [lastAddress, setLastAddress] = useState('')
  const router = useRouter()
  const families = useQuery(familyQueries.list())
  const tryOut = useMutation(firewallMutations.test())
  const step = currentStep(now)
  const family = families.data?.find((each) => each.family === now.family?.family)
  const stateOf = (each: Step): StepState => (stepIsDone(each, now) ? 'done' : each === step ? 'now' : 'later')
  const changing = (each: Step) => () => {
    if (each !== 'test') tryOut.reset()
    tell({ kind: 'changing', step: each })
  }

  /** Runs from what it is given, because the state of this render does not hold the credential yet. */
  const test = (credential: EnteredCredential): void => {
    if (!now.probe || !now.trust || !now.family) return
    tryOut.mutate(
      { family: now.family.family, baseUrl: now.probe.origin, trust: now.trust.input, credential: credential.input },
      { onSuccess: (result) => tell({ kind: 'tested', test: result }) },
    )
  }
  const enter = (credential: EnteredCredential): void => {
    tell({ kind: 'credential-entered', credential })
    test(credential)
  }

  return (
    <div className="flex min-h-[calc(100dvh-3rem)] max-lg:flex-col">
      <ol aria-label="Steps" className="flex min-w-0 flex-1 flex-col px-5 py-5 max-md:px-4">
        <StepFrame
          number={1}
          title="Address"
          state={stateOf('address')}
          summary={
            now.probe && (
              <>
                <span className="font-mono text-xs">{now.probe.origin}</span> answers in {now.probe.answeredInMs} ms
              </>
            )
          }
          onChange={changing('address')}
        >
          {step === 'address' && (
            <AddressStep
              initial={lastAddress}
              onProbed={(probe) => {
                setLastAddress(probe.origin)
                tell({ kind: 'probed', probe })
              }}
            />
          )}
        </StepFrame>
        <StepFrame
          number={2}
          title="Certificate"
          state={stateOf('certificate')}
          summary={now.trust ? certificateSummary(now.trust) : step === 'address' && 'Looked at before any credential'}
          onChange={changing('certificate')}
        >
          {step === 'certificate' && now.probe && (
            <CertificateStep probe={now.probe} onTrusted={(trust) => tell({ kind: 'trusted', trust, at: new Date().toISOString() })} />
          )}
          {now.trust?.input.mode !== 'plain-http' && now.trust && now.probe?.certificate && (
            <CertificateFacts
              certificate={now.probe.certificate}
              trust={
                now.trust.input.mode === 'pin'
                  ? 'This certificate and no other. If it changes, Palisade stops all calls to this firewall and tells you.'
                  : 'Any certificate of this name that verifies against the public authorities.'
              }
            />
          )}
        </StepFrame>
        <StepFrame
          number={3}
          title="Family"
          state={stateOf('family')}
          summary={
            now.family &&
            step !== 'certificate' &&
            (now.family.chosen ? `${family?.label ?? ''}, chosen by you` : `${family?.label ?? ''}, found without sending a credential`)
          }
          onChange={changing('family')}
        >
          {step === 'family' && (
            <FamilyStep
              found={now.probe?.family !== null}
              note={now.probe?.familyNote ?? ''}
              onChosen={(each) => tell({ kind: 'family-chosen', family: each })}
            />
          )}
        </StepFrame>
        <StepFrame
          number={4}
          title="Credential"
          state={stateOf('credential')}
          summary={
            now.credential
              ? credentialSummary(now.credential)
              : step === 'credential'
                ? 'Make a key for Palisade alone. It is shown once.'
                : 'Sealed when you save'
          }
          onChange={changing('credential')}
        >
          {step === 'credential' && families.error && <ProblemNotice error={families.error} retry={() => void families.refetch()} />}
          {step === 'credential' && !families.error && !family && <SkeletonRows rows={4} columns={1} />}
          {step === 'credential' && family && (
            <CredentialForm
              key={family.family}
              methods={family.credentialMethods}
              submit="Test this credential"
              busy={tryOut.isPending}
              disabledReason={now.probe ? reasonNoTries(now.probe) : null}
              onSubmit={enter}
            />
          )}
        </StepFrame>
        <StepFrame
          number={5}
          title="Test"
          state={stateOf('test')}
          summary={
            now.test && !tryOut.isPending && !tryOut.error
              ? testSummary(now.test)
              : step === 'test' && tryOut.isPending
                ? 'Every read that the pages use is tried. Nothing is changed.'
                : step !== 'test' && 'Every read that the pages use'
          }
          onChange={changing('test')}
        >
          {step === 'test' && now.credential && now.probe && (
            <TestStep
              result={now.test}
              error={tryOut.error}
              busy={tryOut.isPending}
              triesBefore={now.probe}
              onTest={() => {
                if (now.credential) test(now.credential)
              }}
              onAccept={() => tell({ kind: 'test-accepted' })}
              onChangeCredential={changing('credential')}
            />
          )}
        </StepFrame>
        <StepFrame number={6} title="Name and place" state={stateOf('place')} summary={step !== 'place' && 'Customer, site, tags'} last>
          {step === 'place' && now.probe && now.trust && now.family && now.credential && (
            <PlaceStep
              technical={{ family: now.family.family, baseUrl: now.probe.origin, trust: now.trust.input, credential: now.credential.input }}
              suggestedName={now.test?.test.hostname ?? ''}
              onSaved={(firewall) => {
                toast.good(`${firewall.name} is enrolled. The first visit is due now.`)
                router.push(`/firewalls/${firewall.id}`)
              }}
            />
          )}
        </StepFrame>
      </ol>
      <EnrolAside enrolment={now} />
    </div>
  )
}
