import { watchTasksSchema } from '@brandkit/core'
import { defineAction } from '../define-action.js'
import { END_ID } from '../event-stream.js'
import { readBatch } from '../read-batch.js'
import { readRecent } from '../read-recent.js'

/** `GET /api/jobs?action=events` streams the caller's tasks, or those of one batch until the last of them is over. */
export const watchTasks = defineAction(
  'events',
  { schema: watchTasksSchema },
  async ({ request: { batchId }, scope, currentScope, store, streams, clock, headers }) => {
    // An EventSource connects again after every end, unless it is told that there is nothing (204) to come.
    if (headers.get('last-event-id') === END_ID) return { status: 204, body: null }
    const stream = await streams.open({
      scope,
      batchId,
      currentScope,
      readSnapshot: () =>
        batchId === undefined ? readRecent(scope, { store, clock }) : readBatch(batchId, scope, { store }),
    })
    return { body: null, stream }
  },
)
