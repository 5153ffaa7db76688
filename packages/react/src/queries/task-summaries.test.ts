import type { TaskJson, TaskSummaryJson } from '@brandkit/core'
import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { createTaskCache } from './task-cache.js'

const whole = (fields: object) => ({ taskId: 't', status: 'processing', ...fields }) as TaskJson
const summary = (fields: object) =>
  ({ taskId: 't', status: 'processing', isSummary: true, ...fields }) as TaskSummaryJson
const open = () => createTaskCache({ queryClient: new QueryClient(), userId: 'ada' })

describe('summaries in the cache', () => {
  it('stand in for a task until it is read', () => {
    const cache = open()
    const listed = summary({ version: 3 })
    expect(cache.write([listed])).toEqual([{ previous: undefined, current: listed }])
    expect(cache.find('t')).toBe(listed)
    cache.write([whole({ version: 3, partialResult: 'so far' })])
    expect(cache.find('t')).toEqual(whole({ version: 3, partialResult: 'so far' }))
  })

  it('never erase what is known, but tell that it is outdated', () => {
    const cache = open()
    const known = whole({ version: 3, status: 'completed', result: 'done' })
    cache.write([known])
    for (const version of [2, 3, 4]) expect(cache.write([summary({ version, status: 'completed' })])).toEqual([])
    expect(cache.find('t')).toBe(known)
    expect([2, 3, 4].map((version) => cache.isOutdatedBy(summary({ version })))).toEqual([false, false, true])
  })

  it('are not followed by an older task, whose reply was late', () => {
    const cache = open()
    const listed = summary({ version: 3, status: 'completed' })
    cache.write([listed])
    expect(cache.write([whole({ version: 2 })])).toEqual([])
    expect(cache.find('t')).toBe(listed)
  })
})
