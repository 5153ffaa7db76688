import { createLogger, type LogEntry } from '@brandkit/core'
import type { TaskLifecycleEvent } from '@brandkit/server-adapter'
import { describe, expect, it } from 'vitest'
import { createTraceLog } from './trace.ts'

const traceId = 'a'.repeat(32)

function setUp() {
  const heard: LogEntry[] = []
  const traceLog = createTraceLog()
  const logger = traceLog.listen(createLogger({ sink: (entry) => heard.push(entry) }))
  const read = () => traceLog.read({ traceId, taskId: 'task-1' })
  return { heard, traceLog, logger, read }
}

describe('the trace log', () => {
  it('remembers the lines of a trace, and passes every line on', () => {
    const { heard, logger, read } = setUp()
    logger.scope('API/Jobs').info('Saving task document to database', { traceId })
    logger.warn('About nobody')
    expect(heard.map(({ message }) => message)).toEqual(['Saving task document to database', 'About nobody'])
    expect(read().lines).toEqual([
      {
        at: expect.stringMatching(/^\d{4}-/),
        level: 'info',
        text: `[API/Jobs] Saving task document to database traceId=${traceId}`,
      },
    ])
  })

  it('remembers what became of a task', () => {
    const { traceLog, read } = setUp()
    traceLog.notice({
      traceId,
      taskId: 'task-1',
      at: '2027-01-01T00:00:00.000Z',
      stage: 'started',
      attempt: 1,
    } as TaskLifecycleEvent)
    expect(read().events).toEqual([{ at: '2027-01-01T00:00:00.000Z', stage: 'started', attempt: 1 }])
  })

  it('tells the tasks of a batch apart, which share their trace', () => {
    const { traceLog, logger, read } = setUp()
    logger.info('Received', { traceId })
    logger.info('Saving', { traceId, taskId: 'task-1' })
    logger.info('Saving', { traceId, taskId: 'task-2' })
    traceLog.notice({ traceId, taskId: 'task-2', at: '', stage: 'started', attempt: 1 } as TaskLifecycleEvent)
    expect(read().lines.map(({ text }) => text.split(' ')[0])).toEqual(['Received', 'Saving'])
    expect(read().events).toEqual([])
  })

  it('knows nothing of a trace that it never heard of', () => {
    expect(setUp().read()).toEqual({ lines: [], events: [] })
  })

  it('forgets the oldest traces and the first lines, so that it cannot grow', () => {
    const { traceLog, logger, read } = setUp()
    for (let line = 0; line < 600; line++) logger.info(`line ${line}`, { traceId })
    expect(read().lines).toHaveLength(500)
    expect(read().lines[0]?.text).toContain('line 100')
    for (let other = 0; other < 200; other++) logger.info('x', { traceId: `trace ${other}` })
    expect(read().lines).toEqual([])
    expect(traceLog.read({ traceId: 'trace 0', taskId: '' }).lines).toHaveLength(1)
  })
})
