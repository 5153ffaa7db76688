import { describeError, isTaskError, TaskError, type TaskLogger } from '@brandkit/core'
import { throwIfAborted } from './abort-signals.js'
import type { Exchange, ExchangeRequest } from './exchange.js'
import { toInvalidResponse } from './to-task-error.js'

export interface TaskRequest<Reply> extends Omit<ExchangeRequest, 'body'> {
  body?: unknown
  /**
   * Checks the reply's shape; its exceptions become `invalid_response`. A 304 has no reply, so `undefined` comes only
   * after a request with `If-None-Match`.
   */
  read: (reply: unknown, headers: Headers) => Reply
}

/** Sends one request and returns its reply. Rejects with a TaskError, or with the signal's reason after an abort. */
export type Send = <Reply>(request: TaskRequest<Reply>) => Promise<Reply>

/** Sends nothing until the first call. */
export function createSend({ exchange, logger }: { exchange: Exchange; logger: TaskLogger }): Send {
  return async ({ read, body, ...request }) => {
    const { action, traceId, signal } = request
    try {
      throwIfAborted(signal)
      const { response, text } = await exchange({ ...request, body: toBody(body) })
      const content = await text()
      try {
        return read(response.status === 304 ? undefined : JSON.parse(content), response.headers)
      } catch (cause) {
        throw toInvalidResponse(response, cause)
      }
    } catch (error) {
      if (isTaskError(error)) {
        const { code, status, cause } = error
        // Messages are for users. Causes are for developers, and stand in the log alone.
        const reason = cause === undefined ? undefined : describeError(cause)
        logger.warn('The API request failed', { action, code, status, traceId: error.traceId ?? traceId, reason })
      }
      throw error
    }
  }
}

function toBody(body: unknown): string | undefined {
  if (body === undefined) return undefined
  try {
    return JSON.stringify(body)
  } catch (cause) {
    throw new TaskError('invalid_payload', 'This input cannot be sent.', {
      cause,
      status: 0,
    })
  }
}
