import {
  createTraceId,
  cutCharacters,
  fromTraceparent,
  isTerminal,
  LIMITS,
  type TaskDefinition,
  TaskError,
  type TaskJson,
  toPrintable,
} from '@brandkit/core'
import { PROTOCOL } from '@brandkit/core/schemas'
import type { FakeReply } from './fake-reply.js'
import { byteLength, parseBy } from './fake-request.js'
import { type FakeCall, findTask } from './fake-services.js'
import type { FakeTask } from './fake-task.js'
import { assertBrand, lowestPriority, toOwner } from './fake-user.js'

type CreateInput = (typeof PROTOCOL.create)['request'] extends { safeParse(value: unknown): { data?: infer I } }
  ? NonNullable<I>
  : never
type NewTask = Exclude<CreateInput, { tasks: unknown }>

/** What was created under which key, and for which request. */
export type FakeKeys = Map<string, { request: string; tasks: readonly FakeTask[] }>

export function createTasks({ keys, ...call }: FakeCall<object> & { keys: FakeKeys }): FakeReply {
  const input = parseBy(PROTOCOL.create.request, call.input, { code: 'invalid_request' })
  const inputs = 'tasks' in input ? input.tasks : [input]
  const batchId = 'tasks' in input ? call.nextId() : undefined
  // All are checked before the first is stored: a batch is created whole or not at all.
  const drafts = inputs.map((entry) => toDraft(entry, call))

  const key = toKey(call)
  const request = JSON.stringify(input)
  const known = key === undefined ? undefined : keys.get(key)
  if (known && known.request !== request)
    throw new TaskError('idempotency_key_reused', 'This Idempotency-Key belongs to another request. Use a fresh one.')
  const tasks = known?.tasks ?? drafts.map((draft) => store(draft, batchId, call))
  if (key !== undefined) keys.set(key, { request, tasks })

  const [first] = tasks
  if (!('tasks' in input) && first) return accepted({ task: first.json }, `taskId=${first.json.taskId}`)
  const ids = tasks.map(({ json }) => json.taskId).join(',')
  return accepted({ batchId: first?.json.batchId, tasks: tasks.map(({ json }) => json) }, `taskIds=${ids}`)
}

/** Does the work of a failed or cancelled task again. Asking twice gives the same task. */
export function retryTask(call: FakeCall<object>): FakeReply {
  const { taskId } = parseBy(PROTOCOL.retry.request, call.input, { code: 'invalid_request' })
  const { json, isPurged, tenantId } = findTask(call, call.user, taskId)
  if (isPurged) throw new TaskError('task_gone', `Task ${taskId} has ended and its content was removed.`)
  if (!isTerminal(json.status))
    throw new TaskError('task_is_active', `Task ${taskId} is ${json.status}; nothing is to be retried.`)
  if (json.status === 'completed')
    throw new TaskError('task_is_over', `Task ${taskId} is completed; nothing is to be retried.`)

  const known = call.store.all().find((task) => task.json.retryOf === taskId)
  const task = known ?? store({ json: toFresh(json), tenantId }, json.batchId, call, taskId)
  return accepted({ task: task.json }, `taskId=${task.json.taskId}`)
}

/** 202: the work itself is still to come (RFC 9110, section 15.3.3). */
function accepted(body: object, query: string): FakeReply {
  return { status: 202, headers: { location: `?action=status&${query}`, 'retry-after': '1' }, body }
}

interface Draft {
  json: Pick<
    TaskJson,
    'brandId' | 'type' | 'payload' | 'title' | 'priority' | 'maxRetries' | 'steps' | 'userId' | 'createdBy'
  >
  runAt?: string | undefined
  tenantId: string
}

/** @throws TaskError `forbidden`, `unknown_task_type`, `task_type_not_served`, `payload_too_large`, `invalid_payload` */
function toDraft(input: NewTask, { user, catalog, serves }: FakeCall<object>): Draft {
  assertBrand(user, input.brandId)
  const definition: TaskDefinition | undefined = Object.hasOwn(catalog, input.type) ? catalog[input.type] : undefined
  if (!definition) throw new TaskError('unknown_task_type', `There is no task type "${toPrintable(input.type)}".`)
  if (!serves.includes(input.type))
    throw new TaskError('task_type_not_served', `This server does not do ${input.type}.`)
  if (byteLength(JSON.stringify(input.payload ?? null)) > LIMITS.payloadBytes)
    throw new TaskError('payload_too_large', `The payload is larger than ${LIMITS.payloadBytes / 1_024} KB.`)
  const payload = parseBy(definition.payload, input.payload ?? null, { code: 'invalid_payload', prefix: ['payload'] })
  const json = {
    userId: user.userId,
    createdBy: user.actorId ?? user.userId,
    brandId: input.brandId,
    type: input.type,
    payload,
    title: cutCharacters(toPrintable(definition.title({ payload })), LIMITS.titleCharacters),
    steps: Object.entries(definition.steps).map(([key, { title }]) => ({ key, title, status: 'pending' as const })),
    priority: lowestPriority([
      input.priority ?? 'normal',
      user.maxPriority ?? 'normal',
      definition.maxPriority ?? 'high',
    ]),
    maxRetries: Math.min(input.maxRetries ?? Infinity, definition.maxRetries ?? 3),
  }
  return { json: json as Draft['json'], runAt: input.runAt, tenantId: user.tenantId ?? 'default' }
}

function toFresh(json: TaskJson): Draft['json'] {
  const { userId, createdBy, brandId, type, payload, title, steps = [], priority, maxRetries } = json
  const pending = steps.map(({ key, title: name }) => ({ key, title: name, status: 'pending' as const }))
  return { userId, createdBy, brandId, type, payload, title, steps: pending, priority, maxRetries }
}

function store(
  { json, runAt, tenantId }: Draft,
  batchId: string | undefined,
  call: FakeCall<object>,
  retryOf?: string,
) {
  const now = new Date(call.clock.now()).toISOString()
  const task = {
    ...json,
    taskId: call.nextId(),
    status: 'queued',
    progress: 0,
    queuedAt: now,
    createdAt: now,
    updatedAt: now,
    runAt: runAt === undefined ? now : new Date(runAt).toISOString(),
    retryCount: 0,
    version: 1,
    traceId: fromTraceparent(call.request.headers.get('traceparent')) ?? createTraceId(),
    ...(batchId !== undefined && { batchId }),
    ...(retryOf !== undefined && { retryOf }),
  } as TaskJson
  return call.store.add(task, { tenantId, scenario: call.scenarioOf(task) })
}

/** @throws TaskError `invalid_request` when the key could not be kept as it is. */
function toKey({ request, user }: FakeCall<object>): string | undefined {
  const key = request.headers.get('idempotency-key')
  if (key === null) return undefined
  if (/^[\x21-\x7e]+$/.test(key) && key.length <= LIMITS.idCharacters) return `${toOwner(user)} ${key}`
  throw new TaskError(
    'invalid_request',
    `The Idempotency-Key must be 1 to ${LIMITS.idCharacters} visible ASCII characters, for example a UUID.`,
  )
}
