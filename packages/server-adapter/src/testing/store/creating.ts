import { expect, it } from 'vitest'
import type { TaskStore } from '../../store/task-store.js'
import { createOne, findOne, newTask, ownerOf, times } from './new-task.js'

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

export function describeCreating(store: () => TaskStore): void {
  it('gives back what was created: queued, due, untouched', async () => {
    const input = newTask({
      batchId: 'batch-1',
      retryOf: 'task-0',
      priority: 'high',
      traceparent: TRACEPARENT,
      typeVersion: 2,
    })
    const { tasks, replayed } = await store().create({ tasks: [input] })
    expect(replayed).toBe(false)
    expect(tasks).toHaveLength(1)
    expect(tasks[0]).toMatchObject({
      taskId: input.taskId,
      tenantId: 'acme',
      userId: input.userId,
      createdBy: input.userId,
      brandId: 'aurora',
      type: 'GENERATE_MEDIA_PLAN',
      typeVersion: 2,
      payload: input.payload,
      title: input.title,
      priority: 'high',
      traceId: input.traceId,
      status: 'queued',
      progress: 0,
      rings: 0,
      attempt: 0,
      version: 1,
      maxRetries: 3,
      batchId: 'batch-1',
      traceparent: TRACEPARENT,
      retryOf: 'task-0',
      steps: [
        { key: 'channels', title: 'Choosing channels', status: 'pending' },
        { key: 'budget', title: 'Splitting the budget', status: 'pending' },
      ],
    })
    expect(await findOne(store(), input)).toEqual(tasks[0])
  })

  it('takes a task without a version for one of version 1', async () => {
    expect(await findOne(store(), await createOne(store()))).toMatchObject({ typeVersion: 1 })
  })

  it('says times as ISO 8601 strings with milliseconds', async () => {
    const task = await findOne(store(), await createOne(store()))
    const { createdAt, updatedAt, queuedAt, runAt } = task
    for (const time of [createdAt, updatedAt, queuedAt, runAt])
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  it('hands out copies: changing one changes nothing stored', async () => {
    const payload = { list: [1] }
    const input = await createOne(store(), { payload })
    payload.list.push(2)
    const found = await findOne(store(), input)
    ;(found.payload as typeof payload).list.push(3)
    expect((await findOne(store(), input)).payload).toEqual({ list: [1] })
  })

  it('keeps NUL, lone surrogates and the order of keys in a payload', async () => {
    const payload = { z: '\u0000', a: '\uD800', '\u0000': 1, nested: { b: 1, a: 2 }, ['__proto__x']: null }
    const found = await findOne(store(), await createOne(store(), { payload }))
    expect(JSON.stringify(found.payload)).toBe(JSON.stringify(payload))
  })

  it('replaces what no database can hold in a title', async () => {
    const found = await findOne(store(), await createOne(store(), { title: 'a\u0000b\uD800c' }))
    expect(found.title).toBe('a\uFFFDb\uFFFDc')
  })

  it('inserts a batch whole or not at all', async () => {
    const taken = await createOne(store())
    const batch = [newTask({ userId: taken.userId }), { ...newTask({ userId: taken.userId }), taskId: taken.taskId }]
    await expect(store().create({ tasks: batch })).rejects.toMatchObject({ code: 'invalid_request' })
    expect(await store().find([batch[0]!.taskId], ownerOf(taken))).toEqual([])
  })

  it('refuses one bad create among good ones alone, when all come at once', async () => {
    const taken = await createOne(store())
    const good = times(20, () => newTask())
    const bad = [{ ...newTask(), taskId: taken.taskId }, newTask({ runAt: 'soon' })]
    const results = await Promise.allSettled(
      [...good.slice(0, 10), ...bad, ...good.slice(10)].map((task) => store().create({ tasks: [task] })),
    )
    expect(results.map((result) => result.status)).toEqual([
      ...times(10, () => 'fulfilled'),
      ...times(2, () => 'rejected'),
      ...times(10, () => 'fulfilled'),
    ])
    for (const index of [10, 11]) expect(results[index]).toMatchObject({ reason: { code: 'invalid_request' } })
    for (const task of good) expect((await findOne(store(), task)).status).toBe('queued')
  })

  it('makes one task of 50 identical creates with one key', async () => {
    const owner = `user-${crypto.randomUUID()}`
    const results = await Promise.all(
      times(50, () =>
        store().create({ tasks: [newTask({ userId: owner })], idempotency: { key: 'k', requestHash: 'h' } }),
      ),
    )
    expect(new Set(results.map(({ tasks }) => tasks[0]?.taskId)).size).toBe(1)
    expect(results.filter(({ replayed }) => !replayed)).toHaveLength(1)
  })

  it('replays a batch in its order', async () => {
    const owner = `user-${crypto.randomUUID()}`
    const make = () =>
      store().create({ tasks: times(5, () => newTask({ userId: owner })), idempotency: { key: 'k', requestHash: 'h' } })
    const first = await make()
    const second = await make()
    expect(second.replayed).toBe(true)
    expect(second.tasks.map((task) => task.taskId)).toEqual(first.tasks.map((task) => task.taskId))
  })

  it('refuses a key that was used for another request', async () => {
    const owner = `user-${crypto.randomUUID()}`
    await store().create({ tasks: [newTask({ userId: owner })], idempotency: { key: 'k', requestHash: 'h' } })
    const again = store().create({
      tasks: [newTask({ userId: owner })],
      idempotency: { key: 'k', requestHash: 'other' },
    })
    await expect(again).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  })

  it('keeps keys apart by user and by tenant', async () => {
    const tasks = [
      newTask({ userId: 'ada' }),
      newTask({ userId: 'grace' }),
      newTask({ userId: 'ada', tenantId: 'globex' }),
    ]
    const key = crypto.randomUUID()
    const results = await Promise.all(
      tasks.map((task) => store().create({ tasks: [task], idempotency: { key, requestHash: 'h' } })),
    )
    expect(results.map(({ replayed }) => replayed)).toEqual([false, false, false])
  })
}
