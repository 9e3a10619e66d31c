import { redirect } from 'next/navigation'
import { requireOperator } from '@/lib/http/page-session'

export default async function StartPage() {
  await requireOperator('/firewalls')
  redirect('/firewalls')
}
