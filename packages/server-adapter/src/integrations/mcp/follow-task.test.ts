import { LIMITS, silentLogger, TaskError, type TaskJson } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import type { MountCaller } from '../../http/mounting.js'
import { ada } from '../../../proofs/fixtures/sample-tasks.js'
import { followTask } from './follow-task.js'

/** A caller whose task never gets on, while each question takes as long as it may. */
function waitingCaller(renew: MountCaller['renew']) {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const act = vi.fn<MountCaller['act']>(async (_action, _input, { headers } = {}) => {
    if (!headers) return { headers: { etag: '"1"' }, body: { task: { status: 'processing' } as TaskJson } }
    now += LIMITS.waitSeconds * 1_000
    return { status: 304, headers: { etag: '"1"' }, body: null }
  })
  const { signal } = new AbortController()
  const caller: MountCaller = { principal: ada, body: {}, traceId: '', signal, logger: silentLogger, act, renew }
  return { caller, act }
}

describe('followTask', () => {
  it('ends when the caller has been signed out, and asks about that once in each long wait', async () => {
    const renew = vi.fn(async () => {
      if (renew.mock.calls.length === 3) throw new TaskError('unauthenticated', 'You are signed out.')
    })
    const { caller, act } = waitingCaller(renew)
    await expect(followTask(caller, 't1', { signal: caller.signal })).rejects.toThrow('You are signed out.')
    expect(act).toHaveBeenCalledTimes(4)
  })

  it('gives the last state when it must end, and asks no more', async () => {
    const stop = new AbortController()
    const { caller, act } = waitingCaller(() => {
      stop.abort()
      return Promise.resolve()
    })
    expect(await followTask(caller, 't1', stop)).toEqual({ task: { status: 'processing' } })
    expect(act).toHaveBeenCalledTimes(3)
  })
})
