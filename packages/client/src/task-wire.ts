import { type TaskWire, withHandled } from '@brandkit/core'
import { createPageWire, createVerbs, type PageWire, toCreation, type WireParts } from './page-wire.js'
import { readBatch, readCreatedBatch, readOutcomes, readStats } from './read-reply.js'
import { createWaitForTask } from './wait-for-task.js'

/** All verbs over HTTP. */
export interface ClientWire extends TaskWire, Pick<PageWire, 'watch'> {}

/** The verbs over anything that can send a request. */
export function createTaskWire(parts: WireParts): ClientWire {
  const { send } = parts
  const verb = createVerbs(send)
  const cancelMany = verb('cancel', readOutcomes, (taskIds: readonly string[]) => ({ body: { taskIds } }))

  return {
    ...createPageWire(parts),
    ...withHandled<Omit<TaskWire, keyof PageWire>>({
      createMany: async (tasks, options) => send({ ...toCreation(options), body: { tasks }, read: readCreatedBatch }),
      getBatch: verb('status', readBatch, (batchId) => ({ query: { batchId } })),
      waitFor: createWaitForTask(send),
      async cancelMany(taskIds, options) {
        if (taskIds.length === 0) return []
        return cancelMany(taskIds, options)
      },
      cancelBatch: verb('cancel', readOutcomes, (batchId) => ({ body: { batchId } })),
      stats: async ({ signal } = {}) => send({ action: 'stats', read: readStats, signal }),
    }),
  }
}
