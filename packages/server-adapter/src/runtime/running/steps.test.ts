import { createLogger } from '@brandkit/core'
import type { PGlite } from '@electric-sql/pglite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../../create-task-server.js'
import { memoryStore } from '../../memory.js'
import { postgresStore } from '../../store/postgres/postgres-store.js'
import { createMigratedPglite } from '../../../proofs/fixtures/create-pglite.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { createReport, type ReportGenerator, sampleServer, statusOf } from '../../../proofs/fixtures/sample-tasks.js'

let pglite: PGlite
beforeAll(async () => {
  pglite = await createMigratedPglite()
})
afterAll(() => pglite.close())

const STORES = { memory: () => memoryStore(), PGlite: () => postgresStore({ pglite }) }

describe.each(['memory', 'PGlite'] as const)('a step on %s', (name) => {
  let server: TaskServer
  let generator: ReportGenerator
  const errors: string[] = []
  const logger = createLogger({ sink: ({ level, message }) => level === 'error' && errors.push(message) })
  beforeEach(() => void errors.splice(0))
  beforeAll(async () => {
    server = sampleServer((context) => generator(context), { store: STORES[name](), logger })
    await server.start()
  })
  afterAll(() => server.stop())

  /** Runs a report to its end. */
  async function end(by: ReportGenerator) {
    generator = by
    const taskId = await createReport(server)
    return vi.waitUntil(async () => {
      const task = await statusOf(server, taskId)
      return task.status === 'completed' || task.status === 'failed' ? task : null
    })
  }

  it('that failed is tried again when the generator asks again, until it succeeds; then its output is kept', async () => {
    let calls = 0
    const task = await end(async ({ step }) => {
      const flaky = () => {
        calls += 1
        if (calls < 4) throw new Error('Busy.')
        return ['a page']
      }
      for (;;) {
        try {
          await step('draft', flaky)
          break
        } catch {}
      }
      const again = await step('draft', flaky)
      return { reportId: again[0] ?? '', pages: calls }
    })
    expect(task).toMatchObject({ status: 'completed', retryCount: 0, result: { reportId: 'a page', pages: 4 } })
  })

  it('runs once for all who ask while it runs, and fails for all of them', async () => {
    let calls = 0
    const task = await end(async ({ step }) => {
      const run = async () => {
        calls += 1
        if (calls === 1) throw new Error('Busy.')
        return ['a page']
      }
      const ask = () => Promise.allSettled([step('draft', run), step('draft', run), step('draft', run)])
      const outcomes = [...(await ask()), ...(await ask())].map(({ status }) => status)
      return { reportId: outcomes.join(), pages: calls }
    })
    const reportId = 'rejected,rejected,rejected,fulfilled,fulfilled,fulfilled'
    expect(task).toMatchObject({ result: { reportId, pages: 2 } })
  })

  it.each<[string, ReportGenerator]>([
    [
      'Step "draft" waits for itself (draft → draft)',
      async ({ step }) => {
        const pages: string[] = await step('draft', () => step('draft', () => []))
        return { reportId: '', pages: pages.length }
      },
    ],
    [
      'Step "draft" waits for itself (draft → print → draft)',
      async ({ step }) => {
        const pages: string[] = await step('draft', async () => {
          await step('print', async () => (await step('draft', () => [])).length)
          return []
        })
        return { reportId: '', pages: pages.length }
      },
    ],
    [
      // The steps start side by side, and each calls the other later.
      'Step "draft" waits for itself (draft → print → draft)',
      async ({ step }) => {
        const asked = Promise.withResolvers<void>()
        const draft = step('draft', async () => {
          const asking = step('print', () => 1)
          asked.resolve()
          return [String(await asking)]
        })
        const print = step('print', async () => {
          await asked.promise
          return (await step('draft', () => [])).length
        })
        const [, pages] = await Promise.all([draft, print])
        return { reportId: '', pages }
      },
    ],
  ])('that waits for itself is told so at once: %s', async (sentence, by) => {
    const task = await end(by)
    expect(task).toMatchObject({ status: 'failed', errorCode: 'internal_error', retryCount: 0 })
    // The sentence is for the team; users do not know the names of steps.
    expect(errors.join('\n')).toContain(sentence)
    expect(task.lastError).not.toContain('draft')
  })

  it('may ask for another that another step has asked for', async () => {
    const task = await end(async ({ step }) => {
      const print = () => step('print', () => 2)
      const [draft, pages] = await Promise.all([step('draft', async () => [`${await print()} pages`]), print()])
      return { reportId: draft[0] ?? '', pages }
    })
    expect(task).toMatchObject({ status: 'completed', result: { reportId: '2 pages', pages: 2 } })
  })
})

describe('a generator that asks without end', () => {
  const { started } = keepSampleServers()
  /** Ends the generators after each test, because they ignore their own signal. */
  let test: AbortController
  beforeEach(() => {
    test = new AbortController()
  })
  afterEach(() => test.abort())
  const done = { reportId: 'r1', pages: 1 }

  it.each<[string, ReportGenerator]>([
    [
      'after each refusal',
      async ({ step }) => {
        while (!test.signal.aborted) await step('none' as 'draft', () => []).catch(() => {})
        return done
      },
    ],
    [
      'for a step that fails',
      async ({ step }) => {
        while (!test.signal.aborted) await step('draft', () => Promise.reject(new Error('No.'))).catch(() => {})
        return done
      },
    ],
    [
      'for a step that is done',
      async ({ step }) => {
        while (!test.signal.aborted) await step('draft', () => []).catch(() => {})
        return done
      },
    ],
    [
      'to show its progress',
      async ({ progress }) => {
        while (!test.signal.aborted) await progress(1).catch(() => {})
        return done
      },
    ],
    [
      'to show what there is',
      async ({ partial }) => {
        while (!test.signal.aborted) await partial([]).catch(() => {})
        return done
      },
    ],
  ])('%s leaves other work its turn', async (_, generator) => {
    const server = await started(async (context) => {
      if (context.payload.name === 'endless') return generator(context)
      return done
    })
    await createReport(server, { name: 'endless' })
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
  })
})
