import { toTaskSummaryJson } from '../../runtime/to-task-json.js'
import { defineAction } from '../define-action.js'

/** `GET /api/jobs?action=list` pages through the caller's tasks, newest first, as summaries. */
export const listTasks = defineAction(
  'list',
  {
    id: 'listTasks',
    summary: 'List the caller’s tasks, newest first',
    description:
      'An operator gets the tenant’s. The rows are summaries: `action=status` reads payload, result and partial result by id. `status` is a comma-separated set, and so are `tags`, which a task must have all; `search` finds the beginnings of words of titles and tags. `cursor` is `nextCursor` of the page before; a page with `search` or `tags` may have fewer tasks than `limit` although another follows.',
    replies: { 200: { description: 'One page.' } },
    errors: [],
  },
  async ({ request, store, scope }) => {
    const { tasks, nextCursor } = await store.list(request, scope)
    return { body: { tasks: tasks.map(toTaskSummaryJson), nextCursor } }
  },
)
