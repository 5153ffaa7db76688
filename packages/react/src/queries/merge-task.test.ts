import type { TaskJson } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { mergeTask } from './merge-task.js'

const task = (fields: object) => ({ taskId: 't', progress: 0, ...fields }) as TaskJson

describe('mergeTask', () => {
  it('takes the greater version', () => {
    expect(mergeTask(task({ version: 1 }), task({ version: 2, progress: 50 })).progress).toBe(50)
  })

  it('keeps the very object when the message is old or the same', () => {
    const known = task({ version: 2, payload: {} })
    expect(mergeTask(known, task({ version: 1 }))).toBe(known)
    expect(mergeTask(known, task({ version: 2 }))).toBe(known)
  })

  it('keeps the payload that lists leave out', () => {
    const known = task({ version: 1, payload: { budget: 5 } })
    expect(mergeTask(known, task({ version: 2 })).payload).toEqual({ budget: 5 })
  })

  it('takes a payload that comes later with the same version', () => {
    expect(mergeTask(task({ version: 1 }), task({ version: 1, payload: { budget: 5 } })).payload).toEqual({ budget: 5 })
  })
})
