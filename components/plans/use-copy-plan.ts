'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { toast } from '@/components/ui/toast'
import { ApiError } from '@/lib/core/api-error'
import { planMutations } from '@/lib/queries/plans'

const sentence = (error: Error): string => (error instanceof ApiError ? [error.title, error.nextStep].filter(Boolean).join(' ') : 'Something went wrong on this page.')

/** Makes a draft like a plan and goes there; with `supersede` the copy ends that plan when it is approved. */
export function useCopyPlan(id: string): { copy: (supersede: boolean) => void; busy: boolean } {
  const router = useRouter()
  const { within } = useCustomerScope()
  const [key, setKey] = useState(() => crypto.randomUUID())
  const duplicate = useMutation(planMutations.duplicate(key))
  const copy = (supersede: boolean): void =>
    duplicate.mutate(
      { id, supersede },
      {
        onSuccess: (made) => {
          setKey(crypto.randomUUID())
          toast.good(`${made.name} is a draft.`)
          router.push(within(`/firmware/plans/${made.id}/edit`))
        },
        onError: (error) => toast.bad(sentence(error)),
      },
    )
  return { copy, busy: duplicate.isPending }
}
