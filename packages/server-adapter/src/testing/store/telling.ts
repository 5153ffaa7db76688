import { expect, it } from 'vitest'
import type { EndNotices, NoticeOutcome, TakenNotice } from '../../store/notice.js'
import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, FULL_PASS, newTask, ownerOf, times } from './new-task.js'

export function describeTelling(store: () => TaskStore): void {
  it('stores a notice of each wanted end, with the end', async () => {
    const { target, notices } = newTarget()
    const completed = await start()
    await store().settle(completed.lease, { status: 'completed', result: { ok: true }, notices })
    const refused = await start()
    await store().settle(refused.lease, { status: 'failed', ...NO, notices })
    const spent = await start({ maxRetries: 0 })
    await store().settle(spent.lease, { status: 'retry', delayMs: 0, ...NO, notices })
    const cancelled = await createOne(store())
    await store().cancel(cancelled.taskId, ownerOf(cancelled), { notices })
    const lost = await start({ maxRetries: 0 }, 0)
    const expired = await createOne(store(), { timeToLiveMs: 0 })
    expect(await store().maintain({ ...FULL_PASS, notices })).toMatchObject({ noticesDue: true })

    const ends = new Map<string, string>([
      [completed.taskId, 'completed'],
      ...[refused, spent, lost, expired].map(({ taskId }) => [taskId, 'failed'] as const),
      [cancelled.taskId, 'cancelled'],
    ])
    // The pass also ends what other tests have left to lapse or to expire.
    const told = (await takeAll(target)).filter(({ task }) => ends.has(task.taskId))
    expect(new Map(told.map(({ task }) => [task.taskId, task.status]))).toEqual(ends)
    expect(told.filter(({ task }) => 'result' in task || 'payload' in task)).toEqual([])
  })

  it('stores a notice of a task that another replaces', async () => {
    const { target, notices } = newTarget()
    const first = newTask()
    const unique = { key: crypto.randomUUID(), onConflict: 'replace', scope: ownerOf(first) } as const
    await store().create({ tasks: [{ ...first, unique }], notices })
    await store().create({ tasks: [newTask({ userId: first.userId, unique })], notices })
    expect((await takeAll(target)).map(({ task }) => task)).toMatchObject([
      { taskId: first.taskId, status: 'cancelled' },
    ])
  })

  it('tells each target only of the ends that it wants, and of no attempt that is not the end', async () => {
    const [both, failures] = [newTarget().target, newTarget().target]
    const notices = { completed: [both], failed: [both, failures] }
    const { taskId, lease } = await start()
    await store().settle(lease, { status: 'retry', delayMs: 0, ...NO, notices })
    const again = await claimOne(store(), { taskId })
    await store().settle(again.lease, { status: 'release', notices })
    expect(await takeAll(both)).toEqual([])
    const last = await claimOne(store(), { taskId })
    await store().settle(last.lease, { status: 'completed', result: 1, notices })
    const cancelled = await createOne(store())
    await store().cancel(cancelled.taskId, ownerOf(cancelled), { notices })
    expect((await takeAll(both)).map(({ task }) => task.taskId)).toEqual([taskId])
    expect(await takeAll(failures)).toEqual([])
  })

  it('stores no notice of an end that is refused or repeated', async () => {
    const { target, notices } = newTarget()
    const { lease } = await start()
    const stale = { ...lease, epoch: lease.epoch - 1 }
    await expect(store().settle(stale, { status: 'failed', ...NO, notices })).rejects.toMatchObject({
      code: 'ownership_lost',
    })
    expect(await takeAll(target)).toEqual([])
    await store().settle(lease, { status: 'completed', result: 1, notices })
    const [taken] = await takeAll(target)
    await record({ ...nameOf(taken!), outcome: 'delivered' })
    await store().settle(lease, { status: 'completed', result: 1, notices })
    expect(await takeAll(target)).toEqual([])
  })

  it('gives a notice to one of many takers while its lease lives, and again after it', async () => {
    const { target } = await endOne()
    const taken = await Promise.all(times(8, () => takeAll(target)))
    expect(taken.flat()).toMatchObject([{ attempt: 1 }])
    const { target: other } = await endOne()
    expect(await takeAll(other, { leaseMs: 0 })).toMatchObject([{ attempt: 1 }])
    expect(await takeAll(other)).toMatchObject([{ attempt: 2 }])
  })

  it('takes at most as many as asked, the longest due first', async () => {
    const { target, notices } = newTarget()
    const ends: string[] = []
    while (ends.length < 3) {
      const { taskId, lease } = await start()
      await store().settle(lease, { status: 'completed', result: 1, notices })
      ends.push(taskId)
    }
    const first = await store().takeNotices({ outcomes: [], targets: [target], limit: 2, leaseMs: 60_000 })
    expect(first.map(({ task }) => task.taskId).toSorted()).toEqual(ends.slice(0, 2).toSorted())
    expect((await takeAll(target)).map(({ task }) => task.taskId)).toEqual(ends.slice(2))
  })

  it('repeats a failed delivery when it is due, and no delivered one', async () => {
    const { target } = await endOne()
    const [taken] = await takeAll(target)
    await record({ ...nameOf(taken!), outcome: 'failed', delayMs: 0, reason: 'The receiver answered 500.' })
    const [again] = await takeAll(target)
    expect(again).toMatchObject({ attempt: 2, task: { taskId: taken?.task.taskId } })
    await record({ ...nameOf(again!), outcome: 'failed', delayMs: 60_000, reason: 'The receiver answered 500.' })
    expect(await takeAll(target)).toEqual([])

    const { target: other } = await endOne()
    const [delivered] = await takeAll(other, { leaseMs: 0 })
    await record({ ...nameOf(delivered!), outcome: 'delivered' })
    expect(await takeAll(other)).toEqual([])
  })

  it('believes a late taker that it delivered, and nothing else', async () => {
    const { target, tenantId } = await endOne()
    const [late] = await takeAll(target, { leaseMs: 0 })
    await takeAll(target)
    await record({ ...nameOf(late!), outcome: 'dead', reason: 'No.' })
    await record({ ...nameOf(late!), outcome: 'failed', delayMs: 0, reason: 'No.' })
    expect(await takeAll(target)).toEqual([])
    expect(await countsOf(tenantId)).toEqual({ waiting: 1, dead: 0 })
    await record({ ...nameOf(late!), outcome: 'delivered' })
    expect(await countsOf(tenantId)).toBeUndefined()
  })

  it('gives a notice up that is refused, or that would come more than a day after the end, and says why', async () => {
    const { target, tenantId } = await endOne()
    const [refused] = await takeAll(target, { leaseMs: 0 })
    await record({ ...nameOf(refused!), outcome: 'dead', reason: 'The receiver is gone.' })
    const { target: slow } = await endOne(tenantId)
    const [tooSlow] = await takeAll(slow, { leaseMs: 0 })
    await record({ ...nameOf(tooSlow!), outcome: 'failed', delayMs: 25 * 3_600_000, reason: 'The receiver is down.' })

    expect(await takeAll(target)).toEqual([])
    expect(await takeAll(slow)).toEqual([])
    const { notices } = await store().stats(tenantId)
    expect(notices).toMatchObject({ waiting: 0, dead: 2 })
    expect(notices?.latestDead).toEqual([
      { ...nameOf(tooSlow!), attempt: undefined, attempts: 1, reason: 'The receiver is down.', diedAt: aMoment },
      { ...nameOf(refused!), attempt: undefined, attempts: 1, reason: 'The receiver is gone.', diedAt: aMoment },
    ])
    expect((await store().stats(`tenant-${crypto.randomUUID()}`)).notices).toBeUndefined()
  })

  const aMoment: unknown = expect.stringMatching(/^\d{4}-.*Z$/)

  async function start(overrides: Parameters<typeof createOne>[1] = {}, leaseMs?: number) {
    const input = await createOne(store(), overrides)
    const { lease } = await claimOne(store(), input, leaseMs)
    return { taskId: input.taskId, lease }
  }

  /** Completes a task with one notice. */
  async function endOne(tenantId = `tenant-${crypto.randomUUID()}`) {
    const { target, notices } = newTarget()
    const { lease } = await start({ tenantId })
    await store().settle(lease, { status: 'completed', result: 1, notices })
    return { target, tenantId }
  }

  function takeAll(target: string, { leaseMs = 60_000 } = {}): Promise<TakenNotice[]> {
    return store().takeNotices({ outcomes: [], targets: [target], limit: 100, leaseMs })
  }

  async function record(outcome: NoticeOutcome): Promise<void> {
    const input = { outcomes: [outcome], targets: [outcome.target], limit: 100, leaseMs: 60_000 }
    expect(await store().takeNotices(input)).toEqual([])
  }

  async function countsOf(tenantId: string) {
    const { notices } = await store().stats(tenantId)
    return notices && { waiting: notices.waiting, dead: notices.dead }
  }
}

const NO = { errorCode: 'generator_refused', lastError: 'No.' } as const

/** A target of its own, so that cases do not take each other's notices. */
function newTarget(): { target: string; notices: EndNotices } {
  const target = `target-${crypto.randomUUID()}`
  return { target, notices: { completed: [target], failed: [target], cancelled: [target] } }
}

function nameOf({ task, target, attempt }: TakenNotice) {
  return { taskId: task.taskId, target, attempt }
}
