import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { input } from './answering-server.fixture.js'
import { offline, setUp } from './open-outbox.fixture.js'
import { createStorage } from './storage.fixture.js'

const HOUR = 3_600_000

describe('an outbox', () => {
  it('keeps a create until its answer is there', async () => {
    const { server, state, storage, open } = setUp()
    const outbox = open()
    let shown: unknown
    state.answer = async (resource, init) => {
      shown = outbox.entries()
      expect(storage.items.size).toBe(1)
      return server.fetch(resource, init)
    }
    const task = await outbox.create(input)
    expect(shown).toMatchObject([{ input, state: 'sending' }])
    expect(outbox.entries()).toEqual([])
    expect(storage.items.size).toBe(0)
    expect(server.find(task.taskId).status).toBe('queued')
  })

  it('makes one task of a create whose reply was lost, though the page was closed and opened again', async () => {
    const { server, state, created, open } = setUp()
    state.answer = async (resource, init) => {
      await server.fetch(resource, init)
      throw new TypeError('The reply was lost.')
    }
    await expect(open().create(input)).rejects.toMatchObject({ code: 'network_error' })
    expect(server.tasks()).toHaveLength(1)

    state.answer = server.fetch
    const outbox = open()
    expect(outbox.entries()).toMatchObject([{ input, state: 'waiting' }])
    await Promise.all([outbox.flush(), outbox.flush()])
    expect(server.tasks()).toHaveLength(1)
    expect(created.map(({ taskId }) => taskId)).toEqual([server.tasks()[0]?.taskId])
    expect(outbox.entries()).toEqual([])
  })

  it('sends what was asked for offline, in its order, once the network is back', async () => {
    const { server, state, open } = setUp()
    const outbox = open()
    state.answer = offline
    for (const brandId of ['a', 'b', 'c']) await outbox.create({ ...input, brandId }).catch(() => {})
    expect(outbox.entries().map(({ input: { brandId } }) => brandId)).toEqual(['a', 'b', 'c'])
    let tries = 0
    state.answer = async () => {
      tries += 1
      throw new TypeError('offline')
    }
    await outbox.flush()
    expect([tries, outbox.entries().length]).toEqual([1, 3])
    state.answer = server.fetch
    await outbox.flush()
    expect(server.tasks().map(({ brandId }) => brandId)).toEqual(['a', 'b', 'c'])
  })

  it.each([
    ['a payload that is refused', 422, 'invalid_payload', 0],
    ['a limit', 429, 'too_many_active_tasks', 0],
    ['an expired session', 401, 'unauthenticated', 1],
    ['a server that is gone', 503, 'shutting_down', 1],
    ['a gateway', 502, 'no code', 1],
  ])('after %s (%i) keeps what may have been created, and nothing else', async (_name, status, code, kept) => {
    const { state, open } = setUp()
    const outbox = open()
    state.answer = async () => Response.json({ code, status }, { status })
    await expect(outbox.create(input)).rejects.toMatchObject({ status })
    expect(outbox.entries()).toHaveLength(kept)
  })

  it('forgets what its own caller gave up', async () => {
    const { state, open } = setUp()
    const outbox = open()
    const controller = new AbortController()
    state.answer = async () => {
      controller.abort()
      throw new TypeError('aborted')
    }
    await expect(outbox.create(input, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(outbox.entries()).toEqual([])
  })

  it('offers what is older than a day, and sends it only when it is told to', async () => {
    const { server, state, open } = setUp()
    const outbox = open()
    state.answer = offline
    await outbox.create(input).catch(() => {})
    await outbox.create({ ...input, brandId: 'other' }).catch(() => {})
    state.time += 24 * HOUR + 1
    state.answer = server.fetch
    await outbox.flush()
    expect(outbox.entries().map((entry) => entry.state)).toEqual(['old', 'old'])
    expect(server.tasks()).toEqual([])
    const [first, second] = outbox.entries()
    await outbox.sendAgain(first?.key ?? '')
    outbox.discard(second?.key ?? '')
    expect([server.tasks().length, outbox.entries().length]).toEqual([1, 0])
    await expect(outbox.sendAgain('nothing')).rejects.toThrow(RangeError)
  })

  it('calls back at every change, and gives the same array between two', async () => {
    const { state, open } = setUp()
    const outbox = open()
    let calls = 0
    const stop = outbox.subscribe(() => (calls += 1))
    expect(outbox.entries()).toBe(outbox.entries())
    state.answer = offline
    await outbox.create(input).catch(() => {})
    expect(calls).toBeGreaterThanOrEqual(2)
    expect(outbox.entries()).toBe(outbox.entries())
    stop()
    const before = calls
    outbox.discard(outbox.entries()[0]?.key ?? '')
    expect([calls, outbox.entries()]).toEqual([before, []])
  })

  it('sees what another tab has put in, and takes nothing of it away', async () => {
    const { state, open } = setUp()
    const [one, two] = [open(), open()]
    state.answer = offline
    await one.create({ ...input, brandId: 'one' }).catch(() => {})
    await two.create({ ...input, brandId: 'two' }).catch(() => {})
    await one.flush()
    expect(one.entries().map(({ input: { brandId } }) => brandId)).toEqual(['one', 'two'])
  })

  it('keeps users apart, stores nothing for nobody, and deletes what others left', async () => {
    const { state, storage, open } = setUp()
    state.answer = offline
    await open()
      .create(input)
      .catch(() => {})
    await open({ userId: null })
      .create(input)
      .catch(() => {})
    storage.setItem('somebody:else', 'kept')
    const linus = open({ userId: 'linus' })
    expect(linus.entries()).toEqual([])
    expect([...storage.items.keys()]).toEqual(['brandkit:outbox:ada', 'somebody:else'])
    linus.forgetOthers()
    expect([...storage.items.keys()]).toEqual(['somebody:else'])
  })

  it('keeps no more than 256 kB; what is beyond is sent all the same, and shown while the page lives', async () => {
    const { state, storage, open } = setUp()
    const outbox = open()
    state.answer = offline
    const notes = 'ä'.repeat(60_000)
    for (const brandId of ['a', 'b', 'c', 'd'])
      await outbox.create({ ...input, brandId, payload: { ...input.payload, notes } }).catch(() => {})
    expect(outbox.entries()).toHaveLength(4)
    expect(open().entries()).toHaveLength(2)
    expect(Buffer.byteLength(storage.items.get('brandkit:outbox:ada') ?? '')).toBeLessThanOrEqual(256 * 1024)
  })

  it.each([
    ['is full', createStorage(10)],
    ['is forbidden', undefined],
  ])('works where storage %s', async (_name, storage) => {
    if (!storage)
      vi.stubGlobal('localStorage', {
        get getItem() {
          throw new DOMException('denied', 'SecurityError')
        },
      })
    const { server, state, open } = setUp({ storage })
    const outbox = open()
    state.answer = offline
    await outbox.create(input).catch(() => {})
    expect(outbox.entries()).toHaveLength(1)
    state.answer = server.fetch
    await outbox.flush()
    expect([server.tasks().length, outbox.entries().length]).toEqual([1, 0])
    outbox.forgetOthers()
  })

  it.each([
    ['credentials have expired', 401, 'unauthenticated', 1],
    ['the server is too busy', 503, 'queue_full', 0],
  ])('keeps what is sent again when %s', async (_why, status, code, keptAtFirst) => {
    const { server, state, open } = setUp()
    const outbox = open()
    state.answer = offline
    await expect(outbox.create(input)).rejects.toMatchObject({ code: 'network_error' })
    state.answer = async () =>
      Response.json({ code, detail: 'Not now.', status, retryable: status === 503 }, { status })
    await outbox.flush()
    expect(outbox.entries()).toMatchObject([{ state: 'waiting' }])
    const another = open({ storage: createStorage() })
    await expect(another.create(input)).rejects.toMatchObject({ code })
    expect(another.entries()).toHaveLength(keptAtFirst)

    state.answer = server.fetch
    await outbox.flush()
    expect([server.tasks().length, outbox.entries().length]).toEqual([1, 0])
  })

  it('shows what another tab has sent', async () => {
    const { state, storage, open } = setUp()
    const [outbox, other] = [open(), open()]
    state.answer = offline
    await expect(outbox.create(input)).rejects.toMatchObject({ code: 'network_error' })
    const target = new EventTarget()
    vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
    vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
    const told = vi.fn()
    other.subscribe(told)
    const stop = other.start()
    expect(other.entries()).toHaveLength(1)
    storage.items.clear()
    target.dispatchEvent(Object.assign(new Event('storage'), { key: 'brandkit:outbox:ada' }))
    target.dispatchEvent(Object.assign(new Event('storage'), { key: 'brandkit:outbox:grace' }))
    expect(other.entries()).toEqual([])
    expect(told).toHaveBeenCalledTimes(1)
    stop()
    target.dispatchEvent(Object.assign(new Event('storage'), { key: 'brandkit:outbox:ada' }))
    expect(told).toHaveBeenCalledTimes(1)
  })

  it('makes nothing of what somebody else wrote into its place', async () => {
    const entry = fc.record(
      { key: fc.anything(), at: fc.anything(), input: fc.anything(), traceId: fc.anything() },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.array(entry).map((entries) => `{"v":1,"entries":${JSON.stringify(entries) ?? 'null'}}`),
        ),
        async (text) => {
          const { server, storage, open } = setUp()
          storage.setItem('brandkit:outbox:ada', text)
          const outbox = open()
          await outbox.flush()
          expect(server.tasks()).toEqual([])
          await outbox.create(input)
          expect(server.tasks()).toHaveLength(1)
        },
      ),
      { numRuns: 200 },
    )
  })
})
