import { createTraceId, errorCodeOf, fromTraceparent, type TaskErrorCode } from '@brandkit/core'
import type * as OpenTelemetryApi from '@opentelemetry/api'
import type { Attributes, Context, Span, SpanContext, SpanOptions } from '@opentelemetry/api'
import type { StoredTask } from '../store/task-store.js'
import type { StoreStats } from '../store/store-outlook.js'
import type { LifecycleStage, TaskLifecycleEvent } from './lifecycle.js'
import { createTaskMetrics } from './task-metrics.js'

type Api = typeof OpenTelemetryApi

/**
 * Spans and metrics by OpenTelemetry, where the app has installed and set up `@opentelemetry/api`; otherwise nothing.
 *
 * Spans: `create TYPE` (producer), `queue TYPE` (from when it was due to its claim), `process TYPE` (consumer, one an
 * attempt), `step KEY`, each the child of the one before, in whatever process. Each call of a driver besides, such as
 * `claim postgres` and `enqueue pg-boss` (client), the child of what called it. Names and kinds follow the semantic
 * conventions for messaging and for databases. Metrics: `brandkit.task.queued`, `.running`, `.duration` (seconds), `.retries`, and
 * `brandkit.lease.losses`. None holds payloads, results, error texts or user ids.
 */
export interface Telemetry {
  /** Looks for the package, once. `stats` is asked whenever metrics are collected. */
  open(stats: () => Promise<StoreStats>): Promise<void>
  close: () => void
  /** The trace that is under way where this is called, for example by an instrumentation of HTTP. */
  activeTraceId: () => string | null
  /** Around a create. `run` gets the `traceparent` to keep with the tasks, for the worker that runs them. */
  create<T>(facts: CreateFacts, run: (traceparent: string | undefined) => Promise<T>): Promise<T>
  /** Around an attempt. `run` notes what came of it; without a note it was lost to another. */
  attempt(task: StoredTask, run: (note: NoteOutcome) => Promise<void>): Promise<void>
  /** Around a step that runs. */
  step<T>(key: string, run: () => T | Promise<T>): Promise<T>
  /** Around a call of the store or the queue backend. When nothing records spans, `run` alone, without another promise. */
  call<T>(facts: CallFacts, run: () => Promise<T>): Promise<T>
  /** Counts what the lifecycle tells. */
  record: (event: TaskLifecycleEvent) => void
  /** Counts leases that ran out because their worker was gone or stood still. */
  leasesLost(count: number): void
}

export interface CreateFacts {
  types: readonly string[]
  traceId: string
  /** The request's, if it had one. */
  traceparent: string | null | undefined
}

export interface CallFacts {
  seam: 'store' | 'queue'
  /** The name of the driver. */
  driver: string
  /** The method of the seam. */
  operation: string
}

export type NoteOutcome = (stage: LifecycleStage, errorCode: TaskErrorCode | undefined) => void

const NAME = '@brandkit/server-adapter'

export function createTelemetry(): Telemetry {
  let otel: OpenTelemetry | null = null

  return {
    async open(stats) {
      if (otel) return
      const api = await importApi()
      if (api) otel = speakThrough(api, stats)
    },
    close() {
      otel?.close()
      otel = null
    },
    activeTraceId: () => otel?.activeTraceId() ?? null,
    create: (facts, run) => (otel ? otel.create(facts, run) : run(undefined)),
    attempt: (task, run) => (otel ? otel.attempt(task, run) : run(() => {})),
    step: async (key, run) => (otel ? otel.step(key, run) : run()),
    call: (facts, run) => (otel ? otel.call(facts, run) : run()),
    record: (event) => otel?.record(event),
    leasesLost: (count) => otel?.leasesLost(count),
  }
}

/** The comments keep bundlers from demanding a package that the app may do without. */
async function importApi(): Promise<Api | null> {
  try {
    return await import(/* webpackIgnore: true */ /* @vite-ignore */ '@opentelemetry/api')
  } catch {
    return null
  }
}

type OpenTelemetry = Omit<Telemetry, 'open'>

