import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'
import { listBlackouts, readBlackout } from '@/lib/windows/blackouts'
import { readCalendar } from '@/lib/windows/calendar'
import { createWindow, editWindow, removeWindow } from '@/lib/windows/change'
import { createBlackout, editBlackout, removeBlackout } from '@/lib/windows/change-blackout'
import { blackoutDto, calendarDto, windowDto } from '@/lib/windows/dto'
import { blackoutId, calendarInput, createBlackoutInput, createWindowInput, editBlackoutInput, editWindowInput, listBlackoutsInput, listWindowsInput, windowId } from '@/lib/windows/input'
import { listWindows, readWindow } from '@/lib/windows/list'
import { removed } from './customers'

const tag = 'windows'

export const windowOperations = {
  list: operation({ id: 'listWindows', method: 'get', path: '/windows', tag, summary: 'Maintenance windows, with when each opens next', input: listWindowsInput, output: listOf(windowDto), run: listWindows }),
  create: operation({ id: 'createWindow', method: 'post', path: '/windows', tag, summary: 'Let firewalls of a customer, a site or one firewall be updated at a time', input: createWindowInput, output: windowDto, status: 201, creates: true, run: (actor, input, { create }) => createWindow(actor, input, create) }),
  read: operation({ id: 'readWindow', method: 'get', path: '/windows/{id}', tag, summary: 'One maintenance window', input: windowId, output: windowDto, run: readWindow }),
  edit: operation({ id: 'editWindow', method: 'put', path: '/windows/{id}', tag, summary: 'Change a maintenance window', input: editWindowInput, output: windowDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editWindow(actor, input, expectedRevision) }),
  remove: operation({ id: 'removeWindow', method: 'delete', path: '/windows/{id}', tag, summary: 'Remove a maintenance window', input: windowId, output: removed, ifMatch: true, run: (actor, input, { expectedRevision }) => removeWindow(actor, input, expectedRevision) }),
  calendar: operation({ id: 'readCalendar', method: 'get', path: '/calendar', tag, summary: 'Windows, blackouts and jobs of plans by customer and day', input: calendarInput, output: calendarDto, run: readCalendar }),
}

export const blackoutOperations = {
  list: operation({ id: 'listBlackouts', method: 'get', path: '/blackouts', tag, summary: 'Days on which nothing starts', input: listBlackoutsInput, output: listOf(blackoutDto), run: listBlackouts }),
  create: operation({ id: 'createBlackout', method: 'post', path: '/blackouts', tag, summary: 'Let nothing start on some days', input: createBlackoutInput, output: blackoutDto, status: 201, creates: true, run: (actor, input, { create }) => createBlackout(actor, input, create) }),
  read: operation({ id: 'readBlackout', method: 'get', path: '/blackouts/{id}', tag, summary: 'One blackout', input: blackoutId, output: blackoutDto, run: readBlackout }),
  edit: operation({ id: 'editBlackout', method: 'put', path: '/blackouts/{id}', tag, summary: 'Change name and days of a blackout', input: editBlackoutInput, output: blackoutDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editBlackout(actor, input, expectedRevision) }),
  remove: operation({ id: 'removeBlackout', method: 'delete', path: '/blackouts/{id}', tag, summary: 'Remove a blackout', input: blackoutId, output: removed, ifMatch: true, run: (actor, input, { expectedRevision }) => removeBlackout(actor, input, expectedRevision) }),
}
