import { expect, it } from 'vitest'
import type { AttemptEnd } from '../../store/attempt-writes.js'
import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, FULL_PASS, newTask, ownerOf, times } from './new-task.js'

const RETRY = {
  status: 'retry',
  delayMs: 0,
  errorCode: 'generator_failed',
  lastError: 'Out of ideas.',
} as const satisfies AttemptEnd

export function describeSettling(store: () => TaskStore): void {
  it('completes: progress 100, the result, the time, no error', async () => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    await store().settle(lease, RETRY)
    const { lease: second } = await claimOne(store(), input)
    const settled = await store().settle(second, { status: 'completed', result: { nul: '\u0000', lone: '\uD800' } })
    expect(settled).toMatchObject({ status: 'completed', progress: 100, result: { nul: '\u0000', lone: '\uD800' } })
    expect(settled.completedAt).toBeTypeOf('string')
    expect(settled.errorCode).toBeUndefined()
    expect(await findOne(store(), input)).toEqual(settled)
  })

  it.each([
    { status: 'completed', result: { of: ['the', 'end'] } },
    { status: 'completed', result: null },
    { status: 'failed', errorCode: 'generator_failed', lastError: 'Out of ideas.', progress: 70 },
    RETRY,
    { status: 'release' },
    { status: 'unstarted' },
  ] as const satisfies AttemptEnd[])('returns the whole task as it is stored: %j', async (end) => {
    const input = newTask({ batchId: crypto.randomUUID(), typeVersion: 1, traceparent: '00-1-2-01' })
    const { tasks } = await store().create({ tasks: [input], claim: { leaseMs: 60_000 } })
    expect(await findOne(store(), input)).toEqual(tasks[0])
    const born = { taskId: input.taskId, tenantId: input.tenantId, epoch: 1 }
    await store().report(born, { progress: 20, currentStep: 'channels', partialResult: { draft: 1 } })
    await store().checkpoint(born, { step: 'channels', output: 1, progress: 50 })
    const returned = await store().settle(born, { ...RETRY, progress: 60 })
    expect(await findOne(store(), input)).toEqual(returned)
    expect(returned).toMatchObject({ payload: input.payload, partialResult: { draft: 1 } })

    const { task, lease } = await claimOne(store(), input)
    expect(await findOne(store(), input)).toEqual(task)
    // The worker may do with its task what it likes.
    Object.assign(task.payload as object, { campaignName: 'Changed' })
    await store().report(lease, { currentStep: 'budget' })
    const ended = await store().settle(lease, end)
    expect(await findOne(store(), input)).toEqual(ended)
    expect(ended.payload).toEqual(input.payload)
  })

  it('fails with the code and the message', async () => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    const failed = await store().settle(lease, {
      status: 'failed',
      errorCode: 'generator_refused',
      lastError: 'No\u0000pe.',
    })
    expect(failed).toMatchObject({ status: 'failed', errorCode: 'generator_refused', lastError: 'No\uFFFDpe.' })
    expect(failed.completedAt).toBeTypeOf('string')
  })

  it('keeps 2 KB of a text that is shown, and says that the rest is missing', async () => {
    const long = '\u0000é'.repeat(2_500_000)
    const input = await createOne(store(), { title: long, steps: [{ key: 'channels', title: long }] })
    const { lease } = await claimOne(store(), input)
    await store().report(lease, { currentStep: long })
    const texts: (string | undefined)[] = [(await findOne(store(), input)).currentStep]
    await store().settle(lease, { ...RETRY, lastError: long })
    const { lease: second } = await claimOne(store(), input)
    await store().settle(second, { status: 'failed', errorCode: 'generator_refused', lastError: long })

    const { tasks } = await store().list({ limit: 10 }, ownerOf(input))
    expect(JSON.stringify(tasks).length).toBeLessThan(10_000)
    texts.push(tasks[0]?.title, tasks[0]?.steps[0]?.title, tasks[0]?.lastError)
    for (const text of texts) expect(text).toMatch(/^(\uFFFDé){100,}.?… \(cut\)$/)
  })

  it('queues a retry with its delay and says why', async () => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    await store().report(lease, { progress: 40, currentStep: 'channels' })
    const retried = await store().settle(lease, { ...RETRY, delayMs: 3_600_000 })
    expect(retried).toMatchObject({
      status: 'queued',
      attempt: 1,
      progress: 40,
      errorCode: 'generator_failed',
      lastError: 'Out of ideas.',
    })
    expect(retried.epoch).toBeGreaterThan(lease.epoch)
    expect(retried.currentStep).toBeUndefined()
    expect(retried.steps[0]?.status).toBe('pending')
    expect(Date.parse(retried.runAt) - Date.now()).toBeGreaterThan(3_500_000)
    expect((await store().claim({ taskId: input.taskId, knownTypes: [input.type], leaseMs: 1 })).outcome).toBe('early')
  })

  it('runs maxRetries + 1 attempts and then fails with the last error', async () => {
    const input = await createOne(store(), { maxRetries: 2 })
    const ends: string[] = []
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const { lease, task } = await claimOne(store(), input)
      expect(task.attempt).toBe(attempt)
      ends.push((await store().settle(lease, RETRY)).status)
    }
    expect(ends).toEqual(['queued', 'queued', 'failed'])
    expect(await findOne(store(), input)).toMatchObject({
      attempt: 3,
      errorCode: 'generator_failed',
      lastError: 'Out of ideas.',
    })
  })

  it('gives the attempt back on release when a checkpoint was made since the claim', async () => {
    const input = await createOne(store(), { maxRetries: 0 })
    for (let round = 0; round < 3; round += 1) {
      const { lease, task } = await claimOne(store(), input)
      expect(task.attempt).toBe(1)
      await store().checkpoint(lease, { step: `step-${round}`, output: round })
      expect(await store().settle(lease, { status: 'release' })).toMatchObject({ status: 'queued', attempt: 0 })
    }
  })

  it.each<AttemptEnd>([
    { status: 'failed', errorCode: 'generator_refused', lastError: 'No.', progress: 60 },
    { ...RETRY, progress: 60 },
    { status: 'release', progress: 60 },
  ])('keeps the progress that an end carries, and never lowers it: $status', async (end) => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    await store().report(lease, { progress: 30 })
    expect(await store().settle(lease, end)).toMatchObject({ progress: 60 })
    const other = await createOne(store())
    const { lease: higher } = await claimOne(store(), other)
    await store().report(higher, { progress: 80 })
    expect(await store().settle(higher, end)).toMatchObject({ progress: 80 })
  })

  it('gives the attempt back also when checkpoint and release come together', async () => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    const [, released] = await Promise.all([
      store().checkpoint(lease, { step: 'channels', output: 1 }),
      store().settle(lease, { status: 'release' }),
    ])
    expect(released).toMatchObject({ status: 'queued', attempt: 0 })
  })

  it('burns the attempt of a release without progress, and fails when none is left', async () => {
    const input = await createOne(store(), { maxRetries: 1 })
    const { lease } = await claimOne(store(), input)
    await store().checkpoint(lease, { step: 'channels', output: 1 })
    await store().settle(lease, { status: 'release' })

    // The checkpoint of an earlier attempt does not count.
    const { lease: second } = await claimOne(store(), input)
    expect(await store().settle(second, { status: 'release' })).toMatchObject({ status: 'queued', attempt: 1 })
    const { lease: third } = await claimOne(store(), input)
    expect(await store().settle(third, { status: 'release' })).toMatchObject({
      status: 'failed',
      errorCode: 'worker_lost',
    })
  })

  it.each<AttemptEnd>([
    { status: 'completed', result: 1 },
    { status: 'failed', errorCode: 'generator_refused', lastError: 'No.' },
    RETRY,
    { status: 'release' },
    { status: 'unstarted' },
  ])('answers a repeated end after a lost reply with success: $status', async (end) => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    const first = await store().settle(lease, end)
    expect(await store().settle(lease, end)).toEqual(first)
    const other: AttemptEnd =
      end.status === 'failed' ? { status: 'completed', result: 2 } : { ...RETRY, status: 'failed' }
    await expect(store().settle(lease, other)).rejects.toMatchObject({ code: 'ownership_lost' })
    expect(await findOne(store(), input)).toEqual(first)
  })

  it.each([Number.NaN, Infinity, -Infinity, -1, 1e16, Number.MAX_VALUE])(
    'refuses a retry after %d ms, and leaves the task as it was',
    async (delayMs) => {
      const input = await createOne(store())
      const { lease, task } = await claimOne(store(), input)
      await expect(store().settle(lease, { ...RETRY, delayMs })).rejects.toMatchObject({ code: 'invalid_request' })
      expect(await findOne(store(), input)).toEqual(task)
      expect(await store().settle(lease, RETRY)).toMatchObject({ status: 'queued' })
    },
  )

  it('does not let a retry undo a cancel', async () => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    await store().cancel(input.taskId, ownerOf(input))
    await expect(store().settle(lease, RETRY)).rejects.toMatchObject({ code: 'ownership_lost' })
    await store().maintain(FULL_PASS)
    expect((await findOne(store(), input)).status).toBe('cancelled')
  })

  it('refuses a result that is no JSON, and leaves the task as it was', async () => {
    const circular: Record<string, unknown> = {}
    circular['self'] = circular
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    for (const result of [circular, 1n, () => 1]) {
      await expect(store().settle(lease, { status: 'completed', result })).rejects.toMatchObject({
        code: 'result_unserializable',
      })
    }
    expect((await findOne(store(), input)).status).toBe('processing')
    expect((await store().settle(lease, { status: 'completed', result: undefined })).result).toBeNull()
  })

  it('stores 500 levels of nesting and refuses more, which would end an embedded database', async () => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    for (const levels of [501, 5_000]) {
      const tooDeep = store().settle(lease, { status: 'completed', result: nested(levels) })
      await expect(tooDeep).rejects.toMatchObject({ code: 'result_unserializable' })
    }
    expect((await store().settle(lease, { status: 'completed', result: nested(500) })).result).toEqual(nested(500))
  })

  it('refuses one impossible write among good ones alone, when all come at once', async () => {
    const inputs = await Promise.all(times(9, () => createOne(store())))
    const leases = await Promise.all(inputs.map(async (input) => (await claimOne(store(), input)).lease))
    // Only the database itself refuses this value; values that a store refuses earlier never reach the shared statement.
    const impossible = { ...leases[4]!, epoch: 2 ** 31 }
    const results = await Promise.allSettled(
      leases.map((lease, index) =>
        store().settle(index === 4 ? impossible : lease, { status: 'completed', result: index }),
      ),
    )
    expect(results.map(({ status }) => status)).toEqual(times(9, (index) => (index === 4 ? 'rejected' : 'fulfilled')))
    expect(results[4]).toMatchObject({ reason: { name: 'TaskError' } })
    expect((await findOne(store(), inputs[4]!)).status).toBe('processing')
  })
}

function nested(depth: number): unknown {
  let value: unknown = 0
  for (let level = 0; level < depth; level += 1) value = [value]
  return value
}
