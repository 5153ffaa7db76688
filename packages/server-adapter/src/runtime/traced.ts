import type { QueueBackend } from '../queue/queue-backend.js'
import type { TaskStore } from '../store/task-store.js'
import type { Telemetry } from './telemetry.js'

type Tracing = Pick<Telemetry, 'call'>

/**
 * Every member of a seam, and how the decorator passes it on. A method that returns a promise is a `call` and gets its own
 * span. The compiler reports a new member of a seam that is missing in the lists below.
 */
type Members<Seam> = {
  readonly [Name in keyof Required<Seam>]: Required<Seam>[Name] extends (...input: never[]) => Promise<unknown>
    ? 'call'
    : 'as it is'
}

const STORE_MEMBERS: Members<TaskStore> = {
  name: 'as it is',
  capabilities: 'as it is',
  place: 'as it is',
  database: 'as it is',
  open: 'call',
  close: 'call',
  create: 'call',
  find: 'call',
  list: 'call',
  claim: 'call',
  releaseHeld: 'call',
  beat: 'call',
  report: 'call',
  checkpoint: 'call',
  settle: 'call',
  cancel: 'call',
  delete: 'call',
  maintain: 'call',
  watch: 'as it is',
  stats: 'call',
  outlook: 'call',
  ping: 'call',
}

const QUEUE_MEMBERS: Members<QueueBackend> = {
  name: 'as it is',
  capabilities: 'as it is',
  open: 'call',
  close: 'call',
  enqueue: 'call',
  consume: 'call',
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
  for (const [member, kind] of Object.entries(members)) {
    // Members may be optional, and a getter may throw before the driver is open, so only `call` members are read now.
    if (!(member in driver)) continue
    if (kind === 'as it is') {
      Object.defineProperty(decorated, member, { enumerable: true, get: () => bound(driver, member) })
    } else if (typeof Reflect.get(driver, member) === 'function') {
      const facts = { seam, driver: driver.name, operation: member }
      const call = (...input: unknown[]) => telemetry.call(facts, () => methodOf(driver, member).apply(driver, input))
      Object.defineProperty(decorated, member, { enumerable: true, value: call })
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
