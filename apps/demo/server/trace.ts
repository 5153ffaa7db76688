import {
  FatalTaskError,
  formatLogEntry,
  isJsonObject,
  type LogEntry,
  type LogLevel,
  type LogScope,
  RetryableTaskError,
  TaskError,
  type TaskJson,
  type TaskLogger,
  toPrintable,
} from '@brandkit/core'
import { beforeEveryStep } from './generators/create-generators.ts'
import type { BrandGenerators } from './generators/generator.ts'
import type { Principal, TaskLifecycleEvent } from '@brandkit/server-adapter'
import { readJson } from './session.ts'

const ARMED_FAULTS = ['fail once', 'fail'] as const
type ArmedFault = (typeof ARMED_FAULTS)[number]

/** Faults that the trace drawer asked for. Each waits for the next step of its task in this process. */
interface ArmedFaults {
  arm(taskId: string, fault: ArmedFault): void
  /** Wraps generators so that their steps throw when a fault is armed for their task. */
  wrap(generators: BrandGenerators): BrandGenerators
}

export function createArmedFaults(): ArmedFaults {
  const armed = new Map<string, ArmedFault>()

  function throwArmed(taskId: string): void {
    const fault = armed.get(taskId)
    armed.delete(taskId)
    if (fault === 'fail')
      throw new FatalTaskError('Somebody asked for a failure in the trace drawer. Trying again makes a new attempt.')
    if (fault === 'fail once')
      throw new RetryableTaskError('Somebody asked this attempt to fail. The next one goes on after the last step.')
  }

  return {
    arm: (taskId, fault) => void armed.set(taskId, fault),
    wrap: (generators) => beforeEveryStep(generators, (_step, { taskId }) => throwArmed(taskId)),
  }
}

/** The kept part of one trace. */
interface TaskTrace {
  lines: { at: string; level: LogLevel; text: string }[]
  events: Pick<TaskLifecycleEvent, 'at' | 'stage' | 'attempt'>[]
}

/** The last lines and events of the last traces, in memory: enough for a person who watches. */
interface TraceLog {
  /** Wraps a logger so that its lines are kept as well. */
  listen(logger: TaskLogger): TaskLogger
  notice(event: TaskLifecycleEvent): void
  /** The entries of one trace that name a task, or name no task: tasks of a batch share their trace. */
  read(query: { traceId: string; taskId: string }): TaskTrace
}

interface Remembered {
  lines: (TaskTrace['lines'][number] & { taskId: unknown })[]
  events: (TaskTrace['events'][number] & { taskId: string })[]
}

const MOST_TRACES = 200
const MOST_LINES = 500

export function createTraceLog(): TraceLog {
  const traces = new Map<string, Remembered>()

  function open(traceId: string): Remembered {
    const trace = traces.get(traceId) ?? { lines: [], events: [] }
    // The last used trace stands at the end; the first one is dropped first.
    traces.delete(traceId)
    traces.set(traceId, trace)
    const [oldest] = traces.keys()
    if (traces.size > MOST_TRACES && oldest !== undefined) traces.delete(oldest)
    return trace
  }

  function keep(entry: LogEntry): void {
    const { traceId, taskId } = entry.fields
    if (typeof traceId !== 'string') return
    const { lines } = open(traceId)
    lines.push({ at: new Date().toISOString(), level: entry.level, text: toPrintable(formatLogEntry(entry)), taskId })
    if (lines.length > MOST_LINES) lines.shift()
  }

  function listen(logger: TaskLogger, scope?: LogScope): TaskLogger {
    const write =
      (level: LogLevel): TaskLogger['info'] =>
      (message, fields = {}) => {
        logger[level](message, fields)
        keep({ level, scope, message, fields })
      }
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      scope: (next) => listen(logger.scope(next), next),
    }
  }

  return {
    listen: (logger) => listen(logger),
    notice({ traceId, taskId, at, stage, attempt }) {
      const { events } = open(traceId)
      events.push({ at, stage, attempt, taskId })
      if (events.length > MOST_LINES) events.shift()
    },
    read({ traceId, taskId: wanted }) {
      const { lines = [], events = [] } = traces.get(traceId) ?? {}
      return {
        lines: lines.flatMap(({ taskId, ...line }) => (taskId === undefined || taskId === wanted ? [line] : [])),
        events: events.flatMap(({ taskId, ...event }) => (taskId === wanted ? [event] : [])),
      }
    },
  }
}

export interface TraceServices {
  traceLog: TraceLog
  authenticate(request: Request): Promise<Principal | null>
  /** @throws TaskError for a task that does not belong to the principal */
  readOwnTask(principal: Principal, taskId: string): Promise<TaskJson>
  /** Absent in production, and in a process that does not work on tasks. */
  faults: ArmedFaults | undefined
  /** Ends the process by SIGKILL. Defined only under the supervisor. */
  kill: (() => void) | undefined
}

const MAX_BODY_BYTES = 1_024

/**
 * `/api/demo/trace`, only for the owner of a task. GET `?taskId=…` returns the kept entries; POST
 * `{"taskId":"…","fault":"fail once"}` arms a fault.
 *
 * @throws TaskError for any other request
 */
export async function handleTrace(request: Request, services: TraceServices): Promise<Response> {
  const principal = await services.authenticate(request)
  if (!principal) throw new TaskError('unauthenticated', 'Sign in first.')
  switch (request.method) {
    case 'GET': {
      const taskId = new URL(request.url).searchParams.get('taskId') ?? ''
      const { traceId } = await services.readOwnTask(principal, taskId)
      return Response.json(
        { ...services.traceLog.read({ traceId, taskId }), faults: faultsOf(services) },
        { headers: { 'cache-control': 'no-store' } },
      )
    }
    case 'POST':
      return await causeFault(await readJson(request, { maxBytes: MAX_BODY_BYTES }), principal, services)
    default:
      throw new TaskError('method_not_allowed', 'A trace takes GET and POST.')
  }
}

async function causeFault(body: unknown, principal: Principal, services: TraceServices): Promise<Response> {
  const { taskId, fault } = isJsonObject(body) ? body : {}
  const known = faultsOf(services)
  if (typeof taskId !== 'string' || !known.some((name) => name === fault)) {
    const names = known.map((name) => `"${name}"`).join(', ')
    throw new TaskError(
      'invalid_request',
      `Give a "taskId" and a "fault"; this server knows ${names === '' ? 'no faults' : names}.`,
    )
  }
  await services.readOwnTask(principal, taskId)
  const armed = ARMED_FAULTS.find((name) => name === fault)
  if (armed) services.faults?.arm(taskId, armed)
  if (!armed) services.kill?.()
  return Response.json({ fault })
}

function faultsOf({ faults, kill }: TraceServices): string[] {
  if (!faults) return []
  return kill ? [...ARMED_FAULTS, 'kill'] : [...ARMED_FAULTS]
}
