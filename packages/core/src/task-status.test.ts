import { describe, expect, it } from 'vitest'
import { canMove, isTerminal, TASK_STATUSES, type TaskStatus, TRANSITIONS } from './task-status.js'

const ARROWS = {
  'a worker claims': ['queued', 'processing'],
  'it waits past its time to live': ['queued', 'failed'],
  'the owner cancels before it runs': ['queued', 'cancelled'],
  'a retry or a release': ['processing', 'queued'],
  'the generator returns': ['processing', 'completed'],
  'the last attempt fails': ['processing', 'failed'],
  'the owner cancels while it runs': ['processing', 'cancelled'],
} as const satisfies Record<string, readonly [TaskStatus, TaskStatus]>

const pairs = TASK_STATUSES.flatMap((from) => TASK_STATUSES.map((to) => [from, to] as const))
const isArrow = ([from, to]: readonly [TaskStatus, TaskStatus]) =>
  Object.values(ARROWS).some((arrow) => arrow[0] === from && arrow[1] === to)

describe('TRANSITIONS', () => {
  it.each(Object.entries(ARROWS))('%s', (_reason, [from, to]) => {
    expect(canMove(from, to)).toBe(true)
  })

  it.each(pairs.filter((pair) => !isArrow(pair)))('has no arrow from %s to %s', (from, to) => {
    expect(canMove(from, to)).toBe(false)
  })

  it('knows every status', () => {
    expect(Object.keys(TRANSITIONS)).toEqual([...TASK_STATUSES])
  })
})

describe('isTerminal', () => {
  it.each(['completed', 'failed', 'cancelled'] as const)('says that %s is for good', (status) => {
    expect(isTerminal(status)).toBe(true)
  })

  it.each(['queued', 'processing'] as const)('says that %s goes on', (status) => {
    expect(isTerminal(status)).toBe(false)
  })
})
