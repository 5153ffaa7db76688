import { context, ProxyTracer, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { byMessage } from '../../proofs/fixtures/by-message.js'
import { keepSampleServers } from '../../proofs/fixtures/sample-servers.js'
import { createReport, makeReport, statusOf } from '../../proofs/fixtures/sample-tasks.js'
import { memoryQueue, memoryStore } from '../memory.js'
import type { Delivery, QueueBackend } from '../queue/queue-backend.js'
import { createTelemetry } from './telemetry.js'
import { tracedQueue, tracedStore } from './traced.js'

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const { started } = keepSampleServers()
const exporter = new InMemorySpanExporter()
const spansOf = (name: string) => exporter.getFinishedSpans().filter((span) => span.name === name)

describe('a store and a queue with an SDK of OpenTelemetry', () => {
  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }))
  })
  afterAll(() => {
    context.disable()
    trace.disable()
  })
  beforeEach(() => exporter.reset())

  it('have a span for each call, named after operation and driver, under what called it', async () => {
    const server = await started(makeReport, { queue: byMessage(memoryQueue()) })
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
    await server.stop()

    const names = exporter.getFinishedSpans().map(({ name }) => name)
    for (const operation of ['open', 'maintain', 'create', 'claim', 'checkpoint', 'settle', 'find', 'close']) {
      expect(names).toContain(`${operation} memory`)
    }
    expect(spansOf('claim memory')).toMatchObject([
      { kind: SpanKind.CLIENT, attributes: { 'db.operation.name': 'claim', 'brandkit.store.name': 'memory' } },
    ])
    expect(spansOf('enqueue memory')).toMatchObject([
      { kind: SpanKind.CLIENT, attributes: { 'messaging.operation.name': 'enqueue', 'messaging.system': 'memory' } },
    ])
    expect(spansOf('create memory')[0]?.parentSpanContext?.spanId).toBe(
      spansOf('create MAKE_REPORT')[0]?.spanContext().spanId,
    )
    expect(spansOf('settle memory')[0]?.parentSpanContext?.spanId).toBe(
      spansOf('process MAKE_REPORT')[0]?.spanContext().spanId,
    )
  })

  it('begin a trace for each call in the background, although a span was active when the server started', async () => {
    const timings = { beatMs: 20, maintenanceMs: 20 }
    const finish = Promise.withResolvers<void>()
    const server = await trace.getTracer('app').startActiveSpan('boot', async (boot) => {
      const working = await started(
        async () => {
          await finish.promise
          return { reportId: 'r', pages: 1 }
        },
        { timings, queue: byMessage(memoryQueue()) },
      )
      await createReport(working)
      boot.end()
      return working
    })
    await vi.waitFor(() => {
      for (const name of ['beat memory', 'maintain memory']) expect(spansOf(name).length).toBeGreaterThan(2)
    })
    finish.resolve()
    await server.stop()

    const late = ['claim memory', 'beat memory', 'maintain memory'].flatMap((name) => spansOf(name).slice(-1))
    expect(late.map(({ parentSpanContext }) => parentSpanContext)).toEqual([undefined, undefined, undefined])
    expect(new Set(late.map((span) => span.spanContext().traceId)).size).toBe(3)
  })

  it('keep what a page reads after a write out of the trace of the written task', async () => {
    const server = await started(makeReport)
    const left = new AbortController()
    const page = await server.handler(
      new Request('http://task.test/api/jobs?action=events', { headers: { 'x-user': 'ada' }, signal: left.signal }),
    )
    const reader = page.body!.pipeThrough(new TextDecoderStream()).getReader()
    await createReport(server)
    let text = ''
    while (!text.includes('"completed"')) text += (await reader.read()).value
    left.abort()
    await server.stop()
    const reads = spansOf('find memory')
    expect(reads.length).toBeGreaterThan(0)
    expect(reads.map(({ parentSpanContext }) => parentSpanContext)).toEqual(reads.map(() => undefined))
  })

  it('mark the span of a call that fails by the code of its error, and pass the error on', async () => {
    const store = tracedStore(memoryStore(), await openTelemetry())
    const lost = { taskId: 'secret', tenantId: 'acme', epoch: 7 }
    await expect(store.beat(lost, { leaseMs: 1 })).rejects.toMatchObject({ code: 'ownership_lost' })
    expect(spansOf('beat memory')).toMatchObject([
      { status: { code: SpanStatusCode.ERROR }, attributes: { 'error.type': 'ownership_lost' } },
    ])
    expect(JSON.stringify(spansOf('beat memory').map(({ attributes, status }) => [attributes, status]))).not.toContain(
      'secret',
    )
  })

  it('show how long a slow claim takes', async () => {
    const store = memoryStore()
    const answer = Promise.withResolvers<{ outcome: 'over' }>()
    vi.spyOn(store, 'claim').mockReturnValue(answer.promise)
    const traced = tracedStore(store, await openTelemetry())
    const claim = traced.claim({ taskId: 'x', knownTypes: [], leaseMs: 1 })
    expect(spansOf('claim memory')).toEqual([])
    answer.resolve({ outcome: 'over' })
    await claim
    expect(spansOf('claim memory')).toHaveLength(1)
  })
})

