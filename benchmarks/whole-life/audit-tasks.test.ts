import { describe, expect, it } from 'vitest'
import type { AuditedTask } from '../contenders/contender.ts'
import { assertCompletedOnce } from './audit-tasks.ts'

const completed = (taskId: string, number: number): AuditedTask => ({
  taskId,
  status: 'completed',
  payload: { number, pauseMs: 0 },
  result: { number, pauseMs: 0 },
  attempts: 1,
})
const acknowledged = new Map([
  ['a', 0],
  ['b', 1],
])

describe('the audit', () => {
  it('passes when each acknowledged task is completed once with its own result', () => {
    expect(() => assertCompletedOnce({ acknowledged, rows: [completed('b', 1), completed('a', 0)] })).not.toThrow()
  })

  it.each<{ fault: string; rows: AuditedTask[]; says: string }>([
    { fault: 'is missing', rows: [completed('a', 0)], says: 'b is missing' },
    {
      fault: 'is there twice',
      rows: [completed('a', 0), completed('b', 1), completed('b', 1)],
      says: 'b is there twice',
    },
    {
      fault: 'was never acknowledged',
      rows: [completed('a', 0), completed('b', 1), completed('c', 2)],
      says: 'c is there',
    },
    {
      fault: 'has not ended',
      rows: [completed('a', 0), { ...completed('b', 1), status: 'processing' }],
      says: 'b is processing',
    },
    { fault: 'carries the work of another', rows: [completed('a', 0), completed('b', 0)], says: 'b carries' },
    {
      fault: 'has no result',
      rows: [completed('a', 0), { ...completed('b', 1), result: null }],
      says: 'b has the result null',
    },
    {
      fault: 'was run twice',
      rows: [completed('a', 0), { ...completed('b', 1), attempts: 2 }],
      says: 'b was run 2 times',
    },
  ])('fails when a task $fault', ({ rows, says }) => {
    expect(() => assertCompletedOnce({ acknowledged, rows })).toThrow(`The audit of 2 tasks failed: ${says}`)
  })
})
