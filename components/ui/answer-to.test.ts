import { MutationObserver, QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { answerTo } from './answer-to'

type Place = { host: string; port: number }

it('an answer for another host or port is not shown, however late it comes', async () => {
  const answers = new Map<string, (certificate: string) => void>()
  const look = new MutationObserver(new QueryClient(), { mutationFn: ({ host, port }: Place) => new Promise<string>((resolve) => answers.set(`${host}:${port}`, resolve)) })
  const [first, second] = [{ host: 'mail.kestrel.example', port: 465 }, { host: 'mail.pinewood.example', port: 465 }]
  const asked = look.mutate(first)
  expect(answerTo(look.getCurrentResult(), first).isPending).toBe(true)
  // The field holds another host by now, of which nothing was asked.
  expect(answerTo(look.getCurrentResult(), second)).toEqual({ data: undefined, error: null, isPending: false })
  await expect.poll(() => answers.has('mail.kestrel.example:465')).toBe(true)
  answers.get('mail.kestrel.example:465')?.('certificate of kestrel')
  await asked
  expect(answerTo(look.getCurrentResult(), first).data).toBe('certificate of kestrel')
  for (const question of [second, { ...first, port: 587 }, null]) expect(answerTo(look.getCurrentResult(), question)).toEqual({ data: undefined, error: null, isPending: false })
})
