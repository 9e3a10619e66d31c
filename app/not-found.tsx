import { PlainPage } from '@/components/layout/plain-page'
import { buttonLook } from '@/components/ui/button-look'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <PlainPage title="There is nothing at this address">
      <p className="text-text-2">It may have been removed, or you may not have access to it.</p>
      <div>
        {/* eslint-disable-next-line @next/next/no-html-link-for-pages -- every page carries this one, and should not carry the router's link twice for it */}
        <a href="/firewalls" className={buttonLook({ variant: 'primary' })}>
          Go to the firewalls
        </a>
      </div>
    </PlainPage>
  )
}
