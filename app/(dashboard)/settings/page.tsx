import { redirect } from 'next/navigation'
import { requireOperator } from '@/lib/http/page-session'

export default async function Settings() {
  await requireOperator('/settings/account')
  redirect('/settings/account')
}
