import { TaskError, type TaskWire, withHandled } from '@brandkit/core'
import * as LIMITS from '@brandkit/core/limits'
import { createPageWire, createVerbs, type PageWire, toCreation, type WireParts } from './page-wire.js'
import { readAudit, readBatch, readCreatedBatch, readOutcomes, readStats, readUsage } from './read-reply.js'
import { createWaitForTask } from './wait-for-task.js'

/** All verbs over HTTP. */
export interface ClientWire extends TaskWire, Pick<PageWire, 'watch'> {}

/** Creates the verbs over any function that sends requests. */
export function createTaskWire(parts: WireParts): ClientWire {
  const { send } = parts
  const page = createPageWire(parts)
  const verb = createVerbs(send)
  const cancelMany = verb('cancel', readOutcomes, (taskIds: readonly string[]) => ({ body: { taskIds } }))

  return {
    ...page,
    ...withHandled<Omit<TaskWire, Exclude<keyof PageWire, 'getStatuses'>>>({
      createMany: async (tasks, options) => send({ ...toCreation(options), body: { tasks }, read: readCreatedBatch }),
      async getStatuses(taskIds, options) {
        if (taskIds.length === 0) return { tasks: [], missing: [] }
        // Proxies may refuse longer addresses without an explanation.
        if (taskIds.length > LIMITS.tasksPerRequest)
          throw new TaskError('invalid_request', `Name ${LIMITS.tasksPerRequest} ids at a time at most.`, { status: 0 })
        return page.getStatuses(taskIds, options)
      },
      getBatch: verb('status', readBatch, (batchId) => ({ query: { batchId } })),
      waitFor: createWaitForTask(send),
      async cancelMany(taskIds, options) {
        if (taskIds.length === 0) return []
        return cancelMany(taskIds, options)
      },
      cancelBatch: verb('cancel', readOutcomes, (batchId) => ({ body: { batchId } })),
      getUsage: verb('usage', readUsage, (query) => ({ query: { ...query } })),
      stats: async ({ throughput, signal } = {}) =>
        send({ action: 'stats', query: { throughput }, read: readStats, signal }),
      audit: verb('audit', readAudit, (filter) => ({ query: { ...filter } })),
    }),
  }
}
