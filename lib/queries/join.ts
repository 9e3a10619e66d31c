import { mutationOptions } from '@tanstack/react-query'
import type { LinkDto } from '@/lib/team/input'
import { apiSend } from './client'

type FollowLink = { token: string; name?: string; password: string }

/** Behind an invitation or a password link. `gcTime: 0`: link and password must not outlive the form. */
export const joinMutations = {
  look: () => mutationOptions({ mutationFn: (body: { token: string }) => apiSend<LinkDto>('POST', '/join/look', { body }), gcTime: 0 }),
  follow: () => mutationOptions({ mutationFn: (body: FollowLink) => apiSend<{ email: string }>('POST', '/join', { body }), gcTime: 0 }),
}
