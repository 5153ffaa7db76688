import { errorCodeOf, fromTraceparent, type TaskErrorCode } from '@brandkit/core'
import type * as OpenTelemetryApi from '@opentelemetry/api'
import type {
  Attributes,
  Context,
  ProxyTracerProvider,
  Span,
  SpanContext,
  SpanOptions,
  TracerProvider,
} from '@opentelemetry/api'
import { createSpanId } from '../random-ids.js'
import type { StoredTask } from '../store/task-store.js'
import type { StoreStats } from '../store/store-outlook.js'
import type { LifecycleStage, TaskLifecycleEvent } from './lifecycle.js'
import { createTaskMetrics } from './task-metrics.js'

type Api = typeof OpenTelemetryApi

/**
 * Spans and metrics by OpenTelemetry, if the app has installed and set up `@opentelemetry/api`; otherwise nothing.
 *
 * Spans: `create TYPE` (producer), `queue TYPE` (from the due time to the claim), `process TYPE` (consumer, one for each
 * attempt) and `step KEY`. Each is the child of the span before it, even across processes. Each driver call, such as
 * `claim postgres` or `enqueue pg-boss` (client), is a child of its caller's span. Names and kinds follow the semantic
 * conventions for messaging and databases. Metrics: `brandkit.task.queued`, `.running`, `.duration` (seconds), `.retries`,
 * and `brandkit.lease.losses`. Spans and metrics hold no payloads, results, error texts or user ids.
 */
export interface Telemetry {
  /** Imports the package if it is installed. `stats` is called whenever metrics are collected. */
  open(stats: () => Promise<StoreStats>): Promise<void>
  close: () => void
  /** The id of the caller's active trace, for example from an instrumentation of HTTP; null without one. */
  activeTraceId: () => string | null
  /** Traces a create. `run` gets the `traceparent`, which is stored with the tasks for their worker. */
  create<T>(facts: CreateFacts, run: (traceparent: string | undefined) => Promise<T>): Promise<T>
  /** Traces an attempt. `run` notes the outcome; an attempt without a note was lost to another worker or a cancel. */
  attempt(task: StoredTask, run: (note: NoteOutcome) => Promise<void>): Promise<void>
  /** Traces a running step. */
  step<T>(key: string, run: () => T | Promise<T>): Promise<T>
  /** Traces a call of the store or the queue backend. If no spans are recorded, only calls `run`, without another promise. */
  call<T>(facts: CallFacts, run: () => Promise<T>): Promise<T>
  /**
   * Runs work that outlives its caller, such as a loop or a timer, outside of the caller's trace. Otherwise all that it ever
   * does would hang under the span that was active when it began.
   */
  detached<T>(run: () => T): T
  /** Whether `record` counts anything, so that events need not be made for nothing. */
  counts: () => boolean
  /** Counts an event of the lifecycle. */
  record: (event: TaskLifecycleEvent) => void
  /** Counts leases that expired because their worker died or hung. */
  leasesLost(count: number): void
}

interface CreateFacts {
  types: readonly string[]
  traceId: string
  /** The `traceparent` of the request, if any. */
  traceparent: string | null | undefined
}

interface CallFacts {
  seam: 'store' | 'queue'
  /** The name of the driver. */
  driver: string
  /** The method of the seam. */
  operation: string
}

type NoteOutcome = (stage: LifecycleStage, errorCode: TaskErrorCode | undefined) => void

const NAME = '@brandkit/server-adapter'

function noteNothing(): void {}

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
    attempt: (task, run) => (otel ? otel.attempt(task, run) : run(noteNothing)),
    step: async (key, run) => (otel ? otel.step(key, run) : run()),
    call: (facts, run) => (otel ? otel.call(facts, run) : run()),
    detached: (run) => (otel ? otel.detached(run) : run()),
    counts: () => otel?.counts() ?? false,
    record: (event) => otel?.record(event),
    leasesLost: (count) => otel?.leasesLost(count),
  }
}

/** Imports the API if it is installed. The comments inside tell bundlers that the package is optional. */
async function importApi(): Promise<Api | null> {
  try {
    return await import(/* webpackIgnore: true */ /* @vite-ignore */ '@opentelemetry/api')
  } catch {
    return null
  }
}

type OpenTelemetry = Omit<Telemetry, 'open'>

