import { FatalTaskError, RetryableTaskError } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import {
  ada,
  call,
  createReport,
  endless,
  makeReport,
  type ReportGenerator,
  sampleServer,
} from '../../../proofs/fixtures/sample-tasks.js'
import { memoryQueue, memoryStore } from '../../memory.js'
import type { Notice, NotifyTarget } from './notify-target.js'

const { keep, started } = keepSampleServers()

/** A store whose clock the test moves. */
function storeWithClock() {
  let skippedMs = 0
  return { store: memoryStore({ now: () => Date.now() + skippedMs }), skip: (ms: number) => void (skippedMs += ms) }
}

function recorder(answer: (notice: Notice, attempt: number) => unknown = () => {}) {
  const told: Notice[] = []
  const target: NotifyTarget = {
    deliver: (notice, { attempt }) => {
      told.push(notice)
      return answer(notice, attempt)
    },
  }
  return { told, target }
}

function linkTo({ data }: Notice): string {
  return `https://app.test/tasks/${data.task.taskId}`
}

function idsOf({ told }: { told: Notice[] }): string[] {
  return told.map(({ data }) => data.task.taskId).toSorted()
}

const byName: ReportGenerator = (context) => {
  if (context.payload.name === 'endless') return endless(context)
  if (context.payload.name === 'refused') throw new FatalTaskError('No.')
  return makeReport(context)
}

