import { RetryableTaskError } from '@brandkit/core'
import {
  context,
  INVALID_SPAN_CONTEXT,
  metrics,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import { type ReadableSpan, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../memory.js'
import { ada, call, createReport, makeReport, sampleServer, statusOf } from '../../proofs/fixtures/sample-tasks.js'
import { keepSampleServers } from '../../proofs/fixtures/sample-servers.js'

class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

const { started, keep } = keepSampleServers()
const spans: ReadableSpan[] = []
const reader = new Reader()
let failing: 'onStart' | 'onEnd' | null = null
const failIf = (method: typeof failing) => {
  if (failing === method) throw new Error('The collector has a bug.')
}
const processor: SpanProcessor = {
  onStart: () => failIf('onStart'),
  onEnd: (span) => {
    failIf('onEnd')
    spans.push(span)
  },
  async forceFlush() {},
  async shutdown() {},
}

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [processor] }))
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
})
afterAll(() => {
  context.disable()
  trace.disable()
  metrics.disable()
})
beforeEach(() => {
  spans.length = 0
  failing = null
})

const spanOf = (name: string) => spans.find((span) => span.name === name)
/** The spans without calls of store and queue, because a pass of maintenance belongs to no task. */
const lifeOfTasks = () => spans.filter(({ kind }) => kind !== SpanKind.CLIENT)
const idOf = (name: string) => spanOf(name)?.spanContext().spanId

/** Reads the values of one metric, by the attribute that distinguishes them. */
async function read(name: string) {
  const { resourceMetrics } = await reader.collect()
  const found = resourceMetrics.scopeMetrics
    .flatMap((scope) => scope.metrics)
    .find(({ descriptor }) => descriptor.name === name)
  return (found?.dataPoints ?? []).map(({ value, attributes }) => ({ value, attributes }))
}

