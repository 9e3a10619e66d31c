import { z } from 'zod'
import { editRow } from '@/lib/enrolment/edit-row'
import { dropRows, retryRows, trustRows } from '@/lib/enrolment/decide'
import { enrolmentRow, enrolmentSummary, filePreview, rowsChanged } from '@/lib/enrolment/dto'
import { downloadFailed, downloadTemplate } from '@/lib/enrolment/export-failed'
import { editRowInput, enrolmentFileInput, enrolmentId, FILE_BODY_BYTES_MAX, listEnrolmentsInput, listRowsInput, rowLinesInput, trustRowsInput } from '@/lib/enrolment/input'
import { listEnrolments, listRows, readEnrolment } from '@/lib/enrolment/read'
import { previewFile, takeFile } from '@/lib/enrolment/take-file'
import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'

const tag = 'enrolments'

export const enrolmentOperations = {
  list: operation({ id: 'listEnrolments', method: 'get', path: '/enrolments', tag, summary: 'Your files of firewalls to enrol, newest first', input: listEnrolmentsInput, output: listOf(enrolmentSummary), run: listEnrolments }),
  take: operation({ id: 'takeEnrolmentFile', method: 'post', path: '/enrolments', tag, summary: 'Take a CSV of firewalls; its credentials are sealed, and each line is probed and tested', input: enrolmentFileInput, output: enrolmentSummary, status: 201, creates: true, bodyBytesMax: FILE_BODY_BYTES_MAX, run: (actor, input, { create }) => takeFile(actor, input, create) }),
  preview: operation({ id: 'previewEnrolmentFile', method: 'post', path: '/enrolments/preview', tag, summary: 'What a CSV says and what is wrong in it; nothing is stored', input: enrolmentFileInput, output: filePreview, bodyBytesMax: FILE_BODY_BYTES_MAX, run: previewFile }),
  template: operation({ id: 'downloadEnrolmentTemplate', method: 'get', path: '/enrolments/template', tag, summary: 'A CSV with all columns and an example', input: z.strictObject({}), output: 'download', run: downloadTemplate }),
  read: operation({ id: 'readEnrolment', method: 'get', path: '/enrolments/{id}', tag, summary: 'How far a file is', input: enrolmentId, output: enrolmentSummary, run: readEnrolment }),
  rows: operation({ id: 'listEnrolmentRows', method: 'get', path: '/enrolments/{id}/rows', tag, summary: 'Lines of a file, without credentials', input: listRowsInput, output: listOf(enrolmentRow), run: listRows }),
  trust: operation({ id: 'trustEnrolmentRows', method: 'post', path: '/enrolments/{id}/trust', tag, summary: 'Trust certificates that you compared', input: trustRowsInput, output: rowsChanged, run: trustRows }),
  retry: operation({ id: 'retryEnrolmentRows', method: 'post', path: '/enrolments/{id}/retry', tag, summary: 'Try failed lines again', input: rowLinesInput, output: rowsChanged, run: retryRows }),
  drop: operation({ id: 'dropEnrolmentRows', method: 'post', path: '/enrolments/{id}/drop', tag, summary: 'Give lines up and forget their credentials', input: rowLinesInput, output: rowsChanged, run: dropRows }),
  edit: operation({ id: 'editEnrolmentRow', method: 'patch', path: '/enrolments/{id}/row', tag, summary: 'Change a line that waits for a person, or give it another credential', input: editRowInput, output: enrolmentRow, run: editRow }),
  failed: operation({ id: 'downloadFailedRows', method: 'get', path: '/enrolments/{id}/failed', tag, summary: 'Lines that are not enrolled, as a CSV without credentials', input: enrolmentId, output: 'download', run: downloadFailed }),
}
