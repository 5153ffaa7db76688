import { describe, expect, it, vi } from 'vitest'
import { createTaskRegistry } from './task-registry.js'

describe('createTaskRegistry', () => {
  it('tells listeners when a task comes, appears and goes, once each', async () => {
    const registry = createTaskRegistry()
    const listener = vi.fn()
    registry.subscribe(listener)
    for (const change of ['add', 'add', 'reveal', 'reveal', 'remove', 'remove'] as const) {
      registry[change]('a')
      await Promise.resolve()
    }
    expect(listener).toHaveBeenCalledTimes(3)
  })

  it('tells of all changes of one turn together', async () => {
    const registry = createTaskRegistry()
    const listener = vi.fn()
    registry.subscribe(listener)
    const before = registry.revision()
    for (const taskId of ['a', 'b', 'c']) registry.add(taskId)
    expect(registry.revision()).toBeGreaterThan(before)
    await Promise.resolve()
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('gives the same list of ids until it changes', () => {
    const registry = createTaskRegistry()
    registry.add('a')
    const ids = registry.ids()
    registry.touch()
    expect(registry.ids()).toBe(ids)
    registry.add('b')
    expect(registry.ids()).toEqual(['a', 'b'])
  })
})
