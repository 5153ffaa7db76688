import { createSeededRandom, isTerminal, TASK_STATUSES, TaskError, type TaskErrorCode } from '@brandkit/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setUpFollower, taskOf } from './turned-clock.fixture.js'

const taskIds = ['a', 'b', 'c']
const replyOf = fc.record({
  tasks: fc.array(
    fc.record({
      taskId: fc.constantFrom(...taskIds),
      status: fc.constantFrom(...TASK_STATUSES),
      version: fc.integer({ min: 1, max: 20 }),
    }),
  ),
  missing: fc.subarray(taskIds),
  pollAfterMs: fc.nat({ max: 60_000 }),
})
const step = fc.oneof(
  fc.record({ kind: fc.constant('reply' as const), reply: replyOf, waitMs: fc.nat({ max: 40_000 }) }),
  fc.record({
    kind: fc.constant('failure' as const),
    code: fc.constantFrom<TaskErrorCode>('network_error', 'unauthenticated', 'rate_limited', 'invalid_request'),
    retryAfterMs: fc.option(fc.nat({ max: 60_000 }), { nil: undefined }),
    waitMs: fc.nat({ max: 40_000 }),
  }),
  fc.record({
    kind: fc.constant('receive' as const),
    taskId: fc.constantFrom(...taskIds),
    status: fc.constantFrom(...TASK_STATUSES),
    version: fc.integer({ min: 1, max: 20 }),
  }),
  fc.record({ kind: fc.constant('wake' as const) }),
)

describe('a follower, whatever the server answers', () => {
  it('never goes back in version, never asks for what has ended, and never before it is due', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.nat(), async (steps, seed) => {
        const { follower, state } = setUpFollower({ backoff: undefined, random: createSeededRandom(seed) })
        const newest = new Map<string, number>()
        const ended = new Set<string>()
        for (const taskId of taskIds) follower.follow(taskId)

        for (const given of steps) {
          if (given.kind === 'wake') follower.wake()
          if (given.kind === 'receive') {
            follower.receive(taskOf(given.taskId, given))
            if (given.version >= (newest.get(given.taskId) ?? 0) && isTerminal(given.status)) ended.add(given.taskId)
            if (!ended.has(given.taskId))
              newest.set(given.taskId, Math.max(given.version, newest.get(given.taskId) ?? 0))
          }
          if (given.kind === 'wake' || given.kind === 'receive') continue

          state.time += given.waitMs
          state.brought.length = 0
          state.missing.length = 0
          const requestsBefore = state.requests.length
          state.answer = () => {
            if (given.kind === 'reply')
              return {
                ...given.reply,
                tasks: given.reply.tasks.map((task) => taskOf(task.taskId, task)),
              }
            throw new TaskError(given.code, 'failed', { retryAfterMs: given.retryAfterMs })
          }
          const due = follower.msUntilDue()
          await follower.poll().catch(() => {})

          const asked = state.requests.slice(requestsBefore).flat()
          expect(asked.filter((taskId) => ended.has(taskId))).toEqual([])
          expect([due === false, asked.length > 0]).not.toEqual([true, true])
          expect([due === 0, asked.length === 0]).not.toEqual([true, true])
          for (const { taskId, version, status } of state.brought) {
            expect(asked).toContain(taskId)
            expect(version).toBeGreaterThanOrEqual(newest.get(taskId) ?? 0)
            newest.set(taskId, version)
            if (isTerminal(status)) ended.add(taskId)
          }
          for (const taskId of state.missing) ended.add(taskId)
        }
        expect([ended.size === taskIds.length, follower.msUntilDue() !== false]).not.toEqual([true, true])
      }),
      { numRuns: 300 },
    )
  })
})
