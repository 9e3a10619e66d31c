import { z } from 'zod'
import { anyChoiceInput, choicesDto } from '@/lib/choices/input'
import { readChoices } from '@/lib/choices/read'
import { saveChoice } from '@/lib/choices/save'
import { operation } from '@/lib/http/operation'

const tag = 'account'

export const choiceOperations = {
  read: operation({ id: 'readChoices', method: 'get', path: '/me/choices', tag, summary: 'What you chose about how pages look', input: z.strictObject({}), output: choicesDto, run: readChoices }),
  save: operation({ id: 'saveChoice', method: 'put', path: '/me/choices', tag, summary: 'Choose how pages look; null takes it back', input: anyChoiceInput, output: choicesDto, run: saveChoice }),
}
