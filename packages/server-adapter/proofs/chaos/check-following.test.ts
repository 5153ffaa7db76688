import { describe, expect, it } from 'vitest'
import { checkFollowing } from './check-following.ts'
import type { FinalTask } from './check-promises.ts'
import { wentWell } from './went-well.ts'
import type { LedgerLine } from './ledger.ts'

const first: FinalTask = { ...wentWell, taskId: 'first' }
const failed: FinalTask = { ...first, status: 'failed', resultRun: null }
const next: FinalTask = { ...first, taskId: 'next', resultRun: 'r2', until: 3 }
const lost: FinalTask = {
  ...next,
  status: 'failed',
  resultRun: null,
  errorCode: 'dependency_failed',
  lastError: '“Chaos” was needed first, and did not complete.',
}
const returned: LedgerLine = { at: 5, what: 'returned', taskId: 'first', run: 'r1' }
const created: LedgerLine = { at: 1, what: 'created', taskId: 'next', kind: 'plain', after: ['first'] }
const beganAt = (at: number): LedgerLine => ({ at, what: 'began', taskId: 'next', run: 'r2', attempt: 1 })

function check(lines: readonly LedgerLine[], tasks: readonly FinalTask[]): string[] {
  return checkFollowing(
    Map.groupBy(lines, ({ taskId }) => taskId),
    new Map(tasks.map((task) => [task.taskId, task])),
  )
}

describe('the checker of tasks that follow others', () => {
  it('has nothing to say of one that ran behind the other, nor of one that failed with it', () => {
    expect(check([created, returned, beganAt(5)], [first, next])).toEqual([])
    expect(check([created], [failed, lost])).toEqual([])
  })

  it('forgives one that was cancelled, whatever became of the other', () => {
    const cancelled = { ...next, status: 'cancelled', resultRun: null }
    for (const other of [first, failed]) expect(check([created], [other, cancelled])).toEqual([])
  })

  it.each<[string, LedgerLine[], FinalTask[]]>([
    ['began before first had completed', [created, beganAt(4), returned], [first, next]],
    ['began before first had completed', [created, beganAt(4)], [first, next]],
    ['began, and first is failed', [created, beganAt(6)], [failed, { ...next, status: 'failed' }]],
    ['began, and first is processing', [created, beganAt(6)], [{ ...first, status: 'processing', until: null }, next]],
    ['waits for ever', [created, returned], [first, { ...next, status: 'queued', until: null }]],
    ['waits for ever', [created], [failed, { ...next, status: 'queued', until: null }]],
    ['failed for what has completed', [created, returned], [first, lost]],
    ['does not say in plain words', [created], [failed, { ...lost, lastError: 'dependency_failed: first' }]],
    ['is failed, and first is failed', [created], [failed, { ...lost, errorCode: 'task_expired' }]],
  ])('says when a task %s', (sentence, lines, tasks) => {
    expect(check(lines, tasks).join('\n')).toContain(`next ${sentence}`)
  })
})
