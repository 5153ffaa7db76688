import { isTaskError, type TaskCatalog } from '@brandkit/core'
import { type KnownPrincipal, scopeOf } from '../../principal.js'
import type { TaskStore } from '../../store/task-store.js'
import type { Authorization } from '../authorization.js'
import type { NewTaskInput, UniqueReach } from './new-task.js'
import type { EarlierTask } from './references-of.js'

/** What new tasks must know of others: those with `after`, and those of types with `unique`. */
export interface Knowledge {
  reach?: UniqueReach
  /** The tasks that may be followed. Those of a batch join as they are made. */
  earlier?: Map<string | number, EarlierTask>
}

interface KnowledgeOptions {
  catalog: TaskCatalog
  store: TaskStore
  authorization: Authorization
}

export function createKnowledge({ catalog, store, authorization }: KnowledgeOptions) {
  function isUnique({ type }: { type: string }): boolean {
    return Object.hasOwn(catalog, type) && catalog[type]?.unique !== undefined
  }

  /** How far the caller sees and cancels tasks under way. */
  async function reachOf(principal: KnownPrincipal): Promise<UniqueReach> {
    const scopeFor = (action: 'status' | 'cancel') =>
      authorization(principal, action).catch((error: unknown) => {
        if (isTaskError(error) && error.code === 'forbidden') return scopeOf({ ...principal, brandIds: [] }, 'own')
        throw error
      })
    const [status, cancel] = await Promise.all([scopeFor('status'), scopeFor('cancel')])
    return { status, cancel }
  }

  return {
    isUnique,
    reachOf,
    isNeededFor: (input: NewTaskInput) => input.after !== undefined || isUnique(input),
    async learn(principal: KnownPrincipal, inputs: readonly NewTaskInput[]): Promise<Required<Knowledge>> {
      const reach = await reachOf(principal)
      const ids = inputs.flatMap(({ after = [] }) => after.filter((name) => typeof name === 'string'))
      const found = ids.length > 0 ? await store.find(ids, reach.status, { without: 'payload' }) : []
      return { reach, earlier: new Map(found.map((task) => [task.taskId, task])) }
    },
  }
}
