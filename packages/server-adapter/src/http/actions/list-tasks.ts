import { listTasksSchema } from '@brandkit/core'
import { toTaskJson } from '../../runtime/to-task-json.js'
import { defineAction } from '../define-action.js'

/** `GET /api/jobs?action=list` pages through the caller's tasks, newest first, without payloads. */
export const listTasks = defineAction('list', { schema: listTasksSchema }, async ({ request, store, scope }) => {
  const { tasks, nextCursor } = await store.list(request, scope)
  return { body: { tasks: tasks.map(toTaskJson), nextCursor } }
})
