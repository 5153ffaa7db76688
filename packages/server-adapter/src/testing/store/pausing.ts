import { expect, it } from 'vitest'
import type { NewStoredTask, TaskStore } from '../../store/task-store.js'
import { findOne, FULL_PASS, KNOWN_TYPES, newTask } from './new-task.js'

const HOUR_MS = 3_600_000

function wait() {
  return { provider: 'openai "4"', until: new Date(Date.now() + HOUR_MS).toISOString(), tokens: 900 }
}

/** A task that waits for a provider: on its slot, or released. */
export function describePausing(store: () => TaskStore): void {
  async function claimed(overrides: Partial<NewStoredTask> = {}) {
    const input = newTask(overrides)
    await store().create({ tasks: [input] })
    return { input, lease: await claim(input.taskId) }
  }
  async function claim(taskId: string) {
    const outcome = await store().claim({ taskId, knownTypes: KNOWN_TYPES, leaseMs: 60_000 })
    if (outcome.outcome !== 'claimed') throw new Error(`The claim is ${outcome.outcome}.`)
    return outcome.lease
  }

  it('shows what a running task waits for, until it waits no more', async () => {
    const { input, lease } = await claimed()
    const { version } = await findOne(store(), input)
    const waitingFor = wait()
    await store().report(lease, { waitingFor })
    expect(await findOne(store(), input)).toMatchObject({ status: 'processing', waitingFor, version: version + 1 })
    await store().report(lease, { progress: 5 })
    await store().checkpoint(lease, { step: 'draft', output: 1 })
    expect((await findOne(store(), input)).waitingFor).toEqual(waitingFor)
    await store().report(lease, { waitingFor: null })
    expect(await findOne(store(), input)).not.toHaveProperty('waitingFor')
  })

  it('queues a task that waits for a provider until its time, with what it waits for, and for nothing', async () => {
    const { input, lease } = await claimed({ maxRetries: 0 })
    const waitingFor = wait()
    const before = Date.now()
    const settled = await store().settle(lease, { status: 'release', wait: { ...waitingFor, delayMs: HOUR_MS } })
    expect(settled).toMatchObject({ status: 'queued', attempt: 0, waitingFor })
    expect(Date.parse(settled.runAt)).toBeGreaterThan(before + HOUR_MS - 60_000)
    expect(await findOne(store(), input)).toEqual(settled)
    expect(await store().claim({ taskId: input.taskId, knownTypes: KNOWN_TYPES, leaseMs: 60_000 })).toMatchObject({
      outcome: 'early',
    })
    const pass = await store().maintain(FULL_PASS)
    expect(pass?.deliver.map(({ taskId }) => taskId)).not.toContain(input.taskId)
  })

  it('gives the next attempt what was waited for, and the finished steps', async () => {
    const { input, lease } = await claimed()
    await store().checkpoint(lease, { step: 'draft', output: ['page'] })
    const waitingFor = { provider: 'openai', until: new Date(Date.now() - 1).toISOString() }
    await store().settle(lease, { status: 'release', wait: { ...waitingFor, delayMs: 0 } })
    const outcome = await store().claim({ taskId: input.taskId, knownTypes: KNOWN_TYPES, leaseMs: 60_000 })
    expect(outcome).toMatchObject({ outcome: 'claimed', task: { attempt: 1, waitingFor } })
    if (outcome.outcome !== 'claimed') return
    expect([...outcome.checkpoints]).toEqual([['draft', ['page']]])
    const ended = await store().settle(outcome.lease, { status: 'completed', result: 1 })
    expect(ended).not.toHaveProperty('waitingFor')
    expect(await findOne(store(), input)).toEqual(ended)
  })

  it('counts the attempt of a release that waits for nothing', async () => {
    const { lease } = await claimed({ maxRetries: 0 })
    expect(await store().settle(lease, { status: 'release' })).toMatchObject({ status: 'failed', attempt: 1 })
  })

  it('refuses a wait without an end', async () => {
    const { lease } = await claimed()
    await expect(
      store().settle(lease, { status: 'release', wait: { ...wait(), delayMs: Infinity } }),
    ).rejects.toMatchObject({ code: 'invalid_request' })
  })

  it('ends a task whose deadline has passed, whatever it waits for', async () => {
    const { lease } = await claimed({ deadlineMs: 0 })
    expect(await store().settle(lease, { status: 'release', wait: { ...wait(), delayMs: HOUR_MS } })).toMatchObject({
      status: 'failed',
      errorCode: 'deadline_exceeded',
    })
  })
}
