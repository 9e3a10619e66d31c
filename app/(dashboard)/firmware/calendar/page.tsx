import { CalendarPage } from '@/components/calendar/calendar-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Calendar' }

export default async function Calendar() {
  await requireOperator('/firmware/calendar')
  return <CalendarPage />
}
