import {
  cutCharacters,
  describeError,
  handled,
  isTaskError,
  LIMITS,
  TASK_PRIORITIES,
  type TaskCatalog,
  type TaskDefinition,
  TaskError,
  type TaskLogger,
  type TaskPriority,
  toPrintable,
} from '@brandkit/core'
import type { NewStoredTask, StoredTask } from '../../store/task-store.js'
import { describeIssues, toFieldIssues } from '../../field-issues.js'
import { keepData, keepParsed, type KeepRule } from '../keep-data.js'
import { readStoredPayload } from '../stored-data.js'
import { DEFAULT_MAX_RETRIES, DEFAULT_TIMEOUT_MS } from '../timings.js'

/** A new task as a request or server code describes it, not yet checked against the catalog. */
export interface NewTaskInput {
  type: string
  brandId: string
  payload: unknown
  priority?: TaskPriority | undefined
  maxRetries?: number | undefined
  /** ISO 8601, within the years 1 to 9999. */
  runAt?: string | undefined
}

interface NewTaskContext {
  catalog: TaskCatalog
  /** The types that have a generator. */
  servedTypes: ReadonlySet<string>
  owner: Pick<NewStoredTask, 'tenantId' | 'userId' | 'createdBy'>
  traceId: string
  /** How long the task may wait for its start, in milliseconds, unless the catalog says otherwise. */
  timeToLiveMs: number
  /** The principal's ceiling. */
  maxPriority: TaskPriority
  /** The priority when the request names none. Default `normal`. */
  defaultPriority?: TaskPriority | undefined
  batchId?: string | undefined
  /** The task that is retried. The new task takes its title and batch. */
  retryOf?: StoredTask | undefined
  createId: () => string
  logger: TaskLogger
}

/**
 * Checks a request against the catalog and makes the row to store.
 *
 * @throws TaskError `unknown_task_type`, `task_type_not_served`, `invalid_payload`, `payload_too_large`, `payload_outdated`
 * @throws TypeError when the payload's schema cannot read its own output
 */
export function toNewTask(input: NewTaskInput, context: NewTaskContext): NewStoredTask {
  const { owner, traceId, retryOf, batchId = retryOf?.batchId } = context
  const definition = definitionOf(input.type, context)
  const rule = payloadRule(input.type, definition)
  const { data: payload, json } = retryOf
    ? keepParsed(readStoredPayload(retryOf, definition, context.logger), rule)
    : keepData(input.payload ?? null, rule)
  return {
    taskId: context.createId(),
    ...owner,
    brandId: input.brandId,
    type: input.type,
    typeVersion: definition.version,
    // A copy, so that the app's `title` function cannot change the stored payload.
    payload: JSON.parse(json),
    title: retryOf?.title ?? titleOf(definition, input.type, payload),
    steps: Object.entries(definition.steps).map(([key, { title }]) => ({ key, title: toPrintable(title) })),
    priority: lowestPriority([
      input.priority ?? context.defaultPriority ?? 'normal',
      context.maxPriority,
      definition.maxPriority ?? 'high',
    ]),
    maxRetries: Math.min(input.maxRetries ?? Infinity, definition.maxRetries ?? DEFAULT_MAX_RETRIES),
    traceId,
    batchId,
    retryOf: retryOf?.taskId,
    runAt: input.runAt === undefined ? undefined : new Date(input.runAt).toISOString(),
    timeoutMs: definition.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    timeToLiveMs: definition.timeToLiveMs ?? context.timeToLiveMs,
    deadlineMs: definition.deadlineMs,
  }
}

/** @throws TypeError when the app's `title` function gives no text */
function titleOf(definition: TaskDefinition, type: string, payload: unknown): string {
  const title: unknown = definition.title({ payload })
  if (typeof title === 'string') return cutCharacters(toPrintable(title), LIMITS.titleCharacters)
  if (title instanceof Promise) void handled(title)
  throw new TypeError(`The title of ${type} is ${title === null ? 'null' : `a ${typeof title}`}; it must be a text.`)
}

function definitionOf(type: string, { catalog, servedTypes }: NewTaskContext): TaskDefinition {
  // `hasOwn`, because every object inherits names such as `toString`.
  const definition = Object.hasOwn(catalog, type) ? catalog[type] : undefined
  if (!definition) {
    throw new TaskError(
      'unknown_task_type',
      `There is no task type "${toPrintable(type)}". Known types: ${Object.keys(catalog).join(', ')}.`,
    )
  }
  if (!servedTypes.has(type)) {
    throw new TaskError('task_type_not_served', `This server has no generator for ${type}. Add one to \`generators\`.`)
  }
  return definition
}

function payloadRule(type: string, { payload: schema }: TaskDefinition): KeepRule {
  return {
    schema,
    limit: {
      what: 'The payload',
      maxBytes: LIMITS.payloadBytes,
      code: 'invalid_payload',
      tooLargeCode: 'payload_too_large',
    },
    unfit(error) {
      const issues = toFieldIssues(error, ['payload'])
      return new TaskError('invalid_payload', `The payload is invalid: ${describeIssues(issues)}`, { issues })
    },
    made: {
      what: `The payload, with what the schema of ${type} makes of it,`,
      // Defaults may push a large payload over the limit, which the caller can correct. Other errors are the schema's fault.
      unkeepable: (cause) =>
        isTaskError(cause) && cause.code === 'payload_too_large'
          ? cause
          : new TypeError(describeError(cause), { cause }),
    },
    unstable: (reason) =>
      new TypeError(
        `The payload's schema of ${type} cannot read its own output: ${reason}. A payload is parsed when it is created and again when it runs, so move what transforms it into the generator.`,
      ),
  }
}

function lowestPriority(priorities: readonly TaskPriority[]): TaskPriority {
  return TASK_PRIORITIES.find((priority) => priorities.includes(priority)) ?? 'normal'
}