describe('OpenTelemetry', () => {
  it('shows create, queue, attempt and step in one line of descent, within the caller’s trace', async () => {
    const server = await started(makeReport)
    const parent: SpanContext = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: 1,
    }
    const reply = await call(server, 'POST', 'action=create', {
      body: { type: 'MAKE_REPORT', brandId: 'aurora', payload: { name: 'secret plan' } },
      headers: { traceparent: `00-${parent.traceId}-${parent.spanId}-01` },
    })
    expect(reply.status).toBe(202)
    // `traceparent` stays on the server; clients get the trace id.
    expect(reply.body.task).not.toHaveProperty('traceparent')
    await vi.waitFor(() => expect(spanOf('process MAKE_REPORT')).toBeDefined())

    expect(spanOf('create MAKE_REPORT')).toMatchObject({
      kind: SpanKind.PRODUCER,
      parentSpanContext: { spanId: parent.spanId },
    })
    expect(spanOf('queue MAKE_REPORT')?.parentSpanContext?.spanId).toBe(idOf('create MAKE_REPORT'))
    expect(spanOf('process MAKE_REPORT')).toMatchObject({
      kind: SpanKind.CONSUMER,
      parentSpanContext: { spanId: idOf('queue MAKE_REPORT') },
      attributes: { 'brandkit.attempt.number': 1, 'brandkit.attempt.outcome': 'completed' },
    })
    const steps = spans.filter(({ name }) => name.startsWith('step '))
    expect(steps.length).toBeGreaterThan(0)
    for (const step of steps) expect(step.parentSpanContext?.spanId).toBe(idOf('process MAKE_REPORT'))
    expect(new Set(lifeOfTasks().map((span) => span.spanContext().traceId))).toEqual(new Set([parent.traceId]))
    expect(
      JSON.stringify(spans.map(({ name, attributes, status, events }) => [name, attributes, status, events])),
    ).not.toContain('secret')
  })

  it('goes on with the trace that the app has begun for the request', async () => {
    const server = await started(makeReport)
    const tracer = trace.getTracer('the app')
    await tracer.startActiveSpan('POST /api/jobs', async (span) => {
      await createReport(server)
      span.end()
    })
    await vi.waitFor(() => expect(spanOf('process MAKE_REPORT')).toBeDefined())
    expect(spanOf('create MAKE_REPORT')?.parentSpanContext?.spanId).toBe(idOf('POST /api/jobs'))
    const traceId = spanOf('POST /api/jobs')?.spanContext().traceId
    expect(spanOf('process MAKE_REPORT')?.spanContext().traceId).toBe(traceId)
  })

  it('goes on with it also where the app’s own code creates, and never with a span that has no ids', async () => {
    const server = await started(makeReport)
    const report = { type: 'MAKE_REPORT', brandId: 'aurora', payload: { name: 'A report' } }
    const create = () => server.tasks.create(ada, report)
    const own = await trace.getTracer('the app').startActiveSpan('a job', async (span) => {
      const task = await create()
      span.end()
      return task
    })
    expect(own.traceId).toBe(spanOf('a job')?.spanContext().traceId)

    const none = trace.setSpan(context.active(), trace.wrapSpanContext(INVALID_SPAN_CONTEXT))
    const { traceId } = await context.with(none, create)
    expect(traceId).not.toMatch(/^0+$/)
    expect(spans.map((span) => span.spanContext().traceId)).toContain(traceId)
  })

  it('names no span after what is no task type', async () => {
    const server = await started(makeReport)
    const body = { type: 'x'.repeat(50), brandId: 'aurora', payload: {} }
    expect((await call(server, 'POST', 'action=create', { body })).status).toBe(422)
    expect(lifeOfTasks()).toEqual([])
  })

  it('marks a failed attempt by its code, never by what the error said, and counts the retry', async () => {
    const server = await started((task) => {
      if (task.attempt === 1) throw new RetryableTaskError('The key sk-secret was refused.', { retryAfterMs: 1 })
      return makeReport(task)
    })
    await createReport(server)
    const attempts = () => spans.filter(({ name }) => name === 'process MAKE_REPORT')
    await vi.waitFor(() => expect(attempts()).toHaveLength(2))

    expect(attempts().map(({ attributes }) => attributes['brandkit.attempt.outcome'])).toEqual([
      'retrying',
      'completed',
    ])
    expect(attempts()[0]).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'generator_failed' },
    })
    expect(JSON.stringify(spans.map(({ attributes, status, events }) => [attributes, status, events]))).not.toContain(
      'sk-',
    )
    expect(await read('brandkit.task.retries')).toEqual([
      { value: 1, attributes: { 'brandkit.task.type': 'MAKE_REPORT', 'error.type': 'generator_failed' } },
    ])
  })

  it('counts what waits, what runs, and how long tasks took', async () => {
    const held = Promise.withResolvers<void>()
    const server = await started(
      async (task) => {
        await held.promise
        return makeReport(task)
      },
      { concurrency: 1 },
    )
    const ended = async () => {
      const points = await read('brandkit.task.duration')
      return points
        .filter(({ attributes }) => attributes['brandkit.task.status'] === 'completed')
        .reduce((sum, { value }) => sum + (value as { count: number }).count, 0)
    }
    const before = await ended()
    await createReport(server)
    await createReport(server)
    await vi.waitFor(async () => expect(await read('brandkit.task.running')).toMatchObject([{ value: 1 }]))
    expect(await read('brandkit.task.queued')).toMatchObject([{ value: 1 }])

    held.resolve()
    await vi.waitFor(async () => expect(await ended()).toBe(before + 2))
    await vi.waitFor(async () => expect(await read('brandkit.task.running')).toMatchObject([{ value: 0 }]))
  })

  it.each(['onStart', 'onEnd'] as const)(
    'costs no task anything when the app’s own processor throws in %s',
    async (method) => {
      const generator = vi.fn(makeReport)
      const server = await started(generator)
      failing = method
      const taskId = await createReport(server)
      await vi.waitFor(async () =>
        expect(await statusOf(server, taskId)).toMatchObject({ status: 'completed', retryCount: 0 }),
      )
      expect(generator).toHaveBeenCalledOnce()
    },
  )

  it('counts a lease whose worker is gone', async () => {
    const store = memoryStore()
    const server = keep(sampleServer(makeReport, { store }))
    const taskId = await createReport(server)
    await store.claim({ taskId, knownTypes: ['MAKE_REPORT'], leaseMs: 1 })
    await vi.waitFor(async () => {
      await server.maintain()
      expect(await read('brandkit.lease.losses')).toMatchObject([{ value: 1 }])
    })
  })
})
