export { type Action, type ActionCaller, type ActionOf, ACTIONS, DEFAULT_URL, methodsOf } from './protocol/actions.js'
export {
  type BackgroundTask,
  hasContent,
  type ProviderPause,
  type StepItems,
  TASK_DATE_FIELDS,
  TASK_STEP_STATUSES,
  type TaskContent,
  type TaskFields,
  type TaskId,
  type TaskJson,
  type TaskOutcome,
  type TaskReference,
  type TaskStep,
  type TaskStepStatus,
  type TaskSummary,
  type TaskSummaryJson,
  toBackgroundTask,
  toTaskSummary,
} from './background-task.js'
export {
  assertBackoffPolicy,
  type BackoffOptions,
  type BackoffPolicy,
  createBackoffPolicy,
  createKnownBackoff,
  createSeededRandom,
} from './backoff-policy.js'
export { brandTasks } from './brand-tasks/brand-tasks.js'
export { cutCharacters, cutText } from './cut-text.js'
export { describeError, describeErrorStack, errorCodeOf } from './describe-error.js'
export { handled, withHandled } from './handled.js'
export { isJsonObject, type JsonCompatible, type JsonValue } from './json.js'
export { type LongTimerOptions, startLongTimer } from './long-timer.js'
export * as LIMITS from './limits.js'
export {
  consoleSink,
  createLogger,
  formatLogEntry,
  guardLogger,
  LOG_THRESHOLDS,
  type LoggerOptions,
  type LogThreshold,
  LOG_SCOPES,
  type LogEntry,
  type LogFields,
  type LogLevel,
  type LogScope,
  type LogSink,
  silentLogger,
  type TaskLogger,
  toPrintable,
} from './logger.js'
export { phaseOf, type PhaseSource, type TaskPhase } from './phase-of.js'
export { fromProblemDetails, PROBLEM_MEDIA_TYPE, type ProblemDetails, toProblemDetails } from './problem-details.js'
export { parseJsonObject, writeJsonObject } from './protocol/json-body.js'
export {
  type ActOnMatching,
  type ActOnMatchingResponse,
  CANCEL_OUTCOMES,
  type CancelOutcome,
  type CancelTasksResponse,
  type CreateTasksResponse,
  type DeadNotice,
  type DurationStats,
  type GetBatchResponse,
  type GetStatsResponse,
  type NoticeStats,
  type Throughput,
  THROUGHPUT_SPANS,
  type ThroughputSpan,
  type WorkerStats,
  type GetStatusesResponse,
  type GetStatusResponse,
  type GetTextResponse,
  type ListTasksResponse,
  MATCHING_ACTIONS,
  type MatchingAction,
  type MatchingOutcome,
  PROCESS_OUTCOMES,
  type ProcessOutcome,
  RETRY_STARTS,
  type RetryFrom,
  type TaskConditions,
  type TaskFilter,
  type TaskHints,
  type TaskStreamEvent,
  type TextQuery,
} from './protocol/messages.js'
export {
  type GetHealthResponse,
  HEALTH_STATUSES,
  type HealthStatus,
  PART_STATUSES,
  type PartStatus,
  WORKER_STATUSES,
  type WorkerStatus,
} from './protocol/health.js'
export type { CreateTask } from './protocol/create-task.js'
export {
  type CreateOptions,
  type RequestOptions,
  type RetryOptions,
  type StatsOptions,
  type TaskWire,
  type WireVerbs,
} from './protocol/task-wire.js'
export {
  AUDIT_ACTIONS,
  type AuditAction,
  type AuditEntry,
  type AuditFilter,
  type GetAuditResponse,
} from './protocol/audit-entry.js'
export { isFound, toSearchWords, wordsOfTask } from './search-words.js'
export { strayCharacters } from './stray-characters.js'
export { progressOf, type TaskBatch, toTaskBatch, withoutRetried } from './task-batch.js'
export {
  type Catalog,
  type NewPayload,
  type Register,
  type StepKey,
  type TaskPayload,
  type TaskResult,
  type TaskType,
} from './register.js'
export { readTaskError } from './read-task-error.js'
export {
  assertCatalog,
  defineTask,
  defineTasks,
  ITEM_SEPARATOR,
  type StepDefinition,
  type TaskCatalog,
  type TaskDefinition,
  UNIQUE_CONFLICTS,
  type UniqueConflict,
} from './task-catalog.js'
export { isTaskErrorCode, TASK_ERRORS, type TaskErrorCode } from './task-error-codes.js'
export { TASK_ERROR_TITLES } from './task-error-titles.js'
export {
  FatalTaskError,
  type FieldIssue,
  isTaskError,
  RetryableTaskError,
  type RetryableTaskErrorOptions,
  TaskError,
  type TaskErrorOptions,
} from './task-error.js'
export {
  type BudgetState,
  type GetUsageResponse,
  type UsageMonth,
  type UsageMonthQuery,
  type UsageShare,
  type UsageStats,
} from './usage-month.js'
export { type TaskUsage, type UsageAmount } from './task-usage.js'
export { LONGEST_TIME_MS, type NumberRange, SOME, SOME_TIME } from './number-range.js'
export {
  ANYTHING,
  assertOptions,
  FUNCTION,
  LIST,
  OBJECT,
  oneOf,
  type OptionKind,
  type OptionRule,
  type OptionRules,
  TEXT,
} from './option-rules.js'
export { type RetryAfter, toDelayMs, readRetryAfter, toRetryAfterMs } from './retry-after.js'
export { TASK_PRIORITIES, type TaskPriority } from './task-priority.js'
export { canMove, isTerminal, TASK_STATUSES, type TaskStatus, type TerminalStatus, TRANSITIONS } from './task-status.js'
export { createTraceId, fromTraceparent, toTraceparent } from './trace-id.js'
