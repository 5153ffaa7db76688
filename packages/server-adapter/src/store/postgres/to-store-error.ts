import { describeError, errorCodeOf, isTaskError, TaskError } from '@brandkit/core'

/**
 * The error that the caller gets for a database failure. The original error, with its SQL and values, is the cause and never
 * part of the message.
 */
export function toStoreError(error: unknown): TaskError {
  if (isTaskError(error)) return error
  if (isConnectionError(error)) {
    return new TaskError(
      'store_unavailable',
      'The database cannot be reached. Check that it runs; the same call may be repeated.',
      {
        cause: error,
      },
    )
  }
  return new TaskError('internal_error', 'The database refused a statement. The log of the server has the details.', {
    cause: error,
  })
}

/** Whether the connection failed, and with it every statement that was to be sent over it. */
export function isConnectionError(error: unknown): boolean {
  const code = sqlStateOf(error)
  if (code !== undefined) return UNAVAILABLE.test(code)
  return /connection|connect|terminat|timeout|closed|ended/i.test(describeError(error))
}

/**
 * Whether the server has gone, or is no longer the primary: new connections may reach another server. A server that only
 * lacks resources (class 53), or ends one session (57P04, 57P05), is still the right one.
 */
export function isServerLost(error: unknown): boolean {
  const code = sqlStateOf(error)
  if (code !== undefined) return SERVER_LOST.test(code)
  return error instanceof Error && /^(Connection terminated|Query read timeout)/i.test(error.message)
}

/** The five characters of SQLSTATE, or the code of a socket error. */
export function sqlStateOf(error: unknown): string | undefined {
  return errorCodeOf(error)
}

/** SQLSTATE classes 08 (connection), 53 (out of resources), 57P (shutdown), 25006 (a standby), and errors of sockets. */
const UNAVAILABLE = /^(08...|53...|57P..|25006|E[A-Z_]+)$/

/** SQLSTATE class 08, 57P01 to 57P03 (shutdown, crash, starting), 25006 (a standby), and errors of sockets. */
const SERVER_LOST = /^(08...|57P0[123]|25006|E[A-Z_]+)$/
