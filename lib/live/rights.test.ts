// Who loses a right hears nothing more, and nobody takes more than their share.
import { encode } from 'next-auth/jwt'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sessionCookieName } from '@/lib/auth/session-cookie'
import { db } from '@/lib/db/client'
import { installationKeys } from '@/lib/installation/keys'
import { tokenOf } from '@/lib/testing/api-client'
import { aFirewall } from '@/lib/testing/fact-world'
import { person, startInstallation, type Installation } from '@/lib/testing/installation'
import { bearer, closeStreams, customerOf, following, told, touch, upToNow, type Following } from '@/lib/testing/live-streams'
import { sweep } from '@/lib/worker/sweep'
import { STREAMS_PER_KEY_MAX } from './open-stream'

let installation: Installation
beforeAll(async () => void (installation = await startInstallation()))
afterEach(closeStreams)
afterAll(() => installation.end())

describe('rights are those of the moment', () => {
  const timed = async (stream: Following, act: () => Promise<unknown>) => {
    const startedMs = performance.now()
    await act()
    await stream.ended
    expect(performance.now() - startedMs).toBeLessThan(5_000)
    expect(stream.messages.at(-1)?.event).toBe('ended')
  }
  async function session() {
    const someone = await person([{ role: 'viewer', customerId: null }])
    const { id } = await db().session.create({ data: { operatorId: someone.id, createdAt: new Date(), lastSeenAt: new Date(), provenAt: new Date() } })
    const cookie = `${sessionCookieName()}=${await encode({ token: { sub: someone.id, sid: id }, secret: (await installationKeys()).sessionSecret.reveal() })}`
    return { id, operatorId: someone.id, stream: await following({ cookie }) }
  }

  it('a disabled operator, a revoked session and one that has ended by itself hear nothing more', async () => {
    const [disabled, revoked, old] = [await session(), await session(), await session()]
    await timed(disabled.stream, () => db().operator.update({ where: { id: disabled.operatorId }, data: { disabledAt: new Date() } }))
    await timed(revoked.stream, () => db().session.update({ where: { id: revoked.id }, data: { revokedAt: new Date() } }))
    await timed(old.stream, () => db().session.update({ where: { id: old.id }, data: { createdAt: new Date(Date.now() - 90_000_000) } }))
  })

  it('a revoked token hears nothing more', async () => {
    const someone = await person([{ role: 'viewer', customerId: null }])
    const stream = await following(bearer(await tokenOf(someone, 'viewer')))
    await timed(stream, () => db().apiToken.updateMany({ where: { operatorId: someone.id }, data: { revokedAt: new Date() } }))
  })

  it('who loses one customer looks at everything again, and hears no more of it, from the very next change on', async () => {
    const [kept, lost] = [await aFirewall(), await aFirewall()]
    const lostCustomer = await customerOf(lost)
    const someone = await person([{ role: 'viewer', customerId: await customerOf(kept) }, { role: 'viewer', customerId: lostCustomer }])
    const stream = await following(bearer(await tokenOf(someone, 'viewer')))
    await touch(lost)
    const from = await upToNow(stream, await customerOf(kept))
    expect(told('firewall', lost)(stream.messages)).toBe(true)
    await db().$transaction([db().grant.deleteMany({ where: { operatorId: someone.id, customerId: lostCustomer } }), db().firewall.update({ where: { id: lost }, data: { stateReason: 'secret' } })])
    await upToNow(stream, await customerOf(kept))
    expect(stream.messages[from]?.event).toBe('reset')
    expect(stream.messages.slice(from).some((message) => told('firewall', lost)([message]))).toBe(false)
  })
})

describe('bounds', () => {
  it('one session or token has so many streams and no more', async () => {
    const token = bearer(await tokenOf(await person([{ role: 'viewer', customerId: null }]), 'viewer'))
    const streams: Following[] = []
    while (streams.length < STREAMS_PER_KEY_MAX) streams.push(await following(token))
    expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200))
    expect((await following(token)).status).toBe(429)
    await streams.at(-1)?.close()
    expect((await following(token)).status).toBe(200)
  })

  it('what was told more than an hour ago is removed', async () => {
    await aFirewall()
    await db().liveChange.updateMany({ data: { at: new Date(Date.now() - 3_700_000) } })
    await touch(await aFirewall())
    await sweep(new Date())
    expect((await db().liveChange.findMany()).every(({ at }) => at.getTime() > Date.now() - 3_600_000)).toBe(true)
  })
})
