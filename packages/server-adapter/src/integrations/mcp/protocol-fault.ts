import { isTaskError, type TaskError, toProblemDetails } from '@brandkit/core'

/** An error of JSON-RPC 2.0. The SDK sends any error with a numeric code as it is. */
export class ProtocolFault extends Error {
  override readonly name = 'ProtocolFault'
  readonly code: number
  readonly data: unknown

  constructor(code: number, message: string, options: { data?: unknown; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.data = options.data
  }
}

/** @see https://www.jsonrpc.org/specification#error_object */
export const METHOD_NOT_FOUND = -32_601
export const INVALID_PARAMS = -32_602
const INTERNAL_ERROR = -32_603

/**
 * Converts a refusal of the server: `data` is the problem document that `/api/jobs` would answer. What another request could
 * correct is Invalid params, as MCP asks for unknown tasks; all else is an internal error.
 */
export function toProtocolFault(error: unknown, traceId: string): unknown {
  if (!isTaskError(error)) return error
  const code = error.retryable || error.status === 401 || error.status >= 500 ? INTERNAL_ERROR : INVALID_PARAMS
  return new ProtocolFault(code, error.message, { data: toProblemDetails(error, traceId), cause: error })
}

/** The same for a model that has called a tool: as a result, because a model can correct its input and call again. */
export function toRefusal(error: TaskError, traceId: string) {
  return {
    isError: true,
    content: [{ type: 'text', text: error.message }],
    _meta: { 'brandkit.dev/problem': toProblemDetails(error, traceId) },
  }
}
