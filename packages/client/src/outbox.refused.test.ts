import { describe, expect, it } from 'vitest'
import { input } from './answering-server.fixture.js'
import { offline, setUp } from './open-outbox.fixture.js'
import type { OutboxOptions, UnsentTask } from './outbox.js'

const refuse =
  (code: string, status: number, detail = 'Not like this.'): typeof fetch =>
  async () =>
    Response.json({ code, status, detail }, { status })

/** A create that was kept offline, on a page whose network is back. */
async function keepOne(options: Partial<OutboxOptions> = {}) {
  const told: UnsentTask[] = []
  const page = setUp({ onRefused: (unsent) => told.push(unsent), ...options })
  const outbox = page.open()
  page.state.answer = offline
  await outbox.create(input).catch(() => {})
  page.state.answer = page.server.fetch
  return { ...page, outbox, told }
}

describe('a kept create that the server refuses', () => {
  it.each([
    ['invalid_payload', 422],
    ['forbidden', 403],
    ['budget_exhausted', 429],
  ])('stays as refused after %s, is told once, and is not sent again by itself', async (code, status) => {
    const { server, state, outbox, told, open } = await keepOne()
    state.answer = refuse(code, status)
    await outbox.flush()
    const refused = { input, state: 'refused', refusal: { code, message: 'Not like this.' } }
    expect(told).toMatchObject([refused])
    expect(outbox.entries()).toMatchObject([refused])
    state.answer = server.fetch
    await outbox.flush()
    expect([told.length, server.tasks().length]).toEqual([1, 0])
    // It outlives the page.
    expect(open().entries()).toMatchObject([refused])
  })

  it.each([
    ['too_many_active_tasks', 429],
    ['rate_limited', 429],
    ['unauthenticated', 401],
  ])('waits on after %s, because that passes', async (code, status) => {
    const { server, state, outbox, told } = await keepOne()
    state.answer = refuse(code, status)
    await outbox.flush()
    expect(outbox.entries()).toMatchObject([{ state: 'waiting' }])
    state.answer = server.fetch
    await outbox.flush()
    expect([told.length, server.tasks().length, outbox.entries().length]).toEqual([0, 1, 0])
  })

  it('is sent again when the user wants that: refused once more, or created under its key', async () => {
    const { server, state, created, outbox, told } = await keepOne()
    state.answer = refuse('forbidden', 403, 'Ask Ada.')
    await outbox.flush()
    const [{ key, traceId } = { key: '', traceId: '' }] = outbox.entries()
    state.answer = refuse('forbidden', 403, 'Ask Grace.')
    await expect(outbox.sendAgain(key)).rejects.toMatchObject({ code: 'forbidden' })
    expect(told.map(({ refusal }) => refusal?.message)).toEqual(['Ask Ada.', 'Ask Grace.'])
    expect(outbox.entries()).toMatchObject([{ key, state: 'refused', refusal: { message: 'Ask Grace.' } }])
    state.answer = offline
    await expect(outbox.sendAgain(key)).rejects.toMatchObject({ code: 'network_error' })
    expect(outbox.entries()).toMatchObject([{ key, state: 'refused' }])
    state.answer = server.fetch
    await outbox.sendAgain(key)
    expect(created).toMatchObject([{ traceId }])
    expect(outbox.entries()).toEqual([])
  })

  it('is no match for the next click, whose caller hears of its own refusal', async () => {
    const { server, state, outbox, told } = await keepOne()
    state.answer = refuse('invalid_payload', 422)
    await outbox.flush()
    expect(outbox.find(input)).toBeUndefined()
    await expect(outbox.create(input)).rejects.toMatchObject({ code: 'invalid_payload' })
    expect([told.length, outbox.entries().length]).toEqual([1, 1])
    state.answer = server.fetch
    await outbox.create(input)
    expect(server.tasks()).toHaveLength(1)
  })

  it('is told to the form alone if the form has sent it again', async () => {
    const { state, outbox, told } = await keepOne()
    state.answer = refuse('invalid_payload', 422)
    await expect(outbox.create(input)).rejects.toMatchObject({ code: 'invalid_payload' })
    expect([told, outbox.entries()]).toEqual([[], []])
  })

  it('is kept although its first answer is the refusal, if its caller has gone', async () => {
    const told: UnsentTask[] = []
    const { state, open } = setUp({ onRefused: (unsent) => told.push(unsent) })
    const outbox = open()
    state.answer = refuse('invalid_payload', 422)
    await expect(outbox.create(input, { isHeard: () => true })).rejects.toMatchObject({ code: 'invalid_payload' })
    expect([told, outbox.entries()]).toEqual([[], []])
    await expect(outbox.create(input, { isHeard: () => false })).rejects.toMatchObject({ code: 'invalid_payload' })
    expect(told).toMatchObject([{ input, state: 'refused', refusal: { code: 'invalid_payload' } }])
    expect(outbox.entries()).toMatchObject([{ state: 'refused' }])
  })

  it('goes when it is discarded, without storage as well', async () => {
    for (const options of [{}, { userId: null }]) {
      const { state, outbox } = await keepOne(options)
      state.answer = refuse('invalid_payload', 422)
      await outbox.flush()
      const [{ key } = { key: '' }] = outbox.entries()
      expect(outbox.entries()).toMatchObject([{ state: 'refused' }])
      outbox.discard(key)
      expect(outbox.entries()).toEqual([])
    }
  })

  it.each([
    ['it is discarded', ({ outbox }) => outbox.discard(outbox.entries()[0]?.key ?? '')],
    ['its user signs out', ({ open }) => open({ userId: 'grace' }).forgetOthers()],
  ] satisfies [string, (page: Awaited<ReturnType<typeof keepOne>>) => void][])(
    'leaves nothing behind if %s before the answer is there',
    async (_what, act) => {
      const page = await keepOne()
      page.state.answer = async () => {
        act(page)
        return refuse('invalid_payload', 422)('')
      }
      await page.outbox.flush()
      expect([page.told, page.outbox.entries(), page.storage.items.size]).toEqual([[], [], 0])
    },
  )

  it('is nothing if it was stored with a message that is no text', async () => {
    const refusal = { code: 'forbidden', message: {} }
    const { storage, open } = await keepOne()
    const text = storage.items.get('brandkit:outbox:ada') ?? ''
    storage.setItem('brandkit:outbox:ada', text.replace('"key":', `"refusal":${JSON.stringify(refusal)},"key":`))
    expect(storage.items.get('brandkit:outbox:ada')).not.toBe(text)
    expect(open().entries()).toEqual([])
  })
})