describe('notify', () => {
  it('tells a target of a completed task, without its payload and result, and with a link', async () => {
    const { told, target } = recorder()
    const server = await started(makeReport, { notify: { targets: { crm: target }, linkTo } })
    const taskId = await createReport(server)
    await vi.waitFor(() => expect(told).toHaveLength(1))
    expect(told[0]).toMatchObject({
      id: `${taskId}_crm`,
      type: 'task.completed',
      data: {
        tenantId: 'acme',
        userId: 'ada',
        link: `https://app.test/tasks/${taskId}`,
        task: { taskId, title: 'Report: May', status: 'completed', completedAt: told[0]?.timestamp },
      },
    })
    expect(Object.keys(told[0]!.data.task)).not.toEqual(expect.arrayContaining(['payload']))
    expect(Object.keys(told[0]!.data.task)).not.toEqual(expect.arrayContaining(['result']))
    await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ notices: { waiting: 0, dead: 0 } }))
  })

  it('tells each target of the ends that it wants', async () => {
    const [usual, cancels, choosy] = [recorder(), recorder(), recorder()]
    const targets = {
      usual: usual.target,
      cancels: { ...cancels.target, ends: ['cancelled'] as const },
      choosy: { ...choosy.target, wants: async ({ type }: Notice) => type === 'task.failed' },
    }
    const server = await started(byName, { notify: { targets } })
    const [good, bad, waiting] = [
      await createReport(server, { name: 'good' }),
      await createReport(server, { name: 'refused' }),
      await createReport(server, { name: 'endless' }),
    ]
    await call(server, 'POST', 'action=cancel', { body: { taskId: waiting } })
    await vi.waitFor(async () => {
      expect(await server.stats()).toMatchObject({ processing: 0, queued: 0, notices: { waiting: 0 } })
    })
    expect(idsOf(usual)).toEqual([good, bad].toSorted())
    expect(idsOf(cancels)).toEqual([waiting])
    expect(idsOf(choosy)).toEqual([bad])
  })

  it('tries a failed delivery again under the same id, when the target says or after a backoff', async () => {
    const { store, skip } = storeWithClock()
    const { told, target } = recorder((_notice, attempt) => {
      if (attempt === 1) throw new RetryableTaskError('Busy.', { retryAfterMs: 7_200_000 })
    })
    const server = await started(makeReport, { store, notify: { targets: { crm: target } } })
    await createReport(server)
    await vi.waitFor(() => expect(told).toHaveLength(1))
    // The outcome is recorded.
    await server.maintain()
    skip(7_100_000)
    await server.maintain()
    expect(told).toHaveLength(1)
    skip(100_000)
    await server.maintain()
    expect(told.map(({ id }) => id)).toEqual([told[0]?.id, told[0]?.id])
  })

  it('gives a notice up that a target refuses, and shows it to operators', async () => {
    const { target } = recorder(() => {
      throw new FatalTaskError('The receiver is gone.')
    })
    const server = await started(makeReport, { notify: { targets: { crm: target } } })
    const taskId = await createReport(server)
    await vi.waitFor(async () => {
      const { body } = await call(server, 'GET', 'action=stats', { user: 'grace' })
      expect(body).toMatchObject({ notices: { waiting: 0, dead: 1 } })
      expect(body['notices']).toMatchObject({ latestDead: [{ taskId, target: 'crm', attempts: 1 }] })
      expect(JSON.stringify(body['notices'])).toContain('The receiver is gone.')
    })
  })

  it('lets a target that hangs keep no other target waiting, and no slot', async () => {
    const { told, target } = recorder()
    const hanging: NotifyTarget = { deliver: () => new Promise(() => {}) }
    const server = await started(makeReport, { concurrency: 1, notify: { targets: { hanging, crm: target } } })
    for (let count = 0; count < 30; count += 1) await createReport(server)
    await vi.waitFor(() => expect(told).toHaveLength(30), 10_000)
  })

  it('gives a delivery back when the server stops, and the next server delivers it', async () => {
    const store = memoryStore()
    const asked = Promise.withResolvers<AbortSignal>()
    const hanging: NotifyTarget = {
      deliver: (_notice, { signal }) => {
        asked.resolve(signal)
        return new Promise(() => {})
      },
    }
    const first = await started(makeReport, { store, notify: { targets: { crm: hanging } } })
    await createReport(first)
    const signal = await asked.promise
    await first.stop()
    expect(signal.aborted).toBe(true)
    const { told, target } = recorder()
    const second = await started(makeReport, { store, notify: { targets: { crm: target } } })
    await second.maintain()
    expect(told).toHaveLength(1)
  })

  it('tells of tasks that maintenance has ended, before `maintain()` resolves', async () => {
    const { store, skip } = storeWithClock()
    const { told, target } = recorder()
    const server = keep(sampleServer(makeReport, { store, notify: { targets: { crm: target } } }))
    const { taskId } = await server.tasks.create(ada, {
      type: 'MAKE_REPORT',
      brandId: 'aurora',
      payload: { name: 'May' },
    })
    skip(25 * 3_600_000)
    await server.maintain()
    expect(told).toMatchObject([{ type: 'task.failed', data: { task: { taskId, errorCode: 'task_expired' } } }])
  })

  it('costs an idle server nothing, and stores nothing without targets', async () => {
    const store = memoryStore()
    const takeNotices = vi.spyOn(store, 'takeNotices')
    const idle = await started(makeReport, { store, notify: { targets: { crm: recorder().target } } })
    await idle.maintain()
    expect(takeNotices).not.toHaveBeenCalled()
    const plain = await started(makeReport, { store, queue: memoryQueue() })
    await createReport(plain)
    await vi.waitFor(async () => expect(await plain.stats()).toMatchObject({ completed: 1 }))
    expect(await plain.stats()).not.toHaveProperty('notices')
    expect((await store.stats()).notices).toBeUndefined()
  })

  it('does not start when a target cannot be made ready', async () => {
    const open = vi.fn<() => Promise<void>>().mockRejectedValue(new Error('The package web-push is missing.'))
    const server = keep(sampleServer(makeReport, { notify: { targets: { push: { ...recorder().target, open } } } }))
    await expect(server.start()).rejects.toThrow('web-push is missing')
  })

  it.each([
    [{ targets: { 'a.b': { deliver: () => {} } } }, 'notify.targets has the name "a.b"'],
    [{ targets: { crm: () => {} } }, 'webhookTarget({ url, secret })'],
    [{ targets: { crm: { deliver: 'https://crm.test' } } }, 'notify.targets.crm.deliver is a string'],
    [{ targets: { crm: { deliver: () => {}, ends: ['done'] } } }, 'something else than completed, failed, cancelled'],
    [{}, 'notify.targets'],
    [{ targets: {}, target: 1 }, 'There is no option notify.target'],
  ])('refuses options that nobody can have meant: %j', (notify, message) => {
    expect(() => sampleServer(makeReport, { notify: notify as never })).toThrow(message)
  })
})
