import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createToastList } from './toast-list.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function listOf(ids: readonly string[], staysMs = 5_000) {
  const list = createToastList()
  for (const id of ids) list.put({ id, kind: 'started', taskIds: [id] }, staysMs)
  return { ...list, ids: () => list.get().map(({ id, isLeaving }) => (isLeaving ? `${id} leaving` : id)) }
}

describe('a list of toasts', () => {
  it('has the newest first, and at most twenty', () => {
    expect(listOf(['a', 'b']).ids()).toEqual(['b', 'a'])
    const many = Array.from({ length: 25 }, (_, index) => String(index))
    expect(listOf(many).ids()).toEqual(many.slice(5).toReversed())
  })

  it('lets a toast leave after its time, and takes it away after its animation', () => {
    const list = listOf(['a'])
    vi.advanceTimersByTime(4_999)
    expect(list.ids()).toEqual(['a'])
    vi.advanceTimersByTime(1)
    expect(list.ids()).toEqual(['a leaving'])
    vi.advanceTimersByTime(200)
    expect(list.ids()).toEqual([])
  })

  it('keeps what stays for ever', () => {
    const list = listOf(['a'], Infinity)
    list.pause()
    vi.advanceTimersByTime(1_000)
    list.resume()
    vi.advanceTimersByTime(86_400_000)
    expect(list.ids()).toEqual(['a'])
  })

  it('keeps a toast for 60 days, although a timer takes that for a millisecond', () => {
    const days = 86_400_000
    const list = listOf(['a'], 60 * days)
    vi.advanceTimersByTime(60 * days - 1)
    expect(list.ids()).toEqual(['a'])
    vi.advanceTimersByTime(1)
    expect(list.ids()).toEqual(['a leaving'])
  })

  it('turns a toast into another where it stands, with its whole time anew', () => {
    const list = listOf(['a', 'b'])
    vi.advanceTimersByTime(4_000)
    list.put({ id: 'a', kind: 'completed', taskIds: ['a'] }, 5_000)
    expect(list.get().map(({ id, kind }) => [id, kind])).toEqual([
      ['b', 'started'],
      ['a', 'completed'],
    ])
    vi.advanceTimersByTime(4_000)
    expect(list.ids()).toEqual(['a'])
    vi.advanceTimersByTime(1_200)
    expect(list.ids()).toEqual([])
  })

  it('calls back a toast that was leaving', () => {
    const list = listOf(['a'])
    list.dismiss('a')
    vi.advanceTimersByTime(100)
    list.put({ id: 'a', kind: 'failed', taskIds: ['a'] }, Infinity)
    vi.advanceTimersByTime(86_400_000)
    expect(list.ids()).toEqual(['a'])
  })

  it('stops the time of all, also of those that come meanwhile, and gives each what it had left', () => {
    const list = listOf(['a'])
    vi.advanceTimersByTime(3_000)
    list.pause()
    list.pause()
    list.put({ id: 'b', kind: 'started', taskIds: ['a'] }, 5_000)
    vi.advanceTimersByTime(60_000)
    expect(list.ids()).toEqual(['b', 'a'])
    list.resume()
    list.resume()
    vi.advanceTimersByTime(1_999)
    expect(list.ids()).toEqual(['b', 'a'])
    vi.advanceTimersByTime(1)
    expect(list.ids()).toEqual(['b', 'a leaving'])
    vi.advanceTimersByTime(3_000)
    expect(list.ids()).toEqual(['b leaving'])
  })

  it('lets a toast leave even while time stands still', () => {
    const list = listOf(['a', 'b'])
    list.pause()
    list.dismiss('a')
    list.resume()
    list.pause()
    vi.advanceTimersByTime(200)
    expect(list.ids()).toEqual(['b'])
  })

  it('takes several away at once, and tells who listens of every change', () => {
    const list = listOf(['a', 'b', 'c'])
    const heard = vi.fn(() => list.ids())
    const unsubscribe = list.subscribe(heard)
    list.remove(['a', 'c'])
    list.dismiss('b')
    list.dismiss('b')
    list.dismiss('unknown')
    expect(heard.mock.results.map(({ value }) => value as string[])).toEqual([['b'], ['b leaving']])
    unsubscribe()
    vi.advanceTimersByTime(200)
    expect(heard).toHaveBeenCalledTimes(2)
    expect(vi.getTimerCount()).toBe(0)
  })
})
