import { describe, expect, it, vi } from 'vitest'
import { createManualClock, toClock } from '../../testing/fake-server/fake-clock.js'
import { createLocalLine, HINT_AFTER_MS, MOST_WAITING, PACE_MS } from './local-line.js'
import { createSlots } from './slots.js'
import { createTurns } from './turns.js'

/** A line in front of one slot, which is taken. */
function openLine() {
  const clock = createManualClock()
  const slots = createSlots(1)
  const started: string[] = []
  const hints: string[] = []
  const withdrawn: string[] = []
  const turns = createTurns(slots, () => line.advance())
  const line = createLocalLine({
    turns,
    slots: 1,
    start: (taskId) => started.push(taskId),
    publisher: {
      publish: async (deliveries) => void hints.push(...deliveries.map(({ taskId }) => taskId)),
      withdraw: (taskId) => void withdrawn.push(taskId),
      close: async () => {},
    },
    clock: toClock({ now: () => clock.now(), after: (...call) => clock.after(...call) }),
  })
  turns.look(1).end({ engine: 'empty', messages: 0 })
  expect(line.reserve(1)).toBe(true)
  const add = (taskId: string, priority = 1) => line.add({ taskId, priority, delayMs: 0 })
  const endOne = () => {
    slots.giveBack()
    line.advance()
  }
  return { line, clock, started, hints, withdrawn, add, endOne }
}

describe('the local line', () => {
  it('starts urgent tasks first, then the oldest', () => {
    const { add, endOne, started } = openLine()
    for (const [taskId, priority] of [
      ['a', 1],
      ['b', 1],
      ['c', 2],
    ] as const)
      add(taskId, priority)
    for (const _ of 'abc') endOne()
    expect(started).toEqual(['c', 'a', 'b'])
  })

  it('starts at once what comes while a slot is free', () => {
    const { add, endOne, started } = openLine()
    endOne()
    add('a')
    expect(started).toEqual(['a'])
  })

  it('tells the engine once of a task that waits, and keeps it', async () => {
    const { clock, add, endOne, hints, started } = openLine()
    add('a')
    await clock.advance(HINT_AFTER_MS / 2)
    endOne()
    add('b')
    await clock.advance(HINT_AFTER_MS - 1)
    expect(hints).toEqual([])
    await clock.advance(1)
    expect(hints).toEqual(['b'])
    await clock.advance(10 * HINT_AFTER_MS)
    expect(hints).toEqual(['b'])
    endOne()
    expect(started).toEqual(['a', 'b'])
  })

  it('tells the engine early of what would wait too long at the pace of its slots, the last first', async () => {
    const { clock, add, endOne, hints } = openLine()
    const waiting = Array.from({ length: 25 }, (_, place) => String(place))
    for (const taskId of waiting) add(taskId)
    await clock.advance(PACE_MS - 1)
    expect(hints).toEqual([])
    for (const _ of 'ab') endOne()
    await clock.advance(1)
    // Two starts in a tenth of the time: twenty of the others will start in time.
    expect(hints).toEqual(['24', '23', '22'])
  })

  it('takes the hint of a task back that it starts or that is taken elsewhere', async () => {
    const { line, clock, add, endOne, withdrawn } = openLine()
    for (const taskId of 'abc') add(taskId)
    await clock.advance(PACE_MS)
    endOne()
    expect(withdrawn).toEqual([])
    line.remove('c')
    endOne()
    expect(withdrawn).toEqual(['c', 'b'])
  })

  it('gives the turn of its own hint to the head of the line, and tells the engine again', async () => {
    const { line, clock, add, endOne, hints, started } = openLine()
    for (const taskId of 'abc') add(taskId)
    await clock.advance(PACE_MS)
    expect(hints).toEqual(['c', 'b'])
    expect(line.turnOf('c', 1)).toBe('a')
    expect(line.turnOf('from elsewhere', 1)).toBe('from elsewhere')
    // Nothing starts in the second of these times.
    await clock.advance(2 * PACE_MS)
    expect(hints).toEqual(['c', 'b', 'c'])
    for (const _ of 'bc') endOne()
    expect(started).toEqual(['b', 'c'])
  })

  it('rests once every task has its hint, until one needs another', async () => {
    const { line, clock, add, hints } = openLine()
    for (const taskId of 'abc') add(taskId)
    await clock.advance(HINT_AFTER_MS)
    expect(hints).toEqual(['c', 'b', 'a'])
    const after = vi.spyOn(clock, 'after')
    await clock.advance(10 * PACE_MS)
    expect(after).not.toHaveBeenCalled()
    expect(line.turnOf('c', 1)).toBe('a')
    await clock.advance(PACE_MS)
    expect(hints).toEqual(['c', 'b', 'a', 'c'])
  })

  it('starts a task by the ring of its own alarm, so that tasks of higher priority overtake it for a while only', async () => {
    const { line, clock, add, withdrawn } = openLine()
    add('high', 2)
    add('low', 0)
    await clock.advance(PACE_MS)
    expect(line.turnOf('low', 1)).toBe('low')
    expect(withdrawn).toEqual(['low'])
    expect(line.turnOf('low', 1)).toBe('low')
  })

  it('starts nothing that has come by a message meanwhile', () => {
    const { line, add, endOne, started } = openLine()
    add('a')
    add('b')
    line.remove('a')
    endOne()
    expect(started).toEqual(['b'])
  })

  it('takes a bounded number of tasks, and none where slots stay taken: those are for other processes at once', async () => {
    const { clock, add } = openLine()
    for (let task = 0; task < MOST_WAITING; task += 1) expect(add(String(task))).toBe(true)
    expect(add('one too many')).toBe(false)
    const slow = openLine()
    await slow.clock.advance(HINT_AFTER_MS)
    expect(slow.add('a')).toBe(false)
    await clock.advance(0)
  })

  it('publishes at its end what the engine has not been told of', async () => {
    const { line, clock, add, hints, endOne, started } = openLine()
    add('a')
    await clock.advance(HINT_AFTER_MS - 1)
    line.advance()
    await clock.advance(1)
    add('b')
    line.close()
    expect(hints).toEqual(['a', 'b'])
    expect(add('c')).toBe(false)
    endOne()
    expect(started).toEqual([])
  })
})
