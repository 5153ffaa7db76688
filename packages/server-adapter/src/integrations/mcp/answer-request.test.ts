import { silentLogger, type TaskJson } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { ada } from '../../../proofs/fixtures/sample-tasks.js'
import type { MountCaller } from '../../http/mounting.js'
import { answerRequest } from './answer-request.js'
import type { Exchange } from './exchange.js'

function exchangeOf(parts: Partial<Exchange> & { act?: MountCaller['act'] }): Exchange {
  const { act = () => Promise.reject(new Error('Not asked.')), ...rest } = parts
  const { signal } = new AbortController()
  const caller: MountCaller = {
    principal: ada,
    body: {},
    traceId: 'f'.repeat(32),
    signal,
    logger: silentLogger,
    act,
    renew: () => Promise.resolve(),
  }
  return {
    caller,
    tools: { isType: () => false, list: () => [] },
    createHeaders: {},
    tasks: 'none',
    waitMs: 1_000,
    retentionMs: 0,
    notify: () => Promise.resolve(),
    ...rest,
  }
}

const breakDown = () => {
  throw new Error('database password is hunter2')
}

describe('answerRequest', () => {
  it('says nothing of an error that it does not know', async () => {
    const answer = answerRequest(
      'legacy',
      { method: 'tools/list' },
      exchangeOf({ tools: { isType: () => false, list: breakDown } }),
    )
    await expect(answer).rejects.toMatchObject({
      code: -32_603,
      message: expect.not.stringContaining('hunter2') as string,
      data: { code: 'internal_error', traceId: 'f'.repeat(32) },
    })
  })

  it('tells only of progress that has grown, as the protocol asks', async () => {
    const states = [10, 10, 20, 20].map((progress) => ({ status: 'processing', progress, steps: [] }))
    const left = [...states, { status: 'completed', progress: 100, result: {} }]
    const told: unknown[] = []
    await answerRequest(
      'modern',
      { method: 'tools/call', params: { name: 'get_task', arguments: { taskId: 't1' } } },
      exchangeOf({
        progressToken: 'p',
        act: vi.fn<MountCaller['act']>(async () => ({ body: { task: left.shift() as unknown as TaskJson } })),
        async notify({ params }) {
          told.push(params['progress'])
        },
      }),
    )
    expect(told).toEqual([10, 20, 100])
  })
})
