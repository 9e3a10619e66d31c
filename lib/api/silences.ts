import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'
import { createSilence, endSilence } from '@/lib/silences/change'
import { createSilenceInput, listSilencesInput, silenceDto, silenceId } from '@/lib/silences/input'
import { listSilences, readSilence } from '@/lib/silences/list'

const tag = 'alerts'

export const silenceOperations = {
  list: operation({ id: 'listSilences', method: 'get', path: '/silences', tag, summary: 'When and where alerts tell nobody', input: listSilencesInput, output: listOf(silenceDto), run: listSilences }),
  create: operation({ id: 'createSilence', method: 'post', path: '/silences', tag, summary: 'Let alerts of a place tell nobody for a while', input: createSilenceInput, output: silenceDto, status: 201, creates: true, run: (actor, input, { create }) => createSilence(actor, input, create) }),
  read: operation({ id: 'readSilence', method: 'get', path: '/silences/{id}', tag, summary: 'One silence', input: silenceId, output: silenceDto, run: readSilence }),
  end: operation({ id: 'endSilence', method: 'post', path: '/silences/{id}/end', tag, summary: 'End a silence before its time', input: silenceId, output: silenceDto, run: endSilence }),
}
