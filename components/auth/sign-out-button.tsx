'use client'
import { signOut } from 'next-auth/react'
import { Button } from '@/components/ui/button'

/** The way out of a session that is not through yet. */
export function SignOutButton() {
  return (
    <Button variant="quiet" onClick={() => void signOut({ callbackUrl: '/signin' })}>
      Sign out
    </Button>
  )
}
