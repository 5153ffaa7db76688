import { silentLogger } from '@brandkit/core'
import { vi } from 'vitest'
import { memoryStore } from '../memory.js'
import type { TaskScope } from '../principal.js'
import { createChangeHub } from '../runtime/change-hub.js'
import { createEstimates } from '../runtime/estimates.js'
import { createTaskStreams } from '../runtime/task-streams.js'
import type { NewStoredTask } from '../store/task-store.js'
import { createOne } from './store/new-task.js'

export const adasScope = { reach: 'own', tenantId: 'acme', userId: 'ada', brandIds: '*' } as const satisfies TaskScope

/** Streams on a store in memory, without HTTP. */
export function memoryStreams(options: { streamMs?: number; reauthenticateMs?: number } = {}) {
  const store = memoryStore()
  const changes = createChangeHub({ logger: silentLogger })
  changes.open(store)
  const find = vi.spyOn(store, 'find')
  const streams = createTaskStreams({
    store,
    changes,
    estimates: createEstimates({ catalog: {}, store, logger: silentLogger }),
    timings: { streamMs: 300_000, reauthenticateMs: 60_000, ...options },
    logger: silentLogger,
  })
  const open = (request: Partial<Parameters<typeof streams.open>[0]> = {}) =>
    streams.open({
      scope: adasScope,
      readSnapshot: async () => (await store.list({ limit: 10_000 }, adasScope)).tasks,
      currentScope: async () => adasScope,
      ...request,
    })
  const create = (input: Partial<NewStoredTask> = {}) => createOne(store, { userId: 'ada', ...input })
  return { store, streams, open, create, find }
}

/** Under fake timers: long enough for what has changed to be read and sent. */
export const settle = () => vi.advanceTimersByTimeAsync(200)
