import { defineAction } from '../define-action.js'
import { END_ID } from '../event-stream.js'
import { readBatch, readRecent } from '../read-many.js'

/** `GET /api/jobs?action=events` streams the caller's tasks, or the tasks of one batch until the last of them ends. */
export const watchTasks = defineAction(
  'events',
  {
    responseName: 'TaskStreamEvent',
    id: 'watchTasks',
    summary: 'Follow the caller’s tasks, or those of one batch',
    description:
      'Server-sent events: first a `snapshot`, then versions, ascending for each task; intermediates may be skipped, the last never. `event` and `data` of the schema are the fields of that name, and a beat is a comment.',
    headers: ['Last-Event-ID'],
    replies: {
      200: {
        description: 'The stream.',
        mediaType: 'text/event-stream',
        headers: ['X-Accel-Buffering'],
      },
      204: { description: 'Everything that was asked for is over: do not connect again.' },
    },
    // Only requests for a WebSocket may get `cross_site_request`.
    errors: ['batch_not_found', 'cross_site_request'],
  },
  async ({ request: { batchId }, scope, currentScope, store, streams, clock, headers }) => {
    // An EventSource connects again after every end, unless the answer is 204.
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
