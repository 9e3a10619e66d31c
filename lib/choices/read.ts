import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { ownSession } from '@/lib/auth/own-session'
import { db } from '@/lib/db/client'
import { choicesDto, CHOICE_NAMES, CHOICES, type ChoicesDto } from './input'

/** What a person chose about how their pages look. What is stored and no choice any more is left out. */
export async function readChoices(actor: Actor): Promise<ChoicesDto> {
  const { id: operatorId } = ownSession(actor)
  const rows = await db().operatorChoice.findMany({ where: { operatorId } })
  const known = rows.flatMap(({ name, value }) => {
    const choice = CHOICE_NAMES.find((each) => each === name)
    return choice !== undefined && CHOICES[choice].safeParse(value).success ? [[choice, value]] : []
  })
  return choicesDto.parse(Object.fromEntries(known))
}
