import { silentLogger } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { createAnsweringServer, json, problem, task } from './answering-server.fixture.js'
import { createTaskFollower } from './task-follower.js'
import { toStreamEvent } from './read-reply.js'

const HOUR = 60 * 60 * 1_000
/** The standard backoff before the second and third read, when `random` always returns 0.5. */
const [USUAL_MS, USUAL_AFTER_FAILURE_MS] = [500, 750]
const NO_TIMES = [-1, '5', null, {}] as const

const server = createAnsweringServer()

/** How long a follower waits between its first and second poll, in milliseconds. */
async function msToNextPoll(delayMs?: number): Promise<number | false> {
  const { getStatuses } = server.open().wire
  const follower = createTaskFollower({
    service: { wire: { getStatuses } },
    onTasks: () => {},
    now: () => 0,
    random: () => 0.5,
    logger: silentLogger,
  })
  const backoff = delayMs === undefined ? undefined : { boundMs: () => delayMs, delayMs: () => delayMs }
  follower.follow('task-1', { backoff })
  await follower.poll().catch(() => {})
  return follower.msUntilDue()
}

describe('when to ask a server again', () => {
  it.each(NO_TIMES)('is as usual after a pollAfterMs of %o', async (pollAfterMs) => {
    server.answer = json({ tasks: [task], missing: [], pollAfterMs })
    expect(await msToNextPoll()).toBe(USUAL_MS)
  })

  it.each([1e13, Number.MAX_VALUE])('is in an hour after a pollAfterMs of %d', async (pollAfterMs) => {
    server.answer = json({ tasks: [task], missing: [], pollAfterMs })
    expect(await msToNextPoll()).toBe(HOUR)
  })

  it.each(['soon', '-5', 'NaN', '1e9', ''])('is as usual after a Retry-After of %j', async (header) => {
    server.answer = problem('rate_limited', 429, { 'retry-after': header })
    expect(await msToNextPoll()).toBe(USUAL_AFTER_FAILURE_MS)
  })

  it.each(['9'.repeat(400), '99999999999', 'Sun, 06 Nov 2994 08:49:37 GMT'])(
    'is in an hour after a Retry-After of %j',
    async (header) => {
      server.answer = problem('rate_limited', 429, { 'retry-after': header })
      expect(await msToNextPoll()).toBe(HOUR)
    },
  )

  it.each([Number.NaN, -1, -Infinity, '5' as never])(
    'is as usual where an app’s own backoff gives %o',
    async (delayMs) => {
      server.answer = json({ tasks: [task], missing: [] })
      expect(await msToNextPoll(delayMs)).toBe(USUAL_MS)
    },
  )

  it.each([1e13, Infinity])('is in an hour where an app’s own backoff gives %d', async (delayMs) => {
    server.answer = json({ tasks: [task], missing: [] })
    expect(await msToNextPoll(delayMs)).toBe(HOUR)
  })

  it.each([
    ...[...NO_TIMES, Number.NaN].map((given): [unknown, number] => [given, 0]),
    [Number.MAX_VALUE, HOUR],
    [2_000, 2_000],
  ])('is, after a stream that said %o, in %d ms', (afterMs, ms) => {
    expect(toStreamEvent('reconnect', { afterMs })).toEqual({ event: 'reconnect', data: { afterMs: ms } })
  })
})
