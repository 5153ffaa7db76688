import { createLogger, type LogEntry, RetryableTaskError } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { call, createReport, endless, makeReport } from '../../proofs/fixtures/sample-tasks.js'
import { keepSampleServers } from '../../proofs/fixtures/sample-servers.js'
import type { TaskLifecycleEvent } from './lifecycle.js'

const { started } = keepSampleServers()

describe('the listener for task events', () => {
  it('hears the life of a task in its order, with one trace id and no content', async () => {
    const events: TaskLifecycleEvent[] = []
    const server = await started(
      (context) => {
        if (context.attempt === 1) throw new RetryableTaskError('Not yet.', { retryAfterMs: 1 })
        return makeReport(context)
      },
      { onEvent: (event) => void events.push(event) },
    )
    const taskId = await createReport(server, { name: 'secret plan' })
    await vi.waitFor(() => expect(events.at(-1)?.stage).toBe('completed'))

    expect(events.map(({ stage, attempt }) => [stage, attempt])).toEqual([
      ['created', 0],
      ['started', 1],
      ['retrying', 1],
      ['started', 2],
      ['completed', 2],
    ])
    expect(new Set(events.map((event) => `${event.taskId} ${event.traceId}`)).size).toBe(1)
    expect(events.at(-1)).toMatchObject({
      taskId,
      userId: 'ada',
      type: 'MAKE_REPORT',
      durationMs: expect.any(Number) as number,
    })
    expect(JSON.stringify(events)).not.toContain('secret')
  })

  it('hears of a cancel, and of a release at shutdown', async () => {
    const stages: string[] = []
    const server = await started(endless, { onEvent: ({ stage }) => void stages.push(stage) })
    const taskId = await createReport(server)
    await vi.waitFor(() => expect(stages).toContain('started'))
    await call(server, 'POST', 'action=cancel', { body: { taskId } })
    await createReport(server)
    await vi.waitFor(() => expect(stages.filter((stage) => stage === 'started')).toHaveLength(2))
    await server.stop()
    expect(stages).toEqual(['created', 'started', 'cancelled', 'created', 'started', 'released'])
  })

  it('cannot disturb a task by failing', async () => {
    const entries: LogEntry[] = []
    const server = await started(makeReport, {
      logger: createLogger({ sink: (entry) => void entries.push(entry) }),
      onEvent: () => {
        throw new Error('The dashboard is down.')
      },
    })
    await createReport(server)
    await vi.waitFor(async () => expect((await server.stats()).completed).toBe(1))
    expect(entries.filter(({ message }) => message === 'The listener for task events failed')).toHaveLength(3)
  })
})
