import { createLogger, type LogEntry } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { createTaskServer, type TaskServer } from '../create-task-server.js'
import { memoryQueue, memoryStore } from '../memory.js'
import { keepSampleServers } from '../../proofs/fixtures/sample-servers.js'
import {
  ada,
  call,
  createReport,
  makeReport,
  report,
  sampleServer,
  sampleTasks,
  statusOf,
} from '../../proofs/fixtures/sample-tasks.js'

const { started, keep } = keepSampleServers()

async function until(server: TaskServer, taskId: string, status: string) {
  await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe(status))
}

describe('the log of a task server', () => {
  it('tells the story of a task in its log, joined by one trace id', async () => {
    const lines: LogEntry[] = []
    const server = await started(makeReport, {
      logger: createLogger({ level: 'debug', sink: (entry) => lines.push(entry) }),
    })
    const traceId = 'b'.repeat(32)
    const { body } = await call(server, 'POST', 'action=create', {
      body: report,
      headers: { traceparent: `00-${traceId}-${'c'.repeat(16)}-01` },
    })
    await until(server, body.task.taskId, 'completed')
    const story = lines
      .filter(({ fields, scope }) => fields['traceId'] === traceId && scope === 'API/Jobs')
      .map(({ message }) => message)
    expect(story).toEqual([
      'Received request with action: create',
      'Saving task document to database',
      'Processing task with request body',
      'Updated task status to processing',
      'Updated task status to completed',
    ])
  })

  it.each([
    ['by default', undefined, 3],
    ['at `warn`', 'warn', 0],
    ['at `silent`', 'silent', 0],
    ['at `debug`', 'debug', 10],
  ] as const)('writes few lines for the whole life of a task %s', async (_, logLevel, most) => {
    const written: string[] = []
    for (const level of ['debug', 'info', 'warn', 'error'] as const)
      vi.spyOn(console, level).mockImplementation((line: string) => void written.push(line))
    const server = keep(
      createTaskServer({
        catalog: sampleTasks,
        store: memoryStore(),
        queue: memoryQueue(),
        authenticate: () => ada,
        generators: { MAKE_REPORT: makeReport },
        logLevel,
      }),
    )
    await server.start()
    written.length = 0
    const taskId = await createReport(server)
    await until(server, taskId, 'completed')
    await call(server, 'GET', 'action=list')
    vi.restoreAllMocks()
    const ofTask = written.filter((line) => line.startsWith('[API/Jobs]'))
    expect(ofTask.filter((line) => !line.includes('action: status')).length).toBeLessThanOrEqual(most)
    expect(ofTask.some((line) => line.includes('Received request'))).toBe(logLevel === 'debug')
    // Tests of this file run one after another, so all lines are from this test.
    expect(written).toEqual(ofTask)
  })

  it('filters a logger of the app’s own by `logLevel`, and only then', async () => {
    for (const [logLevel, received] of [
      [undefined, true],
      ['info', false],
    ] as const) {
      const lines: LogEntry[] = []
      const logger = createLogger({ level: 'debug', sink: (entry) => lines.push(entry) })
      const server = await started(makeReport, { logger, logLevel })
      await call(server, 'GET', 'action=list')
      expect(lines.some(({ message }) => message.startsWith('Received request'))).toBe(received)
    }
  })

  it('refuses a log level that is none', () => {
    expect(() => sampleServer(makeReport, { logLevel: 'verbose' as never })).toThrow('"verbose"')
  })
})
