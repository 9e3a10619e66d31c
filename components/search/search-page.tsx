'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { useUrlParam } from '@/components/firewalls/detail/use-url-param'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Empty } from '@/components/ui/empty'
import { Kbd } from '@/components/ui/kbd'
import { ProblemNotice } from '@/components/ui/problem'
import { SearchInput } from '@/components/ui/search-input'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useSettled } from '@/components/ui/use-settled'
import { searchQueries } from '@/lib/queries/search'
import { Found } from './found'
import { Reports } from './reports'
import { searchSentence } from './search-sentence'

/** Who has it, over the whole fleet. While nothing is typed, what is odd about addresses. */
export function SearchPage() {
  const field = useRef<HTMLInputElement>(null)
  const { customerId } = useCustomerScope()
  const [typed, setTyped] = useUrlParam('q')
  const q = useSettled(typed.trim())
  const found = useQuery({ ...searchQueries.whole({ q, customerId }), placeholderData: keepPreviousData })
  const sentence = found.data && searchSentence(found.data)
  useSingleKey('/', () => field.current?.focus())
  return (
    <>
      <div role="search" className="px-5 pt-4 pb-3 max-md:px-4">
        <SearchInput
          label="Who has it"
          placeholder="Address, network, MAC, host name, port, rule, alias, firewall or customer"
          value={typed}
          onChange={setTyped}
          inputRef={field}
          className="max-w-3xl"
        >
          <Kbd>/</Kbd>
        </SearchInput>
      </div>
      {q === '' ? (
        <Reports />
      ) : (
        <>
          {found.error && <ProblemNotice error={found.error} retry={() => void found.refetch()} className="mx-5 my-3 max-md:mx-4" />}
          {found.data === undefined ? (
            found.isPending && <SkeletonRows rows={8} columns={6} />
          ) : (
            <>
              <p role="status" className="px-5 pb-1 text-lg break-words max-md:px-4">
                {sentence}
              </p>
              {sentence === null ? (
                <Empty title={`Nothing has or is called ${found.data.asked.text}.`}>
                  {customerId === null
                    ? 'It was looked for in what was last read of every firewall you may see. Try a part of it, at least three letters.'
                    : 'Only one customer was asked. Look at all customers, or try a part of it.'}
                </Empty>
              ) : (
                <Found question={{ q, customerId }} result={found.data} />
              )}
            </>
          )}
        </>
      )}
    </>
  )
}
