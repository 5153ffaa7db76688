import { describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../../memory.js'
import type { TaskStore } from '../../store/task-store.js'
import { createReport, endless, sampleServer, statusOf } from '../../../proofs/fixtures/sample-tasks.js'

describe('stop()', () => {
  it('hands a task back at shutdown, and another process finishes it without repeating its steps', async () => {
    let now = Date.now()
    const store = memoryStore({ now: () => now })
    const drafts = vi.fn(() => ['a'])
    const first = sampleServer(
      async (context) => {
        await context.step('draft', drafts)
        return endless(context)
      },
      { store: keepOpen(store) },
    )
    await first.start()
    const taskId = await createReport(first)
    await vi.waitFor(async () => expect((await statusOf(first, taskId)).steps?.[0]?.status).toBe('completed'))
    await first.stop()

    const second = sampleServer(
      async ({ step }) => {
        await step('draft', drafts)
        return { reportId: 'r', pages: await step('print', () => 1) }
      },
      { store: keepOpen(store) },
    )
    await second.start()
    expect(await statusOf(second, taskId)).toMatchObject({ status: 'queued', retryCount: 0 })
    // The first process published to its own memory queue, which is gone, so the row's alarm delivers the task.
    now += 31_000
    await second.maintain()
    await vi.waitFor(async () =>
      expect(await statusOf(second, taskId)).toMatchObject({ status: 'completed', retryCount: 0 }),
    )
    expect(drafts).toHaveBeenCalledOnce()
    await second.stop()
  })
})

/** A store that outlives its server, as a database does. */
function keepOpen(store: TaskStore) {
  return { ...store, close: () => Promise.resolve() }
}
