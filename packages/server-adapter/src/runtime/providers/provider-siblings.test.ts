import { isTerminal, RetryableTaskError, type TaskJson } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../../create-task-server.js'
import type { TaskServerOptions } from '../../task-server-options.js'
import {
  createReport,
  type ReportGenerator,
  sampleServer,
  type SampleTasks,
  statusOf,
} from '../../../proofs/fixtures/sample-tasks.js'
import { loadMemoryLimiters } from './provider-limiters.js'

const HOUR_MS = 3_600_000

/** A report named `limited` is told to come back in an hour, and one named `free` asks no provider. */
const generator: ReportGenerator = async ({ payload, step, provider }) => {
  if (payload.name === 'free') return { reportId: 'free', pages: 1 }
  await step('draft', () => ['a page'])
  await step('print', async () => {
    await provider('openai', { tokens: 10 })
    if (payload.name === 'limited') throw new RetryableTaskError('Too many requests.', { retryAfterMs: HOUR_MS })
    return 1
  })
  return { reportId: payload.name, pages: 1 }
}

type Options = Partial<TaskServerOptions<SampleTasks>>
type Sentence = (server: TaskServer, patience?: { timeout: number }) => Promise<void>

const until = (server: TaskServer, taskId: string, fits: (task: TaskJson) => boolean, patience?: { timeout: number }) =>
  vi.waitUntil(async () => {
    const task = await statusOf(server, taskId)
    return fits(task) && task
  }, patience)

async function haveARest(server: TaskServer): Promise<void> {
  const limited = await createReport(server, { name: 'limited' })
  await until(server, limited, ({ status, lastError }) => status === 'queued' && lastError !== undefined)
}

const restsTheSiblings: Sentence = async (server) => {
  await haveARest(server)
  const taskId = await createReport(server, { name: 'sibling' })
  const { status, waitingFor, retryCount, runAt, steps } = await until(
    server,
    taskId,
    (task) => isTerminal(task.status) || (task.status === 'queued' && task.startedAt !== undefined),
  )
  expect(status).toBe('queued')
  expect(waitingFor?.provider).toBe('openai')
  expect(Date.parse(waitingFor?.until ?? '')).toBeGreaterThan(Date.now() + HOUR_MS / 2)
  expect(Date.parse(runAt)).toBeGreaterThan(Date.now() + HOUR_MS / 2)
  expect([retryCount, steps?.[0]?.status]).toEqual([0, 'completed'])
}

const holdsNoSlot: Sentence = async (server, patience) => {
  await haveARest(server)
  await createReport(server, { name: 'sibling' })
  const free = await createReport(server, { name: 'free' })
  await until(server, free, ({ status }) => status === 'completed', patience)
}

/** A free task takes milliseconds; one that a busy machine delays makes a mutant no better. */
const holdsNoSlotForLong: Sentence = (server) => holdsNoSlot(server, { timeout: 2_000 })

async function hold(sentence: Sentence, options: Options = {}): Promise<void> {
  const limits = { providers: { openai: { requestsPerMinute: 100, tokensPerMinute: 1_000 } } }
  const server = sampleServer(generator, { concurrency: 1, limits, ...options })
  await server.start()
  try {
    await sentence(server)
  } finally {
    await server.stop()
  }
}

describe('a provider that asks for a pause', () => {
  it('is asked by no task of the server until then; the tasks show that they wait, and keep their steps', async () => {
    await expect(hold(restsTheSiblings)).resolves.toBeUndefined()
  })

  it('holds no slot, so that tasks which need another provider go on', async () => {
    await expect(hold(holdsNoSlot)).resolves.toBeUndefined()
  })

  it('is asked again by a mutant whose siblings do not rest', async () => {
    const create = await loadMemoryLimiters()
    const providerLimiter: typeof create = (policy) => {
      const limiter = create(policy)
      return Object.assign(limiter, { set: () => Promise.resolve() })
    }
    const limits = { providers: { openai: { requestsPerMinute: 100 } }, providerLimiter }
    await expect(hold(restsTheSiblings, { limits })).rejects.toThrow("expected 'completed' to be 'queued'")
  })

  it('holds the slot of a mutant that never releases', async () => {
    const timings = { providerWaitMs: 24 * HOUR_MS, drainMs: 50 }
    await expect(hold(holdsNoSlotForLong, { timings })).rejects.toThrow('Timed out')
  })
})
