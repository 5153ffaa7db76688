import { type Action, ACTIONS, TaskError } from '@brandkit/core'
import { cancelTask } from './actions/cancel-task.js'
import { createTask } from './actions/create-task.js'
import { deleteTask } from './actions/delete-task.js'
import { getAudit } from './actions/get-audit.js'
import { getHealth } from './actions/get-health.js'
import { getOpenapi } from './actions/get-openapi.js'
import { getStats } from './actions/get-stats.js'
import { getStatus } from './actions/get-status.js'
import { getText } from './actions/get-text.js'
import { getUsage } from './actions/get-usage.js'
import { listTasks } from './actions/list-tasks.js'
import { processTask } from './actions/process-task.js'
import { retryTask } from './actions/retry-task.js'
import { watchTasks } from './actions/watch-tasks.js'
import type { ActionDefinition } from './define-action.js'

/** All actions by name. The compiler demands an entry for every action of the protocol. */
export const ACTION_DEFINITIONS: Record<Action, ActionDefinition> = {
  create: createTask,
  process: processTask,
  status: getStatus,
  text: getText,
  cancel: cancelTask,
  retry: retryTask,
  delete: deleteTask,
  list: listTasks,
  events: watchTasks,
  usage: getUsage,
  stats: getStats,
  audit: getAudit,
  health: getHealth,
  openapi: getOpenapi,
}

/** @throws TaskError `unknown_action`, or `invalid_request` when a query names more than one action */
export function findAction(query: URLSearchParams): ActionDefinition {
  const [name, ...others] = query.getAll('action')
  if (others.length > 0) throw new TaskError('invalid_request', 'Say `action` once: a request does one thing.')
  // `hasOwn`, because every object inherits names such as `constructor`.
  if (name !== undefined && Object.hasOwn(ACTION_DEFINITIONS, name)) return ACTION_DEFINITIONS[name as Action]
  throw new TaskError('unknown_action', `Say what to do with \`?action=\`: one of ${Object.keys(ACTIONS).join(', ')}.`)
}
