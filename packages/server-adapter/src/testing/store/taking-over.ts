import { expect, it } from 'vitest'
import { toCheckpointKey } from '../../store/checkpoint-key.js'
import type { NewStoredTask, TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, newTask, ownerOf } from './new-task.js'
import { readText, textOf } from './text-reader.js'

/** A new task that begins with the finished work of an ended one. */
export function describeTakingOver(store: () => TaskStore): void {
  /** A task that failed with the step `channels` done and one of three items of `budget`. */
  async function fail(): Promise<NewStoredTask> {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    await store().report(lease, { currentStep: 'channels' })
    await store().checkpoint(lease, { step: 'channels', output: ['search'], progress: 50 })
    await store().report(lease, { currentStep: 'budget', items: { done: 0, total: 3 } })
    await store().checkpoint(lease, { step: 'budget', item: 'a', items: { done: 1, total: 3 }, output: 7 })
    await store().settle(lease, { status: 'failed', errorCode: 'generator_failed', lastError: 'No.' })
    return input
  }

  async function repeat(old: NewStoredTask, steps: readonly string[], overrides: Partial<NewStoredTask> = {}) {
    const input = newTask({
      userId: old.userId,
      retryOf: old.taskId,
      keysOf: old.taskId,
      takeOver: { taskId: old.taskId, steps, progress: 60 },
      ...overrides,
    })
    const { tasks } = await store().create({ tasks: [input] })
    return { input, task: tasks[0]! }
  }

  it('begins where the old task ended, which keeps its own', async () => {
    const old = await fail()
    const before = await findOne(store(), old)
    const { input, task } = await repeat(old, ['channels', 'budget'])
    expect(task).toMatchObject({ status: 'queued', progress: 60, retryOf: old.taskId, keysOf: old.taskId })
    expect(task.steps).toMatchObject([
      { key: 'channels', status: 'completed', completedAt: before.steps[0]?.completedAt },
      { key: 'budget', status: 'pending', items: { done: 1, total: 3 } },
    ])
    expect(await findOne(store(), input)).toEqual(task)

    const { checkpoints } = await claimOne(store(), input)
    expect(checkpoints).toEqual(
      new Map<string, unknown>([
        ['channels', ['search']],
        [toCheckpointKey('budget', 'a'), 7],
      ]),
    )
    expect(await findOne(store(), old)).toEqual(before)
  })

  it('keeps the text up to the last checkpoint, if it is told to, and writes on behind it', async () => {
    const old = await createOne(store())
    const { lease } = await claimOne(store(), old)
    await store().report(lease, { text: { at: 0, append: 'Cut \ud83d' } })
    await store().settle(lease, { status: 'retry', delayMs: 0, errorCode: 'generator_failed', lastError: 'No.' })
    const { lease: second } = await claimOne(store(), old)
    await store().report(second, { text: { at: 0, append: 'Once upon ' } })
    await store().checkpoint(second, { step: 'channels', output: 1, text: { at: 10, append: 'a time, ' } })
    await store().report(second, { text: { at: 18, append: 'lost' } })
    await store().settle(second, { status: 'failed', errorCode: 'generator_failed', lastError: 'No.' })

    const { input, task } = await repeat(old, ['channels'], {
      takeOver: { taskId: old.taskId, steps: ['channels'], progress: 60, text: 'kept' },
    })
    const begun = await readText(store(), input)
    expect(begun).toEqual({ from: 0, append: 'Once upon a time, ', cursor: task.textCursor })
    const claim = await claimOne(store(), input)
    expect(claim.text).toBe('Once upon a time, ')
    await store().report(claim.lease, { text: { at: 18, append: 'again.' } })
    expect(await readText(store(), input, begun.cursor)).toMatchObject({ from: 18, append: 'again.' })
    expect(await textOf(store(), input)).toBe('Once upon a time, again.')
    expect(await textOf(store(), old)).toBe('Once upon a time, lost')
    const { task: without } = await repeat(old, ['channels'])
    expect(without).not.toHaveProperty('textCursor')
  })

  it('takes over the named steps alone', async () => {
    const { input, task } = await repeat(await fail(), ['channels'])
    expect(task.steps).toMatchObject([{ status: 'completed' }, { status: 'pending' }])
    expect(task.steps[1]).not.toHaveProperty('items')
    expect([...(await claimOne(store(), input)).checkpoints.keys()]).toEqual(['channels'])
  })

  it('goes on from what it took over, and ends as any task', async () => {
    const { input } = await repeat(await fail(), ['channels', 'budget'])
    const { lease } = await claimOne(store(), input)
    await store().checkpoint(lease, { step: 'budget', item: 'b', items: { done: 2, total: 2 }, output: 8 })
    const ended = await store().settle(lease, { status: 'completed', result: 1 })
    expect(ended.steps).toMatchObject([{ status: 'completed' }, { status: 'completed', items: { done: 2, total: 2 } }])
    expect(ended.keysOf).toBe(input.keysOf)
  })

  it('takes nothing from an emptied task, nor from one of another tenant', async () => {
    const emptied = await fail()
    await store().delete(emptied.taskId, ownerOf(emptied))
    const foreign = await repeat(await fail(), ['channels'], { tenantId: 'globex' })
    for (const { input, task } of [await repeat(emptied, ['channels']), foreign]) {
      expect(task).toMatchObject({ progress: 0, steps: [{ status: 'pending' }, { status: 'pending' }] })
      expect((await claimOne(store(), input)).checkpoints.size).toBe(0)
    }
  })

  it('takes over once for many that ask under one key', async () => {
    const old = await fail()
    const creates = Array.from({ length: 10 }, () =>
      store().create({
        tasks: [newTask({ userId: old.userId, takeOver: { taskId: old.taskId, steps: ['channels'], progress: 50 } })],
        idempotency: { key: 'retry', requestHash: 'h' },
      }),
    )
    const answers = await Promise.all(creates)
    expect(new Set(answers.map(({ tasks }) => tasks[0]?.taskId)).size).toBe(1)
    for (const { tasks } of answers)
      expect(tasks[0]).toMatchObject({ progress: 50, steps: [{ status: 'completed' }, {}] })
  })

  it('leaves tasks without a past alone that are created in the same moment', async () => {
    const old = await fail()
    const plain = newTask()
    const [, created] = await Promise.all([repeat(old, ['channels']), store().create({ tasks: [plain] })])
    expect(created.tasks[0]).toMatchObject({ progress: 0, steps: [{ status: 'pending' }, { status: 'pending' }] })
    expect(created.tasks[0]).not.toHaveProperty('keysOf')
    expect(await findOne(store(), plain)).toEqual(created.tasks[0])
  })
}
