import { TaskError } from '@brandkit/core'
import { defineAction } from '../define-action.js'
import { outOfReach } from '../find-task.js'

/** `POST /api/jobs?action=delete` removes payload, result and steps of an ended task. Its id then answers 410. */
export const deleteTask = defineAction(
  'delete',
  {
    id: 'deleteTask',
    summary: 'Remove what an ended task holds',
    description: 'Payload, result and steps are gone for good; the id answers 410 from then on.',
    replies: { 200: { description: 'Removed, now or before.' } },
    errors: ['task_not_found', 'task_is_active'],
  },
  async ({ request: { taskId }, store, scope, logger, traceId, ...services }) => {
    const deleted = await store.delete(taskId, scope)
    if (deleted) {
      logger.info('Deleted the content of a task', { taskId, traceId })
      return { body: { taskId } }
    }

    const [task] = await store.find([taskId], scope, { without: 'payload' })
    if (!task) throw await outOfReach(taskId, 'delete', { store, ...services })
    throw new TaskError('task_is_active', `Task ${taskId} is ${task.status}. Cancel it first, or wait for its end.`)
  },
)
