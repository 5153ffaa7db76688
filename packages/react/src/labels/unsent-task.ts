import type { TaskConnection, UnsentTask } from '@brandkit/client'
import type { TaskJson, TaskSummary } from '@brandkit/core'
import { toAppTask } from '../queries/to-app-task.js'
import type { Translate } from './translate.js'
import type { TaskTitles } from '../provider/task-context.js'
import type { CornerLabelKey } from '../locales/task-labels.js'

interface NamingOptions {
  catalog: TaskTitles | undefined
  translate: Translate
  getTitle?: ((task: TaskSummary) => string) | undefined
}

/** The title that a create will have as a task: the app's, the catalog's, or the name of its type. */
export function titleOfUnsent(unsent: UnsentTask, { catalog, translate, getTitle }: NamingOptions): string {
  const task = toAppTask(foreseeTask(unsent, { catalog, userId: null }))
  return getTitle?.(task) ?? translate.title(task)
}

/** The task that a create will be, as far as a page can tell. */
export function foreseeTask(
  unsent: UnsentTask,
  { catalog, userId }: { catalog: TaskTitles | undefined; userId: string | null },
): TaskJson {
  const { type, payload } = unsent.input
  const owner = userId ?? ''
  return { ...toUnsentTask(unsent, titleIn(catalog, type, payload)), userId: owner, createdBy: owner }
}

/** The catalog's title. The server has not checked the payload yet, so an app's function may fail on it. */
function titleIn(catalog: TaskTitles | undefined, type: string, payload: unknown): string {
  try {
    const title: unknown = catalog?.[type]?.title({ payload: payload as never })
    return typeof title === 'string' ? title : ''
  } catch {
    return ''
  }
}

/** What a page can tell of a task that the server does not have: for the app's `getTitle`, and for its form after a refusal. */
export function toUnsentTask({ key, input, at, traceId, refusal }: UnsentTask, title: string): TaskJson {
  const createdAt = new Date(at).toISOString()
  const failure = refusal && {
    status: 'failed',
    completedAt: createdAt,
    errorCode: refusal.code,
    lastError: refusal.message,
  }
  return {
    taskId: key,
    userId: '',
    createdBy: '',
    brandId: input.brandId,
    type: input.type,
    payload: input.payload,
    title,
    status: 'queued',
    progress: 0,
    priority: input.priority ?? 'normal',
    queuedAt: createdAt,
    createdAt,
    updatedAt: createdAt,
    runAt: toTime(input.runAt) ?? createdAt,
    retryCount: 0,
    maxRetries: input.maxRetries ?? 0,
    version: 0,
    traceId,
    tags: [...(input.tags ?? [])],
    ...failure,
  } as TaskJson
}

/** The server has not checked the time either. */
function toTime(runAt: Date | string | undefined): string | undefined {
  const date = new Date(runAt ?? NaN)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** Says when a create will be sent. */
export function labelOfUnsent(
  { state }: Pick<UnsentTask, 'state'>,
  connection: TaskConnection['state'],
): CornerLabelKey {
  if (state !== 'waiting') return `unsent.${state}`
  if (connection === 'auth-required') return 'unsent.signedOut'
  return connection === 'offline' ? 'unsent.offline' : 'unsent.later'
}