function speakThrough(api: Api, stats: () => Promise<StoreStats>): OpenTelemetry {
  const tracer = api.trace.getTracer(NAME)
  const metrics = createTaskMetrics(api.metrics.getMeter(NAME), stats)

  async function inSpan<T>(
    name: string,
    { parent = api.context.active(), ...options }: SpanOptions & { parent?: Context },
    run: (span: Span) => T | Promise<T>,
  ): Promise<T> {
    return runIn(startSpan(name, options, parent), parent, run)
  }

  /** Runs within the span, ends it, and marks it when `run` fails. */
  async function runIn<T>(span: Span, parent: Context, run: (span: Span) => T | Promise<T>): Promise<T> {
    try {
      return await api.context.with(api.trace.setSpan(parent, span), run, undefined, span)
    } catch (error) {
      markFailed(span, codeOf(error))
      throw error
    } finally {
      endSpan(span)
    }
  }

  /** The app's own samplers and processors run in here and in `endSpan`: what they throw must not become a task's failure. */
  function startSpan(name: string, options: SpanOptions, parent: Context): Span {
    try {
      return tracer.startSpan(name, options, parent)
    } catch (error) {
      api.diag.error(`${NAME}: the span "${name}" could not be started`, error)
      return api.trace.wrapSpanContext(api.INVALID_SPAN_CONTEXT)
    }
  }

  function endSpan(span: Span, at?: Date): void {
    try {
      span.end(at)
    } catch (error) {
      api.diag.error(`${NAME}: a span could not be ended`, error)
    }
  }

  function markFailed(span: Span, code: string): void {
    span.setAttribute('error.type', code)
    span.setStatus({ code: api.SpanStatusCode.ERROR, message: code })
  }

  /** An app that traces without an SDK has spans whose ids are all zeros: those are nobody's parents. */
  function activeSpan(): SpanContext | null {
    const active = api.trace.getActiveSpan()?.spanContext()
    return active && api.isSpanContextValid(active) ? active : null
  }

  const under = (parent: SpanContext) => api.trace.setSpanContext(api.ROOT_CONTEXT, { ...parent, isRemote: true })

  return {
    close: metrics.close,
    activeTraceId: () => activeSpan()?.traceId ?? null,
    create({ types, traceId, traceparent }, run) {
      const name = types.length === 1 ? `create ${types[0]}` : 'create batch'
      const parent = activeSpan()
        ? api.context.active()
        : under(parseTraceparent(traceparent) ?? { traceId, spanId: createTraceId().slice(16), traceFlags: SAMPLED })
      const attributes = { 'messaging.batch.message_count': types.length }
      return inSpan(name, { parent, kind: api.SpanKind.PRODUCER, attributes }, (span) =>
        run(toTraceparent(span.spanContext())),
      )
    },
    async attempt(task, run) {
      const attributes = attributesOf(task)
      const created = parseTraceparent(task.traceparent)
      const origin = created ? under(created) : api.ROOT_CONTEXT
      const queue = startSpan(`queue ${task.type}`, { startTime: new Date(task.runAt), attributes }, origin)
      endSpan(queue, new Date(task.updatedAt))
      metrics.running.add(1, { 'brandkit.task.type': task.type })
      try {
        const parent = api.trace.setSpan(origin, queue)
        await inSpan(`process ${task.type}`, { parent, kind: api.SpanKind.CONSUMER, attributes }, async (span) => {
          let outcome: LifecycleStage | 'lost' = 'lost'
          await run((stage, errorCode) => {
            outcome = stage
            if (errorCode && (stage === 'failed' || stage === 'retrying')) markFailed(span, errorCode)
          })
          span.setAttribute('brandkit.attempt.outcome', outcome)
        })
      } finally {
        metrics.running.add(-1, { 'brandkit.task.type': task.type })
      }
    },
    step: (key, run) => inSpan(`step ${key}`, { attributes: { 'brandkit.step.key': key } }, run),
    call({ seam, driver, operation }, run) {
      const parent = api.context.active()
      const attributes = CALL_ATTRIBUTES[seam](driver, operation)
      const span = startSpan(`${operation} ${driver}`, { kind: api.SpanKind.CLIENT, attributes }, parent)
      // Without an SDK, or in a trace that is not sampled, nothing is recorded and there is nothing to end.
      return span.isRecording() ? runIn(span, parent, run) : run()
    },
    record: metrics.record,
    leasesLost: (count) => metrics.leaseLosses.add(count),
  }
}

/** @see https://opentelemetry.io/docs/specs/semconv/: database spans and messaging spans */
const CALL_ATTRIBUTES = {
  store: (driver: string, operation: string): Attributes => ({
    'brandkit.store.name': driver,
    'db.operation.name': operation,
  }),
  queue: (driver: string, operation: string): Attributes => ({
    'messaging.system': driver,
    'messaging.operation.name': operation,
  }),
}

function attributesOf({ taskId, type, attempt }: StoredTask): Attributes {
  return { 'brandkit.task.id': taskId, 'brandkit.task.type': type, 'brandkit.attempt.number': attempt }
}

/** Never the text of an error: it may quote what the user wrote. */
function codeOf(error: unknown): string {
  try {
    return errorCodeOf(error) ?? (error instanceof Error ? error.name : 'unknown')
  } catch {
    return 'unknown'
  }
}

const SAMPLED = 1

/** @see W3C Trace Context, section 3.2 */
function toTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}

function parseTraceparent(header: string | null | undefined): SpanContext | null {
  const traceId = fromTraceparent(header)
  const [, , spanId, flags] = header?.split('-') ?? []
  return traceId && spanId && flags ? { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & SAMPLED } : null
}
