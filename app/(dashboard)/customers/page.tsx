import { CustomersPage } from '@/components/customers/customers-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Customers' }

export default async function Customers() {
  await requireOperator('/customers')
  return <CustomersPage />
}