function speakThrough(api: Api, stats: () => Promise<StoreStats>): OpenTelemetry {
  const provider: TracerProvider & Partial<Pick<ProxyTracerProvider, 'getDelegateTracer'>> =
    api.trace.getTracerProvider()
  const tracer = provider.getTracer(NAME)
  const meter = api.metrics.getMeter(NAME)
  const metrics = createTaskMetrics(meter, stats)
  /** An SDK for metrics must be registered before the server connects: the API's meter never changes. */
  const hasMeter = meter !== api.createNoopMeter()

  let hasSdk = false

  /**
   * Whether spans may be recorded. Before an app registers its SDK, the API's provider is a proxy without a delegate, and each
   * span would be made for nothing. An SDK may be registered at any time, so this is asked again until there is one. A provider
   * that is no proxy counts as an SDK.
   */
  function records(): boolean {
    hasSdk ||= provider.getDelegateTracer === undefined || provider.getDelegateTracer(NAME) !== undefined
    return hasSdk
  }

  async function inSpan<T>(
    name: string,
    { parent = api.context.active(), ...options }: SpanOptions & { parent?: Context },
    run: (span: Span) => T | Promise<T>,
  ): Promise<T> {
    return runIn(startSpan(name, options, parent), parent, run)
  }

  /** Runs `run` within the span, marks the span as failed if `run` fails, and ends it. */
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

  /** Starts a span. The app's samplers and processors run here and in `endSpan`; their errors must not fail a task. */
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

  /** The active span; null without one, or if its ids are all zeros, as they are without an SDK. */
  function activeSpan(): SpanContext | null {
    const active = api.trace.getActiveSpan()?.spanContext()
    return active && api.isSpanContextValid(active) ? active : null
  }

  /** Counts an attempt among those at work. */
  async function counted(task: StoredTask, run: () => Promise<void>): Promise<void> {
    metrics.running.add(1, { 'brandkit.task.type': task.type })
    try {
      await run()
    } finally {
      metrics.running.add(-1, { 'brandkit.task.type': task.type })
    }
  }

  /** Runs an attempt in its span, after the span of its time in the queue. */
  function spanned(task: StoredTask, run: (note: NoteOutcome) => Promise<void>): Promise<void> {
    const attributes = attributesOf(task)
    const created = parseTraceparent(task.traceparent)
    const origin = created ? under(created) : api.ROOT_CONTEXT
    const queue = startSpan(`queue ${task.type}`, { startTime: new Date(task.runAt), attributes }, origin)
    endSpan(queue, new Date(task.updatedAt))
    const parent = api.trace.setSpan(origin, queue)
    return inSpan(`process ${task.type}`, { parent, kind: api.SpanKind.CONSUMER, attributes }, async (span) => {
      let outcome: LifecycleStage | 'lost' = 'lost'
      await run((stage, errorCode) => {
        outcome = stage
        if (errorCode && (stage === 'failed' || stage === 'retrying')) markFailed(span, errorCode)
      })
      span.setAttribute('brandkit.attempt.outcome', outcome)
    })
  }

  const under = (parent: SpanContext) => api.trace.setSpanContext(api.ROOT_CONTEXT, { ...parent, isRemote: true })

  return {
    close: metrics.close,
    activeTraceId: () => activeSpan()?.traceId ?? null,
    create({ types, traceId, traceparent }, run) {
      const origin = () => parseTraceparent(traceparent) ?? { traceId, spanId: createSpanId(), traceFlags: SAMPLED }
      // A worker with an SDK may continue the request's trace.
      if (!records()) return run(toTraceparent(origin()))
      const name = types.length === 1 ? `create ${types[0]}` : 'create batch'
      const parent = activeSpan() ? api.context.active() : under(origin())
      const attributes = { 'messaging.batch.message_count': types.length }
      return inSpan(name, { parent, kind: api.SpanKind.PRODUCER, attributes }, (span) =>
        run(toTraceparent(span.spanContext())),
      )
    },
    attempt(task, run) {
      if (records()) return counted(task, () => spanned(task, run))
      // Without an SDK an attempt costs no further promise.
      return hasMeter ? counted(task, () => run(noteNothing)) : run(noteNothing)
    },
    step: async (key, run) =>
      records() ? inSpan(`step ${key}`, { attributes: { 'brandkit.step.key': key } }, run) : run(),
    call({ seam, driver, operation }, run) {
      if (!records()) return run()
      const parent = api.context.active()
      const attributes = CALL_ATTRIBUTES[seam](driver, operation)
      const span = startSpan(`${operation} ${driver}`, { kind: api.SpanKind.CLIENT, attributes }, parent)
      // Without an SDK, or outside the sample, the span records nothing and needs no end.
      return span.isRecording() ? runIn(span, parent, run) : run()
    },
    detached: (run) => api.context.with(api.ROOT_CONTEXT, run),
    counts: () => hasMeter,
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

/** The code or name of an error. The message is left out, because it may quote the user's text. */
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
