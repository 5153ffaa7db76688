import type { Clock } from '../clock.js'
import type { QueueBackend } from '../queue/queue-backend.js'
import type { TaskStore } from '../store/task-store.js'
import type { Telemetry } from './telemetry.js'

type Tracing = Pick<Telemetry, 'call' | 'detached'>

/**
 * How the decorator passes a member of a seam on. A method that returns a promise is a `call` and gets its own span; a `start`
 * is a call that begins loops, which run outside of the caller's trace, as what a `detached` method begins does. The compiler
 * reports a new member of a seam that is missing in the lists below.
 */
type Kind<Member> = Member extends (...input: never[]) => infer Outcome
  ? Outcome extends Promise<unknown>
    ? 'call' | 'start'
    : 'detached'
  : 'as it is'

type AnyKind = 'call' | 'start' | 'detached' | 'as it is'

type Members<Seam> = { readonly [Name in keyof Required<Seam>]: Kind<Required<Seam>[Name]> }

const STORE_MEMBERS: Members<TaskStore> = {
  name: 'as it is',
  capabilities: 'as it is',
  place: 'as it is',
  database: 'as it is',
  open: 'start',
  close: 'call',
  create: 'call',
  find: 'call',
  list: 'call',
  claim: 'call',
  releaseNext: 'call',
  beat: 'call',
  report: 'call',
  checkpoint: 'call',
  settle: 'call',
  cancel: 'call',
  delete: 'call',
  eraseUser: 'call',
  audit: 'call',
  maintain: 'call',
  takeNotices: 'call',
  watch: 'detached',
  stats: 'call',
  throughput: 'call',
  usage: 'call',
  outlook: 'call',
  ping: 'call',
}

const QUEUE_MEMBERS: Members<QueueBackend> = {
  name: 'as it is',
  capabilities: 'as it is',
  open: 'start',
  close: 'call',
  enqueue: 'call',
  withdraw: 'detached',
  consume: 'start',
  receive: 'call',
  depth: 'call',
  ping: 'call',
}

/** Decorates a store: each call runs in a span, so that a slow claim is visible. */
export function tracedStore(store: TaskStore, telemetry: Tracing): TaskStore {
  return traced(store, { members: STORE_MEMBERS, seam: 'store', telemetry })
}

/** Decorates a queue backend: each call runs in a span. */
export function tracedQueue(queue: QueueBackend, telemetry: Tracing): QueueBackend {
  return traced(queue, { members: QUEUE_MEMBERS, seam: 'queue', telemetry })
}

/** The same clock, whose timers call back outside of the trace in which they were set: a heartbeat outlives its request. */
export function tracedClock(clock: Clock, { detached }: Pick<Telemetry, 'detached'>): Clock {
  return {
    now: () => clock.now(),
    uptime: () => clock.uptime(),
    after: (ms, callback, options) => clock.after(ms, () => detached(callback), options),
    every: (ms, callback) => clock.every(ms, () => detached(callback)),
  }
}

interface TracedOptions<Driver> {
  members: Members<Driver>
  seam: 'store' | 'queue'
  telemetry: Tracing
}

/**
 * Makes a decorator, because a `Proxy` would slow down every access. Without an SDK of OpenTelemetry a call costs only one
 * more function call: `telemetry.call` makes neither a span nor a promise.
 */
function traced<Driver extends { readonly name: string }>(
  driver: Driver,
  { members, seam, telemetry }: TracedOptions<Driver>,
): Driver {
  const decorated = {} as Driver
  for (const [member, kind] of Object.entries<AnyKind>(members)) {
    // Members may be optional, and a getter may throw before the driver is open, so only methods are read now.
    if (!(member in driver)) continue
    if (kind === 'as it is') {
      Object.defineProperty(decorated, member, { enumerable: true, get: () => bound(driver, member) })
    } else if (typeof Reflect.get(driver, member) === 'function') {
      const facts = { seam, driver: driver.name, operation: member }
      const passOn = (input: unknown[]) => methodOf(driver, member).apply(driver, input)
      const runs: Record<Exclude<AnyKind, 'as it is'>, (...input: unknown[]) => unknown> = {
        call: (...input) => telemetry.call(facts, () => passOn(input)),
        start: (...input) => telemetry.call(facts, () => telemetry.detached(() => passOn(input))),
        detached: (...input) => telemetry.detached(() => passOn(input)),
      }
      Object.defineProperty(decorated, member, { enumerable: true, value: runs[kind] })
    }
  }
  return decorated
}

/** Looks the method up at each call, as a direct call of the driver does. */
function methodOf(driver: object, member: string): (...input: unknown[]) => Promise<unknown> {
  return Reflect.get(driver, member) as (...input: unknown[]) => Promise<unknown>
}

/** Reads a member and binds methods: drivers may be classes, whose methods need their `this`. */
function bound(driver: object, member: string): unknown {
  const value: unknown = Reflect.get(driver, member)
  return typeof value === 'function' ? value.bind(driver) : value
}
