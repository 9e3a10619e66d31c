import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { InstallationDto, SettingsDto } from '@/lib/settings/input'
import { apiGet, apiSend } from './client'
import { operatorQueries } from './operators'

export const settingsQueries = {
  settings: () => queryOptions({ queryKey: ['settings'] as const, queryFn: ({ signal }) => apiGet<SettingsDto>('/settings', signal) }),
  installation: () => queryOptions({ queryKey: ['installation'] as const, queryFn: ({ signal }) => apiGet<InstallationDto>('/installation', signal) }),
}

type Edit = { etag: string; secondFactorFor?: SettingsDto['secondFactorFor']; auditKeepDays?: number | null }

export const settingsMutations = {
  edit: () =>
    mutationOptions({
      mutationFn: ({ etag, ...body }: Edit) => apiSend<SettingsDto>('PATCH', '/settings', { body, etag }),
      onSuccess: (saved, _edit, _before, { client }) => client.setQueryData(settingsQueries.settings().queryKey, saved),
      onSettled: async (_saved, _error, _edit, _before, { client }) => {
        // The rule decides of whom a second factor is demanded.
        await Promise.all([
          client.invalidateQueries({ queryKey: settingsQueries.settings().queryKey }),
          client.invalidateQueries({ queryKey: operatorQueries.all() }),
        ])
      },
    }),
}
