import type { TaskErrorCode } from './task-error-codes.js'

/**
 * The short sentence that stays the same for every occurrence of a code (RFC 9457 `title`). Apart from the table of
 * codes, because only servers write problem documents: a browser does without it.
 */
export const TASK_ERROR_TITLES = {
  invalid_request: 'The request is malformed',
  unknown_action: 'There is no such action',
  unauthenticated: 'Nobody is signed in',
  forbidden: 'This is not allowed',
  cross_site_request: 'The request comes from another site',
  task_not_found: 'There is no such task',
  batch_not_found: 'There is no such batch',
  not_found: 'There is nothing here',
  method_not_allowed: 'This action needs another method',
  task_is_over: 'The task is over',
  task_is_active: 'The task is still under way',
  task_busy: 'Another worker is busy with the task',
  task_gone: 'The task was removed',
  payload_too_large: 'The request is too large',
  unsupported_media_type: 'Only JSON is understood',
  invalid_payload: 'The payload is invalid',
  unknown_task_type: 'There is no such task type',
  task_type_not_served: 'This server has no generator for the type',
  idempotency_key_reused: 'The idempotency key belongs to another request',
  rate_limited: 'Too many requests',
  too_many_active_tasks: 'Too many tasks are under way',
  queue_full: 'The queue is full',
  internal_error: 'Something went wrong',
  store_unavailable: 'The task store cannot be reached',
  shutting_down: 'The server is shutting down',
  generator_failed: 'The generator failed',
  generator_refused: 'The generator gave up',
  task_timed_out: 'The task took too long',
  worker_lost: 'The worker stopped answering',
  task_expired: 'The task waited too long',
  deadline_exceeded: 'The task was not done in time',
  result_invalid: 'The generator returned an invalid result',
  result_unserializable: 'The result cannot be stored',
  ownership_lost: 'Another worker owns the task now',
  network_error: 'The server cannot be reached',
  invalid_response: 'The server sent something unexpected',
} as const satisfies Record<TaskErrorCode, string>
