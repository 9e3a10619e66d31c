import type { Operation } from '@/lib/http/operation'
import { accountOperations } from './account'
import { auditOperations } from './audit'
import { customerOperations } from './customers'
import { enrolmentOperations } from './enrolment'
import { firewallOperations } from './firewalls'
import { fleetListOperations } from './fleet-lists'
import { overviewOperations } from './overview'
import { historyOperations } from './history'
import { readingOperations } from './readings'
import { searchOperations } from './search'
import { settingsOperations } from './settings'
import { siteOperations } from './sites'
import { systemOperations } from './system'
import { teamOperations } from './team'
import { tokenOperations } from './tokens'

/** Every operation of the API, for the OpenAPI document and the tests. A test holds the route files against it. */
export const allOperations: readonly Operation[] = [systemOperations, accountOperations, customerOperations, siteOperations, firewallOperations, enrolmentOperations, readingOperations, overviewOperations, fleetListOperations, historyOperations, auditOperations, settingsOperations, teamOperations, tokenOperations].flatMap((group) => Object.values<Operation>(group))
