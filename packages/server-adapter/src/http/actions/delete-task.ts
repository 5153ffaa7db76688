import { isTerminal, TASK_STATUSES, TaskError } from '@brandkit/core'
import { actorOf } from '../../principal.js'
import { actOnMatching, type MatchingAct, MATCHING_DESCRIPTION } from '../act-on-matching.js'
import { type ActionWork, defineAction } from '../define-action.js'
import { outOfReach } from '../find-task.js'

/** `POST /api/jobs?action=delete` removes payload, result and steps of an ended task. Its id then answers 410. */
export const deleteTask = defineAction(
  'delete',
  {
    id: 'deleteTask',
    summary: 'Remove what an ended task holds, or all ended tasks that match a filter',
    description: `Payload, result and steps are gone for good; the id answers 410 from then on. ${MATCHING_DESCRIPTION}`,
    replies: { 200: { description: 'Removed, now or before.' } },
    errors: ['task_not_found', 'task_is_active'],
  },
  async ({ request, ...work }) => {
    if ('filter' in request) return { body: await actOnMatching(request, deleteMatching(work), work) }
    await deleteOne(request.taskId, work)
    return { body: { taskId: request.taskId } }
  },
)

function deleteMatching(work: ActionWork): MatchingAct {
  const statuses = TASK_STATUSES.filter(isTerminal)
  return { statuses, order: 'together', act: (taskId) => deleteOne(taskId, work) }
}

/** @throws TaskError `task_not_found`, `forbidden`, `task_is_active` */
async function deleteOne(taskId: string, work: ActionWork): Promise<void> {
  const { store, scope, principal, logger, traceId } = work
  const deleted = await store.delete(taskId, scope, { by: actorOf(principal) })
  if (deleted) return logger.info('Deleted the content of a task', { taskId, traceId })

  const [task] = await store.find([taskId], scope, { without: 'payload' })
  if (!task) throw await outOfReach(taskId, 'delete', work)
  throw new TaskError('task_is_active', 'This task is still under way. Cancel it first, or wait for its end.')
}
