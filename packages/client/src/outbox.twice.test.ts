import { describe, expect, it } from 'vitest'
import { input } from './answering-server.fixture.js'
import { offline, setUp } from './open-outbox.fixture.js'

const DAY = 24 * 3_600_000

/** Holds every request until `release`. */
function holdAnswers(state: { answer: typeof fetch }) {
  const { answer } = state
  const { promise, resolve } = Promise.withResolvers<void>()
  state.answer = async (resource, init) => {
    await promise
    return answer(resource, init)
  }
  return resolve
}

describe('one form, submitted twice', () => {
  it('is one task while the first click waits for its answer', async () => {
    const { server, state, created, open } = setUp()
    const outbox = open()
    const release = holdAnswers(state)
    const clicks = [outbox.create(input), outbox.create({ ...input })]
    release()
    const [first, second] = await Promise.all(clicks)
    expect(first?.taskId).toBe(second?.taskId)
    expect([server.tasks().length, created.length]).toEqual([1, 1])
  })

  it('is one task offline, though the page was closed between the clicks', async () => {
    const { server, state, open } = setUp()
    state.answer = offline
    await expect(open().create(input, { traceId: 'a'.repeat(32) })).rejects.toMatchObject({ code: 'network_error' })
    const outbox = open()
    await expect(outbox.create(input, { traceId: 'b'.repeat(32) })).rejects.toMatchObject({ code: 'network_error' })
    expect(outbox.entries()).toMatchObject([{ traceId: 'a'.repeat(32), state: 'waiting' }])
    state.answer = server.fetch
    await outbox.flush()
    expect(server.tasks()).toHaveLength(1)
  })

  it('is one task when the second click gets through', async () => {
    const { server, state, open } = setUp()
    const outbox = open()
    state.answer = async (resource, init) => {
      await server.fetch(resource, init)
      throw new TypeError('The reply was lost.')
    }
    await outbox.create(input).catch(() => {})
    state.answer = server.fetch
    const { taskId } = await outbox.create(input)
    expect(server.tasks().map((task) => task.taskId)).toEqual([taskId])
    expect(outbox.entries()).toEqual([])
  })

  it('is known by its contents, whatever their order and form', async () => {
    const { state, open } = setUp()
    const outbox = open()
    state.answer = offline
    const runAt = new Date('2027-05-01T08:00:00Z')
    await outbox.create({ ...input, runAt }).catch(() => {})
    const { payload, ...rest } = input
    const turned = Object.fromEntries(Object.entries(payload).toReversed()) as typeof payload
    expect(outbox.find({ payload: turned, runAt: runAt.toISOString(), ...rest })).toMatchObject({ state: 'waiting' })
    for (const other of [input, { ...input, runAt, brandId: 'other' }, { ...input, runAt, tags: ['b'] }])
      expect(outbox.find(other)).toBeUndefined()
    expect(outbox.find({ ...input, payload: { size: 1n } } as never)).toBeUndefined()
  })

  it('is two tasks once the first has its answer, or when the app names two keys', async () => {
    const { server, state, open } = setUp()
    const outbox = open()
    await outbox.create(input)
    await outbox.create(input)
    expect(server.tasks()).toHaveLength(2)
    state.answer = offline
    for (const idempotencyKey of ['one', 'two']) await outbox.create(input, { idempotencyKey }).catch(() => {})
    expect(outbox.entries()).toHaveLength(2)
  })

  it('is a new task beside one that is too old to be sent unasked', async () => {
    const { state, open } = setUp()
    const outbox = open()
    state.answer = offline
    await outbox.create(input).catch(() => {})
    state.time += DAY + 1
    await outbox.create(input).catch(() => {})
    expect(outbox.entries().map((entry) => entry.state)).toEqual(['old', 'waiting'])
  })
})
