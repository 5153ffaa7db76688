import type { QueueBackend } from '../queue/queue-backend.js'
import type { TaskStore } from '../store/task-store.js'
import type { Telemetry } from './telemetry.js'

type Tracing = Pick<Telemetry, 'call'>

/**
 * Every member of a seam, and how it is passed on: what gives a promise is a call, and runs in a span of its own. A member
 * that is added to a seam is missing here, and the compiler says so.
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

/** The same store, each of whose calls runs in a span, so that a slow claim can be seen. */
export function tracedStore(store: TaskStore, telemetry: Tracing): TaskStore {
  return traced(store, { members: STORE_MEMBERS, seam: 'store', telemetry })
}

/** The same queue backend, each of whose calls runs in a span. */
export function tracedQueue(queue: QueueBackend, telemetry: Tracing): QueueBackend {
  return traced(queue, { members: QUEUE_MEMBERS, seam: 'queue', telemetry })
}

interface TracedOptions<Driver> {
  members: Members<Driver>
  seam: 'store' | 'queue'
  telemetry: Tracing
}

/**
 * A decorator, and no `Proxy`, which would slow down every access. Without an SDK of OpenTelemetry a call costs one more
 * function call: `telemetry.call` runs it at once, and makes neither a span nor a promise.
 */
function traced<Driver extends { readonly name: string }>(
  driver: Driver,
  { members, seam, telemetry }: TracedOptions<Driver>,
): Driver {
  const decorated = {} as Driver
  for (const [member, kind] of Object.entries(members)) {
    // Members may be optional, and a getter may throw before the driver is open: only what is a method is looked at now.
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

/** Looked up at each call, as a caller of the driver itself would. */
function methodOf(driver: object, member: string): (...input: unknown[]) => Promise<unknown> {
  return Reflect.get(driver, member) as (...input: unknown[]) => Promise<unknown>
}

/** Drivers may be classes, whose methods and getters need their own `this`. */
function bound(driver: object, member: string): unknown {
  const value: unknown = Reflect.get(driver, member)
  return typeof value === 'function' ? value.bind(driver) : value
}
