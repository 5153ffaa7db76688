import * as z from 'zod'
import { taskSchemas } from '../background-task.schema.js'
import { lazily } from '../lazily.js'
import * as LIMITS from '../limits.js'
import { TASK_STATUSES } from '../task-status.js'
import { usageSchemas } from '../usage.schema.js'
import type { Action } from './actions.js'
import { AUDIT_ACTIONS } from './audit-entry.js'
import { CANCEL_OUTCOMES, PROCESS_OUTCOMES, RETRY_STARTS, THROUGHPUT_SPANS, type ThroughputSpan } from './messages.js'
import { HEALTH_STATUSES, PART_STATUSES, WORKER_STATUSES } from './health.js'
import { newTaskSchemas } from './new-task.schema.js'

const SPANS = Object.keys(THROUGHPUT_SPANS) as [ThroughputSpan, ...ThroughputSpan[]]

/** The schemas of requests and responses. Their members are the schemas themselves, for code that compares identities. */
export const messageSchemas = lazily(() => {
  const { task, summary, batch, errorCode } = taskSchemas
  const { id, instant, tags, newTask } = newTaskSchemas

  /** The ids in one request. */
  const ids = z.array(id).min(1).max(LIMITS.tasksPerRequest)

  /** Comma-separated ids, each once. */
  const listedIds = z
    .string()
    .max(LIMITS.tasksPerRequest * (LIMITS.idCharacters + 1))
    .transform((text) => [...new Set(text.split(','))])
    .pipe(ids)

  /** Longest time to hold the answer until the task is newer than `If-None-Match`, in seconds. */
  const wait = z.coerce.number().min(0).max(LIMITS.waitSeconds).exactOptional()

  const hints = z.record(
    z.string(),
    z.object({ position: z.int().min(1).exactOptional(), estimatedCompletion: z.iso.datetime().exactOptional() }),
  )

  const reply = { pollAfterMs: z.number().min(0).exactOptional(), hints: hints.exactOptional() }
  const news = z.object({ tasks: z.array(task), hints: hints.exactOptional() })
  const nothing = z.object({})
  const count = z.int().min(0)

  const search = z.string().min(1).max(LIMITS.searchCharacters)
  const cursor = z.string().max(500)

  /** One request of an action for all tasks that match. */
  const matching = z.strictObject({
    filter: z
      .strictObject({
        all: z.literal(true).exactOptional(),
        brandId: id.exactOptional(),
        userId: id.exactOptional(),
        type: id.exactOptional(),
        status: z
          .union([z.enum(TASK_STATUSES).transform((status) => [status]), z.array(z.enum(TASK_STATUSES)).min(1)])
          .exactOptional(),
        batchId: id.exactOptional(),
        endedAfter: instant.exactOptional(),
        createdAfter: instant.exactOptional(),
        createdBefore: instant.exactOptional(),
        tags: tags.min(1).exactOptional(),
        search: search.exactOptional(),
      })
      .refine(
        (filter) => Object.keys(filter).length > 0,
        'Invalid input: the filter is empty; name a condition, or say { "all": true } for every task',
      ),
    dryRun: z.boolean().exactOptional(),
    cursor: cursor.exactOptional(),
  })
  const matched = z.object({
    matched: count,
    done: count,
    outcomes: z.array(
      z.union([
        z.object({ taskId: z.string(), outcome: z.literal('done'), newTaskId: z.string().exactOptional() }),
        z.object({ taskId: z.string(), outcome: z.literal('refused'), code: errorCode }),
      ]),
    ),
    nextCursor: z.string().nullable(),
  })

  /** The request (body or query) and the response of each action. */
  const actions = {
    /** One task, or a batch that is created whole or not at all. */
    create: {
      request: z.union([newTask, z.strictObject({ tasks: z.array(newTask).min(1).max(LIMITS.tasksPerRequest) })]),
      response: z.union([z.object({ task }), z.object({ batchId: z.string(), tasks: z.array(task) })]),
    },
    /** A signed message of a push queue: look at this task, or do a round of maintenance. */
    process: {
      request: z.union([z.strictObject({ taskId: id }), z.strictObject({ tick: z.literal(true) })]),
      response: z.object({ outcome: z.enum(PROCESS_OUTCOMES) }),
    },
    /** One task, up to 100, or a batch as a whole. */
    status: {
      request: z.union([
        z.strictObject({ taskId: id, wait }),
        z.strictObject({ taskIds: listedIds, wait }),
        z.strictObject({ batchId: id, wait }),
      ]),
      response: z.union([
        z.object({ task, ...reply }),
        z.object({ tasks: z.array(task), missing: z.array(z.string()), ...reply }),
        z.object({ batch, ...reply }),
      ]),
    },
    /** What a task's text has gained since the cursor. */
    text: {
      request: z.strictObject({
        taskId: id,
        /** From the previous reply. Empty or absent: from the beginning. */
        cursor: z.string().max(50).exactOptional(),
        wait,
      }),
      response: z.object({ text: z.string(), cursor: z.string(), from: count, isComplete: z.boolean() }),
    },
    /** One task (409 `task_is_over` when it ended in another way), several, all of a batch, or all that match a filter. */
    cancel: {
      request: z.union([
        z.strictObject({ taskId: id }),
        z.strictObject({ taskIds: ids }),
        z.strictObject({ batchId: id }),
        matching,
      ]),
      response: z.union([
        z.object({ task }),
        z.object({ outcomes: z.array(z.object({ taskId: z.string(), outcome: z.enum(CANCEL_OUTCOMES) })) }),
        matched,
      ]),
    },
    /**
     * Creates a new task with `retryOf` that repeats the work of a failed or cancelled task, or the work of any ended task
     * from one step on. A second request with the same `from` returns the same new task.
     */
    retry: {
      request: z.union([
        z.strictObject({
          taskId: id,
          from: z.union([z.enum(RETRY_STARTS), z.strictObject({ step: z.string().min(1) })]).exactOptional(),
        }),
        matching,
      ]),
      response: z.union([z.object({ task }), matched]),
    },
    /** Removes payload, result and steps of an ended task. Its id then answers 410 to its owner. */
    delete: {
      request: z.union([z.strictObject({ taskId: id }), matching]),
      response: z.union([z.object({ taskId: id }), matched]),
    },
    list: {
      request: z.strictObject({
        brandId: id.exactOptional(),
        userId: id.exactOptional(),
        type: id.exactOptional(),
        /** Comma-separated. */
        status: z
          .string()
          .transform((statuses) => [...new Set(statuses.split(','))])
          .pipe(z.array(z.enum(TASK_STATUSES)))
          .exactOptional(),
        batchId: id.exactOptional(),
        endedAfter: instant.exactOptional(),
        createdAfter: instant.exactOptional(),
        createdBefore: instant.exactOptional(),
        /** Comma-separated. */
        tags: z
          .string()
          .transform((list) => list.split(','))
          .pipe(tags)
          .exactOptional(),
        search: search.exactOptional(),
        cursor: cursor.exactOptional(),
        limit: z.coerce.number().int().min(1).max(LIMITS.tasksPerRequest).default(50),
      }),
      response: z.object({ tasks: z.array(summary), nextCursor: z.string().nullable() }),
    },
    /** A stream of all tasks of the caller, or of one batch. `response` is one message of the stream. */
    events: {
      request: z.strictObject({ batchId: id.exactOptional() }),
      response: z.discriminatedUnion('event', [
        z.object({ event: z.literal('snapshot'), data: news }),
        z.object({ event: z.literal('tasks'), data: news }),
        z.object({ event: z.literal('beat'), data: nothing }),
        z.object({ event: z.literal('reconnect'), data: z.object({ afterMs: z.number().min(0) }) }),
        z.object({ event: z.literal('unauthenticated'), data: nothing }),
        z.object({ event: z.literal('end'), data: nothing }),
      ]),
    },
    /** For operators. */
    stats: {
      /** The span of `throughput`. Default: no throughput. */
      request: z.strictObject({ throughput: z.enum(SPANS).exactOptional() }),
      response: z.object({
        queued: count,
        due: count,
        processing: count,
        completed: count,
        failed: count,
        cancelled: count,
        waitingMessages: count.exactOptional(),
        endedPerMinute: z.number().min(0),
        durations: z.record(z.string(), z.object({ count, medianMs: z.number().min(0), p95Ms: z.number().min(0) })),
        workers: z.object({ alive: count, slots: count }).exactOptional(),
        throughput: z
          .object({
            from: z.iso.datetime(),
            bucketMs: z.int().min(1),
            completed: z.array(count),
            failed: z.array(count),
            cancelled: z.array(count),
          })
          .exactOptional(),
        notices: z
          .object({
            waiting: count,
            dead: count,
            latestDead: z.array(
              z.object({
                taskId: id,
                target: z.string(),
                attempts: count,
                reason: z.string(),
                diedAt: z.iso.datetime(),
              }),
            ),
          })
          .exactOptional(),
        usage: usageSchemas.stats.exactOptional(),
      }),
    },
    /** What the caller has used in a month. */
    usage: {
      request: z.strictObject({ month: usageSchemas.month.exactOptional() }),
      response: usageSchemas.ofCaller,
    },
    /** Who did what, newest first. For operators. */
    audit: {
      request: z.strictObject({
        act: z.enum(AUDIT_ACTIONS).exactOptional(),
        by: id.exactOptional(),
        userId: id.exactOptional(),
        taskId: id.exactOptional(),
        cursor: cursor.exactOptional(),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
      response: z.object({
        entries: z.array(
          z.object({
            entryId: z.string(),
            at: z.iso.datetime(),
            action: z.enum(AUDIT_ACTIONS),
            by: z.string(),
            userId: z.string(),
            taskId: z.string().exactOptional(),
            count: count.exactOptional(),
          }),
        ),
        nextCursor: z.string().nullable(),
      }),
    },
    /** For load balancers, which do not sign in. */
    health: {
      request: z.strictObject({}),
      response: z.object({
        status: z.enum(HEALTH_STATUSES),
        parts: z.object({
          store: z.enum(PART_STATUSES),
          queue: z.enum(PART_STATUSES),
          worker: z.enum(WORKER_STATUSES),
        }),
      }),
    },
    /** This protocol as an OpenAPI 3.1 document. */
    openapi: {
      request: z.strictObject({}),
      response: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }),
    },
  } as const satisfies Record<Action, { request: z.ZodType; response: z.ZodType }>

  return { newTask, actions }
})

/** One task to create. A second step checks the payload by the catalog's schema of its type. */
export const newTaskSchema = lazily(() => messageSchemas.newTask)

/** The request (body or query) and the response of each action. */
export const PROTOCOL = lazily(() => messageSchemas.actions)

export type Protocol = typeof PROTOCOL
