import { defineTask, defineTasks, silentLogger, type UniqueConflict } from '@brandkit/core'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import * as z from 'zod'
import { createTaskServer } from '../../create-task-server.js'
import { memoryQueue, memoryStore } from '../../memory.js'

const ADA = { userId: 'ada', brandIds: '*' } as const
const GRACE = { ...ADA, userId: 'grace' } as const
const input = { type: 'KIT', brandId: 'aurora', payload: {} } as never

/** A server whose kits last until they are cancelled. */
async function kits(unique: (task: { brandId: string }) => unknown, onConflict: UniqueConflict = 'return') {
  const generate = vi.fn(
    ({ signal }: { signal: AbortSignal }) =>
      new Promise<Record<string, never>>((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true }),
      ),
  )
  const server = createTaskServer({
    catalog: defineTasks({
      KIT: defineTask({
        title: () => 'Kit',
        payload: z.object({}),
        steps: {},
        result: z.object({}),
        unique: unique as () => string,
        onConflict,
      }),
    }),
    store: memoryStore(),
    queue: memoryQueue(),
    authenticate: () => null,
    authorize: ({ action }) => (action === 'cancel' ? 'own' : 'brand'),
    generators: { KIT: generate },
    timings: { drainMs: 1 },
    logger: silentLogger,
  })
  await server.start()
  onTestFinished(() => server.stop())
  return { create: (who: typeof ADA | typeof GRACE = ADA) => server.as(who).create(input), server, generate }
}

describe('unique work', () => {
  it('starts one task, and returns it to colleagues who may see it', async () => {
    const { create, generate } = await kits(({ brandId }) => brandId)
    const [first, ...others] = await Promise.all([create(), create(), create(GRACE)])
    for (const other of others) expect(other.taskId).toBe(first?.taskId)
    await vi.waitFor(() => expect(generate).toHaveBeenCalledOnce())
  })

  it('replaces a running task, whose generator is stopped, and only one that the caller may cancel', async () => {
    const { create, generate, server } = await kits(({ brandId }) => brandId, 'replace')
    const first = await create()
    await vi.waitFor(() => expect(generate).toHaveBeenCalledOnce())
    await expect(create(GRACE)).rejects.toMatchObject({ code: 'already_under_way', taskId: undefined })
    const second = await create()
    expect(second.taskId).not.toBe(first.taskId)
    expect(generate.mock.calls[0]?.[0].signal.aborted).toBe(true)
    expect(await server.as(ADA).getStatus(first.taskId)).toMatchObject({ status: 'cancelled' })
    await vi.waitFor(() => expect(generate).toHaveBeenCalledTimes(2))
  })

  it('refuses a retry while another task is under way, so that the task can be tried again when that has ended', async () => {
    const { create, server } = await kits(({ brandId }) => brandId)
    const ada = server.as(ADA)
    const { taskId } = await create()
    await ada.cancel(taskId)
    const other = await create()
    await expect(ada.retry(taskId)).rejects.toMatchObject({ code: 'already_under_way', taskId: other.taskId })
    await ada.cancel(other.taskId)
    expect(await ada.retry(taskId)).toMatchObject({ retryOf: taskId, status: 'processing' })
  })

  it('takes null for a task that may run beside others', async () => {
    const { create } = await kits(() => null)
    expect((await create()).taskId).not.toBe((await create()).taskId)
  })

  it.each<[string, () => unknown]>([
    ['throws', () => expect.fail('no key')],
    ['gives nothing', () => undefined],
    ['gives an empty text', () => ''],
    ['gives a text that is too long', () => 'x'.repeat(201)],
    ['gives a promise', async () => 'late'],
  ])('answers 500 when `unique` %s', async (_, unique) => {
    const { create } = await kits(unique)
    await expect(create()).rejects.toMatchObject({ code: 'internal_error' })
  })
})
