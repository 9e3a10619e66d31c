import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { ChoicesDto, SaveChoice } from '@/lib/choices/input'
import { apiGet, apiSend } from './client'

export const choiceQueries = {
  choices: () => queryOptions({ queryKey: ['choices'] as const, queryFn: ({ signal }) => apiGet<ChoicesDto>('/me/choices', signal), staleTime: 60_000 }),
}

export const choiceMutations = {
  /** Shown at once; what the server keeps is shown when it answers. */
  save: () =>
    mutationOptions({
      mutationFn: (choice: SaveChoice) => apiSend<ChoicesDto>('PUT', '/me/choices', { body: choice }),
      onMutate: ({ name, value }, { client }) => {
        client.setQueryData(choiceQueries.choices().queryKey, (known) => known && { ...known, [name]: value ?? undefined })
      },
      onSettled: (_saved, _error, _choice, _before, { client }) => client.invalidateQueries({ queryKey: choiceQueries.choices().queryKey }),
    }),
}
