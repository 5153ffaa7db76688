import { afterEach, describe, expect, it, vi } from 'vitest'
import { createDismissedTasks } from './dismissed-tasks.js'

const day = 24 * 60 * 60_000
const at = (now: number) => createDismissedTasks({ userId: 'ada', now: () => now })

afterEach(() => {
  localStorage.clear()
  vi.restoreAllMocks()
})

describe('createDismissedTasks', () => {
  it('remembers over a reload, for as long as lists bring the task back', () => {
    at(0).add('t')
    expect(at(day).has('t')).toBe(true)
    expect(at(2 * day).has('t')).toBe(false)
  })

  it.each(['{', '[]', 'null', '{"v":2,"ids":[["t",1]]}', '{"v":1,"ids":"t"}', '{"v":1,"ids":[null,["t"],[1,2],"t"]}'])(
    'takes %s in storage for nothing',
    (stored) => {
      localStorage.setItem('brandkit:dismissed:ada', stored)
      expect(at(0).has('t')).toBe(false)
    },
  )

  it('works without storage, for as long as the page lives', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    const dismissed = at(0)
    dismissed.add('t')
    expect(dismissed.has('t')).toBe(true)
  })

  it("deletes other users' ids and nothing else", () => {
    localStorage.setItem('brandkit:dismissed:grace', '{}')
    localStorage.setItem('app', 'theirs')
    at(0).add('t')
    at(0).forgetOthers()
    expect(Object.keys(localStorage).toSorted()).toEqual(['app', 'brandkit:dismissed:ada'])
  })
})