describe('a store and a queue without an SDK', () => {
  it('are called directly, without another promise', async () => {
    const store = memoryStore()
    const answer = Promise.resolve(null)
    vi.spyOn(store, 'maintain').mockReturnValue(answer)
    const input = {
      minIntervalMs: 0,
      expireLeases: 'yes',
      limit: 1,
      retention: { endedMs: 1, tombstoneMs: 1 },
    } as const
    expect(tracedStore(store, createTelemetry()).maintain(input)).toBe(answer)
    // The same holds if the app has installed the package but records nothing.
    expect(tracedStore(store, await openTelemetry()).maintain(input)).toBe(answer)
  })

  it('make no spans, until the app registers an SDK, even after the server has opened', async () => {
    const startSpan = vi.spyOn(ProxyTracer.prototype, 'startSpan')
    const telemetry = await openTelemetry()
    const facts = { types: ['MAKE_REPORT'], traceId: TRACE_ID, traceparent: null }
    const call = () => telemetry.create(facts, async (traceparent) => traceparent)
    // The worker may run in a process with an SDK, so the trace goes on.
    expect(await call()).toMatch(new RegExp(`^00-${TRACE_ID}-`))
    expect(startSpan).not.toHaveBeenCalled()

    trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }))
    onTestFinished(() => trace.disable())
    exporter.reset()
    await call()
    expect(spansOf('create MAKE_REPORT')).toHaveLength(1)
  })

  it('reach a driver that is a class, whose private fields need its own `this`, and get no member that it lacks', async () => {
    class Driver implements QueueBackend {
      readonly name = 'own'
      readonly #sent: string[] = []
      get capabilities() {
        return { ...memoryQueue().capabilities, maxDelayMs: this.#sent.length }
      }
      async open() {}
      async close() {}
      async enqueue(deliveries: readonly Delivery[]) {
        this.#sent.push(...deliveries.map(({ taskId }) => taskId))
      }
      async depth() {
        return this.#sent.length
      }
    }
    const queue = tracedQueue(new Driver(), createTelemetry())
    await queue.enqueue([{ taskId: 'x', priority: 1, delayMs: 0 }])
    expect(await queue.depth?.()).toBe(1)
    expect(queue.capabilities.maxDelayMs).toBe(1)
    expect(Object.keys(queue)).toEqual(['name', 'capabilities', 'open', 'close', 'enqueue', 'depth'])
  })
})

async function openTelemetry() {
  const telemetry = createTelemetry()
  await telemetry.open(() => Promise.reject(new Error('There is no store.')))
  return telemetry
}
