import { FatalTaskError, type RetryFrom, type TaskJson } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../../create-task-server.js'
import { memoryStore } from '../../memory.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import {
  call,
  createReport,
  endless,
  type ReportGenerator,
  sampleTasks,
  statusOf,
} from '../../../proofs/fixtures/sample-tasks.js'

const { started } = keepSampleServers()

/** Writes a report, and fails to print it as long as the printer is broken. */
function createOffice() {
  const office = {
    isBroken: true,
    /** What ran, in this order. */
    ran: [] as string[],
    /** The idempotency key of each run of `print`. */
    keys: [] as string[],
    generator: (async ({ step, idempotencyKey }) => {
      const pages = await step('draft', () => {
        office.ran.push('draft')
        return ['a page']
      })
      await step('print', () => {
        office.ran.push('print')
        office.keys.push(idempotencyKey('print'))
        if (office.isBroken) throw new FatalTaskError('The printer is broken.')
        return pages.length
      })
      return { reportId: 'r1', pages: pages.length }
    }) satisfies ReportGenerator,
  }
  return office
}

async function ended(server: TaskServer, taskId: string): Promise<TaskJson> {
  return vi.waitUntil(async () => {
    const task = await statusOf(server, taskId)
    return task.completedAt === undefined ? null : task
  })
}

const retry = (server: TaskServer, taskId: string, from?: RetryFrom) =>
  call(server, 'POST', 'action=retry', { body: { taskId, from } })

async function retried(server: TaskServer, taskId: string, from?: RetryFrom): Promise<TaskJson> {
  const { status, body } = await retry(server, taskId, from)
  expect(status).toBe(202)
  return body.task
}

describe('action=retry with `from`', () => {
  it('does not repeat what is finished, and shows it from the beginning', async () => {
    const office = createOffice()
    const server = await started(office.generator)
    const first = await ended(server, await createReport(server))
    office.isBroken = false
    const second = await retried(server, first.taskId)
    expect(second).toMatchObject({ progress: 25, steps: [first.steps?.[0], { key: 'print' }] })
    expect(await ended(server, second.taskId)).toMatchObject({ status: 'completed', result: { pages: 1 } })
    expect(office.ran).toEqual(['draft', 'print', 'print'])
  })

  it('shows the text of the steps that it keeps, and writes on behind it', async () => {
    let isBroken = true
    const server = await started(async ({ step, partial }) => {
      await step('draft', async () => {
        await partial.append('A page. ')
        return ['a page']
      })
      await partial.append('The end.')
      if (isBroken) throw new FatalTaskError('The printer is broken.')
      return { reportId: 'r1', pages: 1 }
    })
    const textOf = async (taskId: string) =>
      String((await call(server, 'GET', `action=text&taskId=${taskId}`)).body['text'])
    const first = await ended(server, await createReport(server))
    expect(await textOf(first.taskId)).toBe('A page. The end.')
    isBroken = false
    const texts: Record<string, string> = {}
    for (const from of ['checkpoint', 'start', { step: 'print' }] as const) {
      const { taskId } = await ended(server, (await retried(server, first.taskId, from)).taskId)
      texts[JSON.stringify(from)] = await textOf(taskId)
    }
    // A retry from a step cannot tell what was written before that step, so it begins without a text.
    expect(texts).toEqual({
      '"checkpoint"': 'A page. The end.',
      '"start"': 'A page. The end.',
      '{"step":"print"}': 'The end.',
    })
  })

  it('begins with nothing when it is told to', async () => {
    const office = createOffice()
    const server = await started(office.generator)
    const first = await ended(server, await createReport(server))
    const second = await retried(server, first.taskId, 'start')
    expect(second).toMatchObject({ progress: 0, steps: [{ status: 'pending' }, { status: 'pending' }] })
    await ended(server, second.taskId)
    expect(office.ran).toEqual(['draft', 'print', 'draft', 'print'])
  })

  it('does one step of a completed task again, and keeps those before it', async () => {
    const office = createOffice()
    office.isBroken = false
    const server = await started(office.generator)
    const first = await ended(server, await createReport(server))
    const second = await retried(server, first.taskId, { step: 'print' })
    expect(second).toMatchObject({
      retryOf: first.taskId,
      progress: 25,
      steps: [first.steps?.[0], { status: 'pending' }],
    })
    await ended(server, second.taskId)
    expect(office.ran).toEqual(['draft', 'print', 'print'])
    const third = await retried(server, second.taskId, { step: 'draft' })
    expect(await ended(server, third.taskId)).toMatchObject({ status: 'completed' })
    expect(office.ran).toEqual(['draft', 'print', 'print', 'draft', 'print'])
  })

  it('keeps the idempotency keys for providers as long as nothing is to be done anew', async () => {
    const office = createOffice()
    const server = await started(office.generator)
    let { taskId } = await ended(server, await createReport(server))
    for (const from of ['checkpoint', 'checkpoint', 'start', 'checkpoint', { step: 'print' }] as const)
      taskId = (await ended(server, (await retried(server, taskId, from)).taskId)).taskId
    const [first, second, third, fromStart, afterStart, fromStep] = office.keys
    expect([second, third, afterStart]).toEqual([first, first, fromStart])
    expect(new Set([first, fromStart, fromStep]).size).toBe(3)
  })

  it('gives the same new task for the same beginning, and another for another', async () => {
    const server = await started(createOffice().generator)
    const { taskId } = await ended(server, await createReport(server))
    const froms = [
      undefined,
      'checkpoint',
      'start',
      'start',
      { step: 'print' },
      { step: 'print' },
      { step: 'draft' },
    ] as const
    const ids = await Promise.all(froms.map(async (from) => (await retried(server, taskId, from)).taskId))
    expect(ids.map((id) => ids.indexOf(id))).toEqual([0, 0, 2, 2, 4, 4, 6])
  })

  it('begins at the start when payload or version are no longer the same', async () => {
    const store = memoryStore()
    const office = createOffice()
    const server = await started(office.generator, { store })
    const first = await ended(server, await createReport(server))
    const definition = { ...sampleTasks.MAKE_REPORT, version: 2, upgrade: (payload: unknown) => payload as never }
    const next = await started(office.generator, { store, catalog: { ...sampleTasks, MAKE_REPORT: definition } })
    await ended(next, (await retried(next, first.taskId)).taskId)
    expect(office.ran).toEqual(['draft', 'print', 'draft', 'print'])
    expect(new Set(office.keys).size).toBe(2)
  })

  it('refuses a step that the catalog lacks, a beginning that is none, and a completed task without a step', async () => {
    const office = createOffice()
    office.isBroken = false
    const server = await started(office.generator)
    const { taskId } = await ended(server, await createReport(server))
    const { status, body } = await retry(server, taskId, { step: 'bind' })
    expect(status).toBe(400)
    expect(body).toMatchObject({
      code: 'invalid_request',
      detail: expect.stringContaining('Known steps: draft, print') as string,
    })
    expect(await retry(server, taskId, 'middle' as never)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    })
    for (const from of [undefined, 'checkpoint', 'start'] as const)
      expect(await retry(server, taskId, from)).toMatchObject({ status: 409, body: { code: 'task_is_over' } })
  })

  it('refuses a task that is under way, whatever the beginning', async () => {
    const server = await started(endless)
    const taskId = await createReport(server)
    expect(await retry(server, taskId, { step: 'print' })).toMatchObject({ body: { code: 'task_is_active' } })
  })
})
