import { describe, expect, it } from 'vitest'
import { attemptOf } from './fold-writes.js'
import { createRunningRows, type RunningRow } from './running-rows.js'

const row = (payload: string) => ({ id: payload.slice(0, 1), payload_text: payload }) as RunningRow
const lease = (taskId: string, epoch = 1) => ({ taskId, epoch })

describe('createRunningRows', () => {
  it('knows the rows of an attempt until it is forgotten, and of no other attempt', () => {
    const running = createRunningRows()
    running.remember(lease('a'), row('a'))
    expect(running.find(lease('a'))).toMatchObject({ payload_text: 'a' })
    expect(running.find(lease('a', 2))).toBeUndefined()
    running.forget(attemptOf(lease('a')))
    expect(running.find(lease('a'))).toBeUndefined()
  })

  it('lets the oldest go when it would hold too much', () => {
    const running = createRunningRows({ mostBytes: 10_000 })
    for (const id of ['a', 'b', 'c']) running.remember(lease(id), row(id.repeat(3_000)))
    expect(['a', 'b', 'c'].map((id) => running.find(lease(id))?.id)).toEqual([undefined, 'b', 'c'])
  })

  it('counts a row once, however often it is remembered', () => {
    const running = createRunningRows({ mostBytes: 10_000 })
    running.remember(lease('b'), row('b'.repeat(3_000)))
    for (let time = 0; time < 5; time += 1) running.remember(lease('a'), row('a'.repeat(3_000)))
    expect(running.find(lease('b'))).toBeDefined()
    running.forget(attemptOf(lease('a')))
    running.forget(attemptOf(lease('a')))
    running.remember(lease('c'), row('c'.repeat(3_000)))
    expect(running.find(lease('b'))).toBeDefined()
  })
})
