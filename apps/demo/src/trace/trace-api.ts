import { fromProblemDetails } from '@brandkit/core'
import { network } from '../network/network.ts'

/** What the server remembers of a task, for its owner. */
export interface ServerTrace {
  lines: { at: string; level: string; text: string }[]
  /** What became of it, by the worker that did it. */
  events: { at: string; stage: string; attempt: number }[]
  /** Which faults this server lets people cause. */
  faults: Fault[]
}

/**
 * `fail once` and `fail` make the next step throw. `kill` ends the server's process by SIGKILL; its supervisor starts it
 * again.
 */
export type Fault = 'fail once' | 'fail' | 'kill'

export async function readTrace(taskId: string, signal: AbortSignal): Promise<ServerTrace> {
  const response = await network.fetch(`/api/demo/trace?taskId=${encodeURIComponent(taskId)}`, { signal })
  return (await read(response)) as ServerTrace
}

/** @throws TaskError when the server does not let people do that */
export async function causeFault(taskId: string, fault: Fault): Promise<void> {
  const request = network.fetch('/api/demo/trace', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ taskId, fault }),
  })
  // A process that is killed often dies before its answer is out.
  const response = fault === 'kill' ? await request.catch(() => null) : await request
  if (response) await read(response)
}

async function read(response: Response): Promise<unknown> {
  const body: unknown = await response.json()
  if (response.ok) return body
  throw fromProblemDetails(body) ?? new Error(`The server answered ${response.status}.`)
}
