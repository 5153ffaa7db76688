import { describe, expect, it, vi } from 'vitest'
import { createTaskRegistry } from './task-registry.js'

describe('createTaskRegistry', () => {
  it('tells listeners when a task comes, appears and goes, once each', () => {
    const registry = createTaskRegistry()
    const listener = vi.fn()
    registry.subscribe(listener)
    registry.add('a')
    registry.add('a')
    registry.reveal('a')
    registry.reveal('a')
    registry.remove('a')
    registry.remove('a')
    expect(listener).toHaveBeenCalledTimes(3)
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
