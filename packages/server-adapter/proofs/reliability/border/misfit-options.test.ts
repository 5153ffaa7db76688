import { isTerminal, type TaskJson } from '@brandkit/core'
import * as fc from 'fast-check'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTaskServer, type TaskServer } from '../../../src/create-task-server.js'
import { fuzzRuns } from '../../fuzz/fuzz-runs.js'
import { call } from '../../fixtures/sample-tasks.js'
import { type DrawnOptions, drawnOptions, toOptions } from './drawn-options.js'
import { SECRET } from './throwables.js'

const { numRuns, seed } = fuzzRuns(2_000)
const only = { type: 'ONLY', brandId: 'aurora', payload: {} }
const DAY_MS = 24 * 60 * 60 * 1_000

const rejections: unknown[] = []
const noteRejection = (reason: unknown) => rejections.push(reason)
beforeAll(() => {
  process.on('unhandledRejection', noteRejection)
  // The default backoff, which replaces a failing one, draws its first delay from 0 to 1 s: here 10 ms.
  vi.spyOn(Math, 'random').mockReturnValue(0.01)
  // The console gets the lines that a failing logger could not write.
  for (const level of ['debug', 'info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue()
})
afterAll(() => {
  process.off('unhandledRejection', noteRejection)
  vi.restoreAllMocks()
})

/** A server, or null if its options were refused by a sentence that names one of them. */
function construct(drawn: DrawnOptions): TaskServer | null {
  try {
    return createTaskServer(toOptions(drawn))
  } catch (error) {
    const names = drawn.numbers.map(({ option }) => option.slice(option.lastIndexOf('.') + 1))
    const isRefusal = error instanceof TypeError || error instanceof RangeError
    if (isRefusal && names.some((name) => error.message.includes(name))) return null
    throw error
  }
}

/** Whether the task has ended, was deleted, or waits at most a day for its next attempt. */
function isAtRest(status: number, task: TaskJson | undefined): boolean {
  if (status === 410 || status === 404) return true
  if (!task) return false
  const dueInMs = Date.parse(task.runAt) - Date.now()
  return isTerminal(task.status) || (task.status === 'queued' && dueInMs > 1_000 && dueInMs <= DAY_MS)
}

async function liveOneLife(server: TaskServer): Promise<void> {
  await server.start()
  const created = await call(server, 'POST', 'action=create', { body: only })
  // An app's function may throw a TaskError of any status.
  expect(created.status).toSatisfy((status) => status === 202 || Number(status) >= 400)
  expect(JSON.stringify(created.body)).not.toContain(SECRET)
  if (created.status !== 202) return
  const { taskId } = created.body.task
  await vi.waitFor(
    async () => {
      await server.maintain()
      const { status, body } = await call(server, 'GET', `action=status&taskId=${taskId}`)
      expect(JSON.stringify(body)).not.toContain(SECRET)
      // Without `expect`: its descriptions take longer than another request.
      if (status !== 403 && !isAtRest(status, body.task)) throw new Error(`${status} ${JSON.stringify(body)}`)
    },
    { interval: 1, timeout: 60_000 },
  )
}

describe(`${numRuns} servers as an app may configure them (FUZZ_SEED=${seed})`, () => {
  it(
    'are refused with the name of the option, or run a task to its end and stop',
    async () => {
      let made = 0
      const check = async (drawn: DrawnOptions) => {
        const server = construct(drawn)
        if (!server) return
        made += 1
        try {
          await liveOneLife(server)
        } finally {
          await server.stop()
        }
        // Node.js reports an unhandled rejection one turn of the event loop later.
        await turn()
        expect(rejections.splice(0)).toEqual([])
      }
      await fc.assert(fc.asyncProperty(drawnOptions, check), { numRuns, seed })
      expect(made).toBeGreaterThan(numRuns / 10)
    },
    120_000 + numRuns * 600,
  )
})
