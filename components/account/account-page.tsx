'use client'
import { useQuery } from '@tanstack/react-query'
import { Part } from '@/components/settings/part'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { AccountDto } from '@/lib/account/input'
import { accountQueries } from '@/lib/queries/account'
import { FactorPart } from './factor-part'
import { NameForm } from './name-form'
import { PasswordPart } from './password-part'

const FEW_CODES = 3

/** Who one is here, and how one proves it. */
export function AccountPage() {
  const { data: account, error, isPending, refetch } = useQuery(accountQueries.account())
  return (
    <>
      <h2 className="sr-only">Account</h2>
      <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-4 max-md:mx-4" />
      {account ? (
        <div className="divide-y divide-line">
          <AccountState account={account} />
          <Part id="person" title="Name and address" about="The name stands beside everything you do, in the audit too.">
            <NameForm key={account.name} account={account} />
          </Part>
          <Part id="password" title="Password" about="Changing it ends your other sessions.">
            <PasswordPart account={account} />
          </Part>
          <Part id="second-factor" title="Second factor" about="A code of an authenticator, after the password and again before dangerous acts.">
            <FactorPart account={account} />
          </Part>
        </div>
      ) : (
        isPending && <SkeletonRows rows={6} columns={1} rowHeight={60} />
      )}
    </>
  )
}

/** What is wrong, and what it means; nothing while all is well. */
function AccountState({ account: { secondFactor } }: { account: AccountDto }) {
  const { on, installationAsks, recoveryCodesLeft } = secondFactor
  const few = on && recoveryCodesLeft <= FEW_CODES
  if (!few && installationAsks) return null
  return (
    <div className="flex flex-col gap-3 px-5 py-4 max-md:px-4">
      {!installationAsks && (
        <Notice tone="warn" title="This installation asks for no second factor.">
          {on ? 'You have one all the same, and it is asked of you.' : 'Your password alone opens your account. You can set one up for yourself below.'}
        </Notice>
      )}
      {few && (
        <Notice
          tone="warn"
          title={
            recoveryCodesLeft === 0 ? 'No recovery code is left.' : `${recoveryCodesLeft} recovery ${recoveryCodesLeft === 1 ? 'code is' : 'codes are'} left.`
          }
        >
          {recoveryCodesLeft === 0 ? 'Without your phone you could not sign in.' : 'When the last one is used you cannot sign in without your phone.'} Make new
          ones below.
        </Notice>
      )}
    </div>
  )
}
