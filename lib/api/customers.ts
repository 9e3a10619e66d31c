import { z } from 'zod'
import { createCustomer } from '@/lib/customers/create'
import { editCustomer, removeCustomer } from '@/lib/customers/edit'
import { createCustomerInput, customerDto, customerId, editCustomerInput, listCustomersInput } from '@/lib/customers/input'
import { listCustomers, readCustomer } from '@/lib/customers/list'
import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'

const tag = 'customers'
export const removed = z.object({ removed: z.literal(true) })

export const customerOperations = {
  list: operation({ id: 'listCustomers', method: 'get', path: '/customers', tag, summary: 'Customers that you may see', input: listCustomersInput, output: listOf(customerDto), run: listCustomers }),
  create: operation({ id: 'createCustomer', method: 'post', path: '/customers', tag, summary: 'Add a customer', input: createCustomerInput, output: customerDto, status: 201, creates: true, run: (actor, input, { create }) => createCustomer(actor, input, create) }),
  read: operation({ id: 'readCustomer', method: 'get', path: '/customers/{id}', tag, summary: 'One customer', input: customerId, output: customerDto, run: readCustomer }),
  edit: operation({ id: 'editCustomer', method: 'patch', path: '/customers/{id}', tag, summary: 'Rename a customer', input: editCustomerInput, output: customerDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editCustomer(actor, input, expectedRevision) }),
  remove: operation({ id: 'removeCustomer', method: 'delete', path: '/customers/{id}', tag, summary: 'Remove a customer without firewalls and sites', input: customerId, output: removed, ifMatch: true, run: (actor, input, { expectedRevision }) => removeCustomer(actor, input, expectedRevision) }),
}
