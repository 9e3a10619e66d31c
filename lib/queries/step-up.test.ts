import { afterEach, expect, it, vi } from 'vitest'
import { apiGet, apiSend } from './client'
import { answerStepUps, type StepUp } from './step-up'

const REFUSAL = { code: 'step-up-required', status: 403, title: 'Commands run as root on the firewall.', proof: 'code' }
let unregister = (): void => undefined
afterEach(() => {
  unregister()
  vi.unstubAllGlobals()
})

/** A server that wants a proof until it was given. */
function server(proof = 'code') {
  const seen: { url: string; init: RequestInit }[] = []
  const state = { proven: false }
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    seen.push({ url, init })
    return state.proven ? new Response('{"done":true}') : new Response(JSON.stringify({ ...REFUSAL, proof }), { status: 403 })
  })
  return { seen, state }
}

it('asks why, and sends the very same request again once it is proven', async () => {
  const { seen, state } = server()
  const asked: StepUp[] = []
  unregister = answerStepUps(async (need) => {
    asked.push(need)
    state.proven = true
    return true
  })
  expect(await apiSend('POST', '/tokens', { body: { name: 'x' }, etag: '"3"', idempotencyKey: 'k' })).toEqual({ done: true })
  expect(asked).toEqual([{ reason: REFUSAL.title, proof: 'code' }])
  expect(seen).toHaveLength(2)
  expect(seen[1]).toEqual(seen[0])
  expect(seen[1]?.init.headers).toMatchObject({ 'if-match': '"3"', 'idempotency-key': 'k' })
})

it('tells how it is proven', async () => {
  const { state } = server('password')
  const asked: StepUp[] = []
  unregister = answerStepUps(async (need) => {
    asked.push(need)
    state.proven = true
    return true
  })
  await apiSend('DELETE', '/firewalls/1')
  expect(asked).toEqual([{ reason: REFUSAL.title, proof: 'password' }])
})

it('asks once for several at a time, and once more the next time', async () => {
  const { seen, state } = server()
  let answer: (proven: boolean) => void = () => undefined
  let asked = 0
  unregister = answerStepUps(() => {
    asked += 1
    return new Promise((resolve) => {
      answer = resolve
    })
  })
  const both = Promise.all([apiSend('PUT', '/a'), apiSend('PUT', '/b')])
  await vi.waitFor(() => expect(seen).toHaveLength(2))
  await vi.waitFor(() => expect(asked).toBe(1))
  state.proven = true
  answer(true)
  expect(await both).toEqual([{ done: true }, { done: true }])
  expect(asked).toBe(1)

  state.proven = false
  const later = apiSend('PUT', '/c')
  await vi.waitFor(() => expect(asked).toBe(2))
  state.proven = true
  answer(true)
  expect(await later).toEqual({ done: true })
})

it('asks again when the proof was too old once more', async () => {
  const { seen, state } = server()
  let asked = 0
  unregister = answerStepUps(async () => {
    asked += 1
    state.proven = asked === 2
    return true
  })
  expect(await apiSend('PUT', '/a')).toEqual({ done: true })
  expect([asked, seen.length]).toEqual([2, 3])
})

it('leaves the first refusal when the question is left', async () => {
  const { seen } = server()
  unregister = answerStepUps(async () => false)
  await expect(apiSend('PUT', '/a')).rejects.toMatchObject({ code: 'step-up-required', title: REFUSAL.title })
  expect(seen).toHaveLength(1)
})

it('asks nobody where nobody can be asked, and never for reading', async () => {
  server()
  await expect(apiSend('PUT', '/a')).rejects.toMatchObject({ code: 'step-up-required' })
  let asked = 0
  unregister = answerStepUps(async () => {
    asked += 1
    return true
  })
  await expect(apiGet('/a')).rejects.toMatchObject({ code: 'step-up-required' })
  expect(asked).toBe(0)
})
