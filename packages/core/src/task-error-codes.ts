interface ErrorKind {
  /** HTTP status of a problem document with this code. */
  readonly status: number
  /** Whether the same request may succeed later. */
  readonly retryable: boolean
}

/** The same request may succeed later. */
const passing = (status: number): ErrorKind => ({ status, retryable: true })
const final = (status: number): ErrorKind => ({ status, retryable: false })

/** Every way a request or a task can fail. Codes are stable: apps may branch on them. */
export const TASK_ERRORS = {
  // Requests
  invalid_request: final(400),
  unknown_action: final(400),
  unauthenticated: final(401),
  forbidden: final(403),
  cross_site_request: final(403),
  task_not_found: final(404),
  batch_not_found: final(404),
  not_found: final(404),
  method_not_allowed: final(405),
  task_is_over: final(409),
  task_is_active: final(409),
  already_under_way: final(409),
  task_busy: passing(503),
  task_gone: final(410),
  payload_too_large: final(413),
  unsupported_media_type: final(415),
  invalid_payload: final(422),
  unknown_task_type: final(422),
  task_type_not_served: final(422),
  idempotency_key_reused: final(422),
  rate_limited: passing(429),
  too_many_active_tasks: passing(429),
  budget_exhausted: passing(429),
  queue_full: passing(503),
  internal_error: passing(500),
  store_unavailable: passing(503),
  shutting_down: passing(503),
  // The ways in which a task fails
  generator_failed: passing(500),
  generator_refused: final(500),
  task_timed_out: passing(504),
  worker_lost: passing(500),
  task_expired: final(504),
  deadline_exceeded: final(504),
  dependency_failed: final(409),
  payload_outdated: final(409),
  content_unreadable: passing(500),
  result_invalid: final(500),
  result_unserializable: final(500),
  // Inside the runtime, and between client and server
  ownership_lost: final(409),
  network_error: passing(0),
  invalid_response: passing(502),
} satisfies Record<string, ErrorKind>

export type TaskErrorCode = keyof typeof TASK_ERRORS

export function isTaskErrorCode(code: unknown): code is TaskErrorCode {
  return typeof code === 'string' && Object.hasOwn(TASK_ERRORS, code)
}
