import { fromProblemDetails, isJsonObject, TaskError, type TaskErrorCode } from '@brandkit/core'
import { toRetryAfterMs } from './to-retry-after-ms.js'

/** What proxies and gateways answer in front of a task server, in documents of their own. */
const CODES_OF_GATEWAYS: Readonly<Partial<Record<number, TaskErrorCode>>> = {
  401: 'unauthenticated',
  413: 'payload_too_large',
  429: 'rate_limited',
}

/** The error that an answer other than 2xx means: its problem document, or what its status says without one. */
export function toTaskError({ status, headers, url }: Response, text: string): TaskError {
  const retryAfterMs = toRetryAfterMs(headers.get('retry-after'), Date.now())
  const document = parse(text)
  const problem = fromProblemDetails(document, { retryAfterMs })
  if (problem) return problem

  const code = CODES_OF_GATEWAYS[status]
  if (code) return new TaskError(code, detailOf(document) ?? `The server answered ${status}.`, { status, retryAfterMs })

  return new TaskError('invalid_response', detailOf(document) ?? describeNonsense(status, headers, url), {
    status,
    retryAfterMs,
    // What a gateway refuses it will refuse again; when it fails, it may have recovered by then.
    retryable: status < 400 || status >= 500,
  })
}

/** The error for a 2xx answer that is not what the protocol promises. */
export function toInvalidResponse({ status, headers, url }: Response, cause: unknown): TaskError {
  return new TaskError('invalid_response', describeNonsense(status, headers, url), { cause })
}

function describeNonsense(status: number, headers: Headers, url: string): string {
  const address = url.split('?', 1)[0]
  const type = headers.get('content-type') ?? 'no content type'
  return `The answer (${status}, ${type}) is not one of a task server. Check that one is mounted at ${address || 'the url'}.`
}

/** A server newer than this client may know codes that we do not; its sentence is still worth showing. */
function detailOf(document: unknown): string | undefined {
  if (!isJsonObject(document)) return undefined
  return typeof document['detail'] === 'string' ? document['detail'] : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
