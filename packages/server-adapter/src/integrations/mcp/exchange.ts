import type * as z from 'zod'
import { describeIssues, toFieldIssues } from '../../field-issues.js'
import type { MountCaller } from '../../http/mounting.js'
import { INVALID_PARAMS, ProtocolFault } from './protocol-fault.js'
import type { Tools } from './tools.js'

/** One request of an MCP client, and what its answer needs. */
export interface Exchange {
  caller: MountCaller
  tools: Tools
  /** Headers of the HTTP request that a create takes, such as `idempotency-key`. */
  createHeaders: Readonly<Record<string, string>>
  /** The form in which this client takes tasks. `none`: it declares none, so a call waits for the result. */
  tasks: 'extension' | '2025-11-25' | 'none'
  /** How long a call may wait for a result, in milliseconds. */
  waitMs: number
  retentionMs: number
  /** Present when the client wants to hear of progress. */
  progressToken?: string | number | undefined
  /** Sends a notification about this request. */
  notify: (notification: { method: string; params: Record<string, unknown> }) => Promise<void>
}

/** @throws ProtocolFault Invalid params */
export function readParams<S extends z.ZodType>(schema: S, params: unknown, method: string): z.output<S> {
  const parsed = schema.safeParse(params ?? {})
  if (parsed.success) return parsed.data
  throw new ProtocolFault(
    INVALID_PARAMS,
    `The parameters of ${method} are malformed: ${describeIssues(toFieldIssues(parsed.error))}`,
  )
}
