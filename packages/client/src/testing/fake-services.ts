import { isTerminal, type TaskCatalog, TaskError, type TaskHints, type TaskJson } from '@brandkit/core'
import type { FakeClock } from './fake-clock.js'
import type { FakeScenario } from './fake-scenario.js'
import type { FakeTask } from './fake-task.js'
import type { FakeTaskStore } from './fake-task-store.js'
import { type FakeUser, maySee } from './fake-user.js'

/** What every action of a fake server may use. */
export interface FakeServices {
  store: FakeTaskStore
  clock: FakeClock
  catalog: TaskCatalog
  serves: readonly string[]
  scenarioOf: (task: TaskJson) => FakeScenario | null
  pollAfterMs: number
  /** What a test says of a task; wins over what would be guessed. */
  hints: Readonly<Record<string, TaskHints>>
  nextId: () => string
}

/** One request, after it was told who asks. */
export interface FakeCall<Input> extends FakeServices {
  input: Input
  user: FakeUser
  request: Request
}

export function visibleTasks({ store }: Pick<FakeServices, 'store'>, user: FakeUser): FakeTask[] {
  return store.all().filter((task) => isVisible(task, user))
}

export function isVisible({ tenantId, json }: FakeTask, user: FakeUser): boolean {
  return maySee(user, { tenantId, userId: json.userId, brandId: json.brandId })
}

/** @throws TaskError `task_not_found` for what is unknown, and the very same for what is somebody else's. */
export function findTask({ store }: Pick<FakeServices, 'store'>, user: FakeUser, taskId: string): FakeTask {
  const task = store.get(taskId)
  if (task && isVisible(task, user)) return task
  throw new TaskError('task_not_found', 'There is no such task. It may belong to another account.')
}

/** Oldest first. @throws TaskError `batch_not_found` */
export function findBatch(services: Pick<FakeServices, 'store'>, user: FakeUser, batchId: string): FakeTask[] {
  const members = visibleTasks(services, user).filter(({ json }) => json.batchId === batchId)
  if (members.length > 0) return members
  throw new TaskError('batch_not_found', 'There is no such batch. It may belong to another account.')
}

/** What may be said beside the facts: the place in the queue, and when the work may be done. */
export function hintsOf(tasks: readonly FakeTask[], { store, clock, hints }: FakeServices): Record<string, TaskHints> {
  const queue = store.all().filter(({ json }) => json.status === 'queued')
  const guesses = tasks
    .filter(({ json }) => !isTerminal(json.status))
    .map((task): [string, TaskHints] => {
      const end = task.coming.at(-1)
      const position = queue.indexOf(task) + 1
      return [
        task.json.taskId,
        {
          ...(position > 0 && { position: Math.min(position, 1_000) }),
          ...(end && { estimatedCompletion: new Date(Math.max(end.at, clock.now())).toISOString() }),
          ...hints[task.json.taskId],
        },
      ]
    })
  return Object.fromEntries(guesses)
}
