import { expect, it } from 'vitest'
import { createRunningRows, type RunningRow } from './running-rows.js'
import { toEnd } from './fold-writes.js'
import type { Execute } from './statement.js'
import { writeAttempts } from './write-attempts.js'

const MOMENT = '0002d1a0c8f40000'

it('an end knows its task although claims made room for others while it was written', async () => {
  const running = createRunningRows({ mostBytes: 5_000 })
  const claim = (taskId: string) => {
    const text = {
      id: taskId,
      tenant_id: 'acme',
      user_id: 'ada',
      created_by: 'ada',
      brand_id: 'b',
      type: 'T',
      title: 'T',
    }
    const moments = { created_at: MOMENT, run_at: MOMENT, started_at: MOMENT, attempt_started_at: MOMENT }
    const payload_text = JSON.stringify('p'.repeat(3_000))
    const row = { ...text, ...moments, plan: [], attempt: 1, rings: 0, after: null, waits_for: null, payload_text }
    running.remember({ taskId, epoch: 1 }, row as unknown as RunningRow)
  }
  claim('a')
  const changed = { id: 'a', tenant_id: 'acme', user_id: 'ada', lease_epoch: 1, epoch: 1, version: 2, visible: true }
  const ended = {
    status: 'completed',
    updated_at: MOMENT,
    progress: '4059000000000000',
    step_started: {},
    step_completed: {},
    step_items: null,
  }
  const execute = (async () => {
    claim('b')
    return [{ ...changed, ...ended, partial_result: null, has_partial_result: false, messages: null }]
  }) as unknown as Execute
  const own = { id: null, tell: () => {} }
  const entry = toEnd({ taskId: 'a', epoch: 1 }, { status: 'completed', result: 1 })
  expect(await writeAttempts(execute, [entry], { own, running })).toMatchObject([
    { taskId: 'a', brandId: 'b', result: 1 },
  ])
})
