import type { TaskJson } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { createTaskRegistry } from './task-registry.js'

const createdAt: Record<string, string> = { a: '2027-01-02', b: '2027-01-03', c: '2027-01-01' }
const open = () => createTaskRegistry((taskId) => ({ taskId, createdAt: createdAt[taskId] }) as TaskJson)

describe('createTaskRegistry', () => {
  it('tells listeners when a task comes, appears and goes, once each', async () => {
    const registry = open()
    const listener = vi.fn()
    registry.subscribe(listener)
    for (const change of ['add', 'add', 'reveal', 'reveal', 'remove', 'remove'] as const) {
      registry[change]('a')
      await Promise.resolve()
    }
    expect(listener).toHaveBeenCalledTimes(3)
  })

  it('tells of all changes of one turn together', async () => {
    const registry = open()
    const listener = vi.fn()
    registry.subscribe(listener)
    for (const taskId of ['a', 'b', 'c']) registry.add(taskId)
    // A reader in the same turn gets the new list already.
    expect(registry.tasks()).toHaveLength(3)
    await Promise.resolve()
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('gives the same list of tasks until one changes, the newest first', () => {
    const registry = open()
    for (const taskId of ['a', 'b', 'c']) registry.add(taskId)
    const tasks = registry.tasks()
    expect(tasks.map(({ taskId }) => taskId)).toEqual(['b', 'a', 'c'])
    expect(registry.tasks()).toBe(tasks)
    registry.touch()
    expect(registry.tasks()).not.toBe(tasks)
  })
})
