import { expect, it } from 'vitest'
import { arrivalOf } from './arrival'

it('is fetched once for all who draw it', async () => {
  let fetched = 0
  const arrival = arrivalOf(() => Promise.resolve((fetched += 1)))
  await Promise.all([arrival.ask(), arrival.ask()])
  await arrival.ask()
  expect([arrival.state(), fetched]).toEqual([{ is: 'there', part: 1 }, 1])
})

it('says that it could not be fetched, and is there when it is asked for again', async () => {
  let isConnected = false
  const arrival = arrivalOf(() => (isConnected ? Promise.resolve('dialog') : Promise.reject(new Error('Loading chunk 7 failed.'))))
  const told: string[] = []
  const stop = arrival.subscribe(() => told.push(arrival.state().is))
  await arrival.ask()
  isConnected = true
  await arrival.ask()
  expect(told).toEqual(['failed', 'waiting', 'there'])
  stop()
  expect(arrival.state()).toEqual({ is: 'there', part: 'dialog' })
})
