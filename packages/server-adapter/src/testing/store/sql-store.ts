import { expect, it } from 'vitest'
import { claimOne, createOne, findOne, newTask, ownerOf } from './new-task.js'
import type { TaskStore } from '../../store/task-store.js'
import type { SqlTransaction } from '../../store/sql-database.js'

export interface SqlStoreUnderTest {
  store: () => TaskStore
  query: (text: string, parameters?: unknown[]) => Promise<unknown>
  /** Runs the work in a transaction, which rolls back when it throws. */
  transaction: (work: (transaction: SqlTransaction) => Promise<void>) => Promise<void>
}

/** What only a store in an SQL database can promise. */
export function describeSqlStore({ store, query, transaction }: SqlStoreUnderTest): void {
  it.each(['completed', 'failed', 'cancelled'] as const)(
    'lets nobody change a task that is %s, by any statement',
    async (status) => {
      const input = await createOne(store())
      if (status === 'cancelled') {
        await store().cancel(input.taskId, ownerOf(input))
      } else {
        const { lease } = await claimOne(store(), input)
        await store().settle(
          lease,
          status === 'completed'
            ? { status, result: { ok: 1 } }
            : { status, errorCode: 'generator_refused', lastError: 'No.' },
        )
      }
      const before = await findOne(store(), input)
      for (const change of [
        `status = 'queued', completed_at = null`,
        `progress = 5`,
        `result = '"forged"'`,
        `payload = null`,
        `epoch = epoch + 1`,
        `rings = 9, purged_at = now(), payload = null, result = null, partial_result = null`,
      ]) {
        await expect(query(`update brandkit.tasks set ${change} where id = $1`, [input.taskId])).rejects.toThrow(
          'cannot change any more',
        )
      }
      expect(await findOne(store(), input)).toEqual(before)
      await query(
        `update brandkit.tasks set purged_at = now(), payload = null, result = null, partial_result = null where id = $1`,
        [input.taskId],
      )
    },
  )

  it("commits a task with the app's own data, or not at all", async () => {
    const [kept, dropped] = [newTask(), newTask()]
    await transaction(async (tx) => {
      expect((await store().create({ tasks: [kept], transaction: tx })).tasks[0]).toMatchObject({
        taskId: kept.taskId,
        payload: kept.payload,
      })
    })
    const rolledBack = transaction(async (tx) => {
      await store().create({ tasks: [dropped], transaction: tx })
      throw new Error('changed my mind')
    })
    await expect(rolledBack).rejects.toThrow('changed my mind')
    expect((await findOne(store(), kept)).status).toBe('queued')
    expect(await store().find([dropped.taskId], ownerOf(dropped))).toEqual([])
  })

  it('replays an idempotency key within a transaction', async () => {
    const input = newTask()
    const idempotency = { key: 'k', requestHash: 'h' }
    await store().create({ tasks: [input], idempotency })
    await transaction(async (tx) => {
      const again = { ...input, taskId: crypto.randomUUID() }
      const { tasks, replayed } = await store().create({ tasks: [again], idempotency, transaction: tx })
      expect({ replayed, taskId: tasks[0]?.taskId }).toEqual({ replayed: true, taskId: input.taskId })
    })
  })

  it('lets no SQL into the message of an error', async () => {
    const input = newTask({ priority: undefined as never })
    const error: unknown = await store()
      .create({ tasks: [input] })
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'internal_error' })
    expect(String(error)).not.toMatch(/brandkit|null|column|priority/i)
    expect(error).toHaveProperty('cause')
  })
}
