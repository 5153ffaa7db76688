interface ErrorKind {
  /** HTTP status of a problem document with this code. */
  readonly status: number
  /** Whether the same request may succeed later. */
  readonly retryable: boolean
}

/** Every way a request or a task can fail. Codes are stable: apps may branch on them. */
export const TASK_ERRORS = {
  // Requests
  invalid_request: { status: 400, retryable: false },
  unknown_action: { status: 400, retryable: false },
  unauthenticated: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  cross_site_request: { status: 403, retryable: false },
  task_not_found: { status: 404, retryable: false },
  batch_not_found: { status: 404, retryable: false },
  not_found: { status: 404, retryable: false },
  method_not_allowed: { status: 405, retryable: false },
  task_is_over: { status: 409, retryable: false },
  task_is_active: { status: 409, retryable: false },
  already_under_way: { status: 409, retryable: false },
  task_busy: { status: 503, retryable: true },
  task_gone: { status: 410, retryable: false },
  payload_too_large: { status: 413, retryable: false },
  unsupported_media_type: { status: 415, retryable: false },
  invalid_payload: { status: 422, retryable: false },
  unknown_task_type: { status: 422, retryable: false },
  task_type_not_served: { status: 422, retryable: false },
  idempotency_key_reused: { status: 422, retryable: false },
  rate_limited: { status: 429, retryable: true },
  too_many_active_tasks: { status: 429, retryable: true },
  budget_exhausted: { status: 429, retryable: true },
  queue_full: { status: 503, retryable: true },
  internal_error: { status: 500, retryable: true },
  store_unavailable: { status: 503, retryable: true },
  shutting_down: { status: 503, retryable: true },
  // The ways in which a task fails
  generator_failed: { status: 500, retryable: true },
  generator_refused: { status: 500, retryable: false },
  task_timed_out: { status: 504, retryable: true },
  worker_lost: { status: 500, retryable: true },
  task_expired: { status: 504, retryable: false },
  deadline_exceeded: { status: 504, retryable: false },
  dependency_failed: { status: 409, retryable: false },
  payload_outdated: { status: 409, retryable: false },
  content_unreadable: { status: 500, retryable: true },
  result_invalid: { status: 500, retryable: false },
  result_unserializable: { status: 500, retryable: false },
  // Inside the runtime, and between client and server
  ownership_lost: { status: 409, retryable: false },
  network_error: { status: 0, retryable: true },
  invalid_response: { status: 502, retryable: true },
} as const satisfies Record<string, ErrorKind>

export type TaskErrorCode = keyof typeof TASK_ERRORS

export function isTaskErrorCode(code: unknown): code is TaskErrorCode {
  return typeof code === 'string' && Object.hasOwn(TASK_ERRORS, code)
}
