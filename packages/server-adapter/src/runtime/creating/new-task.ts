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
import type { TaskScope } from '../../principal.js'
import type { NewStoredTask, StoredTask } from '../../store/task-store.js'
import type { UniqueWork } from '../../store/unique-work.js'
import { describeIssues, toFieldIssues } from '../../field-issues.js'
import { keepData, keepParsed, type KeepRule } from '../keep-data.js'
import { kindOf } from '../plain-message.js'
import { readStoredPayload } from '../stored-data.js'
import { type EarlierTasks, referencesOf } from './references-of.js'
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
  tags?: readonly string[] | undefined
  /** The tasks that must complete first, by id, or by position in the batch. */
  after?: readonly (string | number)[] | undefined
}

/** What the principal and the request say about a new task, beside its input. */
interface NewTaskContext {
  owner: Pick<NewStoredTask, 'tenantId' | 'userId' | 'createdBy'>
  traceId: string
  /** The principal's ceiling. */
  maxPriority: TaskPriority
  /** The priority when the request names none. Default `normal`. */
  defaultPriority?: TaskPriority | undefined
  batchId?: string | undefined
  /** The tasks that inputs may name in `after`, by id, and by position in the batch. */
  earlier?: EarlierTasks | undefined
  /** The tasks that the caller may see, and cancel. Needed for types with unique work. */
  reach?: UniqueReach | undefined
  /** The task that is retried. The new task takes its title, tags and batch. */
  retryOf?: StoredTask | undefined
}

/** The scopes of a principal for tasks that are under way. */
export interface UniqueReach {
  status: TaskScope
  cancel: TaskScope
}

/**
 * Checks a request against the catalog and makes the row to store.
 *
 * @throws TaskError `unknown_task_type`, `task_type_not_served`, `invalid_payload`, `payload_too_large`, `payload_outdated`
 * @throws TypeError when the payload's schema cannot read its own output, or `title` or `unique` gives no text
 */
export type ToNewTask = (input: NewTaskInput, context: NewTaskContext) => NewStoredTask

interface NewTaskOptions {
  catalog: TaskCatalog
  /** The types that have a generator. */
  servedTypes: ReadonlySet<string>
  /** How long a task may wait for its start, in milliseconds, unless the catalog says otherwise. */
  timeToLiveMs: number
  createId: () => string
  logger: TaskLogger
}

export function createToNewTask({ catalog, servedTypes, timeToLiveMs, createId, logger }: NewTaskOptions): ToNewTask {
  const kinds = new Map(
    Object.entries(catalog)
      .filter(([type]) => servedTypes.has(type))
      .map(([type, definition]) => [type, toKind(type, definition)]),
  )

  /** The error for a type that no task here can have. */
  function unfitType(type: string): TaskError {
    // `hasOwn`, because every object inherits names such as `toString`.
    if (!Object.hasOwn(catalog, type)) {
      return new TaskError(
        'unknown_task_type',
        `There is no task type "${toPrintable(type)}". Known types: ${Object.keys(catalog).join(', ')}.`,
      )
    }
    return new TaskError('task_type_not_served', `This server has no generator for ${type}. Add one to \`generators\`.`)
  }

  return (
    input,
    { owner, traceId, maxPriority, defaultPriority = 'normal', earlier, reach, retryOf, batchId = retryOf?.batchId },
  ) => {
    const kind = kinds.get(input.type)
    if (!kind) throw unfitType(input.type)
    const { definition, rule } = kind
    const { data: payload, json } = retryOf
      ? keepParsed(readStoredPayload(retryOf, definition, logger), rule)
      : keepData(input.payload ?? null, rule)
    return {
      taskId: createId(),
      tenantId: owner.tenantId,
      userId: owner.userId,
      createdBy: owner.createdBy,
      brandId: input.brandId,
      type: input.type,
      typeVersion: definition.version,
      // A copy, so that the app's `title` function cannot change the stored payload.
      payload: JSON.parse(json),
      title: retryOf?.title ?? titleOf(definition, input.type, payload),
      steps: kind.steps,
      priority: lowestPriority([input.priority ?? defaultPriority, maxPriority, kind.maxPriority]),
      maxRetries: Math.min(input.maxRetries ?? Infinity, kind.maxRetries),
      traceId,
      batchId,
      tags: retryOf ? retryOf.tags : input.tags,
      retryOf: retryOf?.taskId,
      runAt: input.runAt === undefined ? undefined : new Date(input.runAt).toISOString(),
      timeoutMs: kind.timeoutMs,
      timeToLiveMs: definition.timeToLiveMs ?? timeToLiveMs,
      deadlineMs: definition.deadlineMs,
      ...(input.after && { after: referencesOf(input, earlier) }),
      unique: definition.unique && reach && uniqueWorkOf(definition, { ...input, payload }, reach),
    }
  }
}

/** The parts that all new tasks of a type share. */
function toKind(type: string, definition: TaskDefinition) {
  return {
    definition,
    rule: payloadRule(type, definition),
    steps: Object.entries(definition.steps).map(([key, { title }]) => ({ key, title: toPrintable(title) })),
    maxPriority: definition.maxPriority ?? 'high',
    maxRetries: definition.maxRetries ?? DEFAULT_MAX_RETRIES,
    timeoutMs: definition.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  }
}

/** @throws TypeError when the app's `title` function gives no text */
function titleOf(definition: TaskDefinition, type: string, payload: unknown): string {
  const title: unknown = definition.title({ payload })
  if (typeof title === 'string') return cutCharacters(toPrintable(title), LIMITS.titleCharacters)
  if (title instanceof Promise) void handled(title)
  throw new TypeError(`The title of ${type} is ${kindOf(title)}; it must be a text.`)
}

/** @throws TypeError when the app's `unique` function throws, or gives neither a text of some characters nor null */
function uniqueWorkOf(
  definition: TaskDefinition,
  { type, brandId, payload }: Pick<NewTaskInput, 'type' | 'brandId' | 'payload'>,
  reach: UniqueReach,
): UniqueWork | undefined {
  const { onConflict = 'return' } = definition
  const key: unknown = askForKey(definition, { type, brandId, payload })
  if (key === null) return undefined
  if (typeof key === 'string' && key.length > 0 && key.length <= LIMITS.uniqueKeyCharacters) {
    return { key, onConflict, scope: onConflict === 'replace' ? reach.cancel : reach.status }
  }
  if (key instanceof Promise) void handled(key)
  const given = typeof key === 'string' ? `a text of ${key.length} characters` : kindOf(key)
  throw new TypeError(
    `The unique key of ${type} is ${given}; it must be a text of 1 to ${LIMITS.uniqueKeyCharacters} characters, or null for a task that may run beside others.`,
  )
}

function askForKey(definition: TaskDefinition, { type, ...task }: { type: string; brandId: string; payload: unknown }) {
  try {
    return definition.unique?.(task)
  } catch (cause) {
    throw new TypeError(`\`unique\` of ${type} threw: ${describeError(cause)}`, { cause })
  }
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
