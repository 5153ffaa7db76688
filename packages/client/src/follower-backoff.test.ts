import { describe, expect, it } from 'vitest'
import { createTaskFollower } from './task-follower.js'

const options = { service: { wire: { getStatuses: () => Promise.reject(new Error('unused')) } }, onTasks: () => {} }

describe('a backoff that is none', () => {
  it.each([null, 5, {}, { delayMs: () => 1 }])('is refused where it is handed in: %j', (backoff) => {
    const wrong = { backoff: backoff as never }
    const sentence = /^backoff must .*createBackoffPolicy/
    expect(() => createTaskFollower({ ...options, ...wrong })).toThrow(sentence)
    expect(() => createTaskFollower(options).follow('a', wrong)).toThrow(sentence)
  })
})
