import { PlainPage } from '@/components/layout/plain-page'
import { ButtonLink } from '@/components/ui/button'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <PlainPage title="There is nothing at this address">
      <p className="text-text-2">It may have been removed, or you may not have access to it.</p>
      <div>
        <ButtonLink href="/firewalls" variant="primary">
          Go to the firewalls
        </ButtonLink>
      </div>
    </PlainPage>
  )
}
