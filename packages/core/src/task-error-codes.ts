interface ErrorKind {
  /** HTTP status of a problem document with this code. */
  readonly status: number
  /** Whether the same request may succeed later without being changed. */
  readonly retryable: boolean
  /** The short sentence that stays the same for every occurrence (RFC 9457 `title`). */
  readonly title: string
}

/** Every way a request or a task can fail. Codes are stable: apps may branch on them. */
export const TASK_ERRORS = {
  // requests
  invalid_request: { status: 400, retryable: false, title: 'The request is malformed' },
  unknown_action: { status: 400, retryable: false, title: 'There is no such action' },
  unauthenticated: { status: 401, retryable: false, title: 'Nobody is signed in' },
  forbidden: { status: 403, retryable: false, title: 'This is not allowed' },
  cross_site_request: { status: 403, retryable: false, title: 'The request comes from another site' },
  task_not_found: { status: 404, retryable: false, title: 'There is no such task' },
  batch_not_found: { status: 404, retryable: false, title: 'There is no such batch' },
  not_found: { status: 404, retryable: false, title: 'There is nothing here' },
  method_not_allowed: { status: 405, retryable: false, title: 'This action needs another method' },
  task_is_over: { status: 409, retryable: false, title: 'The task is over' },
  task_is_active: { status: 409, retryable: false, title: 'The task is still under way' },
  task_busy: { status: 503, retryable: true, title: 'Another worker is busy with the task' },
  task_gone: { status: 410, retryable: false, title: 'The task was removed' },
  payload_too_large: { status: 413, retryable: false, title: 'The request is too large' },
  unsupported_media_type: { status: 415, retryable: false, title: 'Only JSON is understood' },
  invalid_payload: { status: 422, retryable: false, title: 'The payload is invalid' },
  unknown_task_type: { status: 422, retryable: false, title: 'There is no such task type' },
  task_type_not_served: { status: 422, retryable: false, title: 'This server has no generator for the type' },
  idempotency_key_reused: { status: 422, retryable: false, title: 'The idempotency key belongs to another request' },
  rate_limited: { status: 429, retryable: true, title: 'Too many requests' },
  too_many_active_tasks: { status: 429, retryable: true, title: 'Too many tasks are under way' },
  queue_full: { status: 503, retryable: true, title: 'The queue is full' },
  internal_error: { status: 500, retryable: true, title: 'Something went wrong' },
  store_unavailable: { status: 503, retryable: true, title: 'The task store cannot be reached' },
  shutting_down: { status: 503, retryable: true, title: 'The server is shutting down' },
  // how a task fails
  generator_failed: { status: 500, retryable: true, title: 'The generator failed' },
  generator_refused: { status: 500, retryable: false, title: 'The generator gave up' },
  task_timed_out: { status: 504, retryable: true, title: 'The task took too long' },
  worker_lost: { status: 500, retryable: true, title: 'The worker stopped answering' },
  task_expired: { status: 504, retryable: false, title: 'The task waited too long' },
  deadline_exceeded: { status: 504, retryable: false, title: 'The task was not done in time' },
  result_invalid: { status: 500, retryable: false, title: 'The generator returned an invalid result' },
  result_unserializable: { status: 500, retryable: false, title: 'The result cannot be stored' },
  // inside the runtime, and between client and server
  ownership_lost: { status: 409, retryable: false, title: 'Another worker owns the task now' },
  network_error: { status: 0, retryable: true, title: 'The server cannot be reached' },
  invalid_response: { status: 502, retryable: true, title: 'The server sent something unexpected' },
} as const satisfies Record<string, ErrorKind>

export type TaskErrorCode = keyof typeof TASK_ERRORS

export function isTaskErrorCode(code: unknown): code is TaskErrorCode {
  return typeof code === 'string' && Object.hasOwn(TASK_ERRORS, code)
}
