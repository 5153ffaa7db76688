import { isJsonObject, TaskError, type TaskJson } from '@brandkit/core'
import type { Principal } from '@brandkit/server-adapter'
import { readJson } from '../read-json.ts'
import { ARMED_FAULTS, type ArmedFaults } from './armed-faults.ts'
import type { TraceLog } from './trace-log.ts'

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
