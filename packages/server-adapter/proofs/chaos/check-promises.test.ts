import { describe, expect, it } from 'vitest'
import { checkPromises, type FinalTask } from './check-promises.ts'
import { wentWell } from './went-well.ts'
import type { LedgerLine } from './ledger.ts'

const done = wentWell
const { taskId } = done
const later: FinalTask = { ...done, taskId: 't2', only: 'work', from: 3, until: 4 }
const earlier: FinalTask = { ...later, taskId: 't1', from: 1, until: 2 }
const created: LedgerLine = { at: 1, what: 'created', taskId, kind: 'plain' }
const began = (run: string, at: number): LedgerLine => ({ at, what: 'began', taskId, run, attempt: 1 })
const returned = (run: string, at: number): LedgerLine => ({ at, what: 'returned', taskId, run })
const told: LedgerLine = { at: 9, what: 'told', taskId, id: 't_ledger', status: 'completed', version: 5 }
const good = [created, began('r1', 2), returned('r1', 3), told]

describe('the checker', () => {
  it('has nothing to say of a task that went well', () => {
    expect(checkPromises(good, [done])).toEqual([])
  })

  it('forgives a receiver that is told twice under the same id', () => {
    expect(checkPromises([...good, told], [done])).toEqual([])
  })

  it('notices two tasks that were under way for the same work', () => {
    expect(checkPromises([], [later, earlier]).join('\n')).not.toContain('the same work')
    for (const until of [3.5, null])
      expect(checkPromises([], [later, { ...earlier, until }]).join('\n')).toContain(
        't2 began while t1 was under way for the same work',
      )
  })

  it('forgives a stopped worker that says late that it began an attempt which is long over', () => {
    const second = { ...began('r1', 2), attempt: 2 } as LedgerLine
    const kept: LedgerLine = { at: 3, what: 'kept', taskId, run: 'r1', step: 'first' }
    const late: LedgerLine = { at: 6, what: 'ran', taskId, run: 'zombie', step: 'first' }
    expect(checkPromises([created, second, kept, returned('r1', 4), began('zombie', 5), late, told], [done])).toEqual(
      [],
    )
  })

  it.each<[string, LedgerLine[], FinalTask[]]>([
    ['was accepted and is gone', good, []],
    ['exists and was never accepted', [began('r1', 2), returned('r1', 3)], [done]],
    ['never ended', good, [{ ...done, status: 'processing', resultRun: null }]],
    ['completed, and cannot have', [{ ...created, kind: 'fatal' }, ...good.slice(1)], [done]],
    ['was cancelled and is completed', [...good, { at: 4, what: 'cancelled', taskId }], [done]],
    ['made 3 attempts of 2', good, [{ ...done, attempt: 3 }]],
    ['ran 3 times of 2', [created, began('a', 2), began('b', 3), began('r1', 4), returned('r1', 5)], [done]],
    ['that was not the last', [...good, began('r2', 4)], [done]],
    ['holds a result that no run returned', [created, began('r1', 2)], [done]],
    ['and the receiver was not told', good.slice(0, -1), [done]],
    ['was told under several ids', [...good, { ...told, id: 't_other' }], [done]],
    ['was told as completed at version 4', [...good, { ...told, version: 4 }], [done]],
    ['was told as failed', [...good, { ...told, status: 'failed' }], [done]],
    [
      'changed after its end',
      [...good, { at: 4, what: 'ended', taskId, status: 'failed', version: 4, digest: 'x' }],
      [done],
    ],
    [
      'ran the step each: 2 again',
      [
        created,
        began('r0', 2),
        { at: 3, what: 'ran', taskId, run: 'r0', step: 'each: 2' },
        { at: 4, what: 'kept', taskId, run: 'r0', step: 'each: 2' },
        began('r1', 5),
        { at: 6, what: 'ran', taskId, run: 'r1', step: 'each: 1' },
        { at: 7, what: 'ran', taskId, run: 'r1', step: 'each: 2' },
        returned('r1', 8),
      ],
      [done],
    ],
    [
      'ran the step first again',
      [
        created,
        began('r0', 2),
        { at: 3, what: 'kept', taskId, run: 'r0', step: 'first' },
        began('r1', 4),
        { at: 5, what: 'ran', taskId, run: 'r1', step: 'first' },
        returned('r1', 6),
      ],
      [done],
    ],
  ])('says when a task %s', (sentence, ledger, tasks) => {
    expect(checkPromises(ledger, tasks).join('\n')).toContain(sentence)
  })
})
