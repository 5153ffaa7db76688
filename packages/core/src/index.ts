export { type Action, ACTIONS, DEFAULT_URL, methodsOf } from './protocol/actions.js'
export {
  type BackgroundTask,
  TASK_DATE_FIELDS,
  type TaskFields,
  type TaskId,
  type TaskJson,
  type TaskOutcome,
  toBackgroundTask,
} from './background-task.js'
export { taskErrorCodeSchema, taskJsonSchema, taskStepSchema } from './background-task.schema.js'
export {
  assertBackoffPolicy,
  type BackoffOptions,
  type BackoffPolicy,
  createBackoffPolicy,
  createSeededRandom,
} from './backoff-policy.js'
export { brandTasks } from './brand-tasks/index.js'
export {
  BRAND_TRAITS,
  type BrandTrait,
  COLOR_ROLES,
  type ColorRole,
  CONTRAST_RATIOS,
  type ContrastLevel,
  LOGO_STYLES,
  type LogoStyle,
  TYPE_LEVELS,
  type TypeLevel,
} from './brand-tasks/brand-kit.js'
export { CONTENT_TONES, type ContentTone } from './brand-tasks/content-package.js'
export {
  FACEBOOK_POST_KINDS,
  FACEBOOK_SURFACES,
  type FacebookPostKind,
  type FacebookSurface,
} from './brand-tasks/facebook-trends.js'
export {
  FUNNEL_ASSETS,
  FUNNEL_GOALS,
  FUNNEL_KPIS,
  FUNNEL_STAGES,
  type FunnelAsset,
  type FunnelGoal,
  type FunnelStage,
} from './brand-tasks/funnel-campaign.js'
export { IDEA_EFFORTS, IDEA_FORMATS, type IdeaEffort, type IdeaFormat } from './brand-tasks/idea.js'
export { PRODUCT_IDEA_KINDS, type ProductIdeaKind } from './brand-tasks/ideas-from-product.js'
export { type ModelUsage } from './brand-tasks/model-usage.js'
export { MEDIA_CHANNELS, MEDIA_OBJECTIVES, type MediaChannel, type MediaObjective } from './brand-tasks/media-plan.js'
export {
  DECISION_STYLES,
  type DecisionStyle,
  PERSONA_TOUCHPOINTS,
  type PersonaTouchpoint,
} from './brand-tasks/personas.js'
export { POST_CHARACTERS, SOCIAL_CHANNELS, type SocialChannel } from './brand-tasks/social-channel.js'
export { TREND_DIRECTIONS, TREND_WINDOWS, type TrendDirection, type TrendWindow } from './brand-tasks/trend.js'
export { TREND_MEDIA, type TrendMedium } from './brand-tasks/trends.js'
export { VIRAL_EMOTIONS, type ViralEmotion } from './brand-tasks/viral-ideas.js'
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
export { progressOf } from './progress-of.js'
export { phaseOf, type PhaseSource, type TaskPhase } from './phase-of.js'
export { fromProblemDetails, PROBLEM_MEDIA_TYPE, type ProblemDetails, toProblemDetails } from './problem-details.js'
export {
  CANCEL_OUTCOMES,
  type CancelOutcome,
  type CancelTaskRequest,
  type CancelTaskResponse,
  type CancelTasksResponse,
} from './protocol/cancel-task.js'
export { cancelTaskSchema } from './protocol/cancel-task.schema.js'
export { type DeleteTaskRequest, type DeleteTaskResponse } from './protocol/delete-task.js'
export { deleteTaskSchema } from './protocol/delete-task.schema.js'
export { type CreateTask, type CreateTaskResponse, type CreateTasksResponse } from './protocol/create-task.js'
export { createTaskSchema, newTaskSchema } from './protocol/create-task.schema.js'
export {
  type GetBatchResponse,
  type GetStatusesResponse,
  type GetStatusResponse,
  type TaskHints,
} from './protocol/get-status.js'
export { getStatusSchema } from './protocol/get-status.schema.js'
export { type ListTasksResponse, type TaskFilter } from './protocol/list-tasks.js'
export { listTasksSchema } from './protocol/list-tasks.schema.js'
export {
  PROCESS_OUTCOMES,
  type ProcessOutcome,
  type ProcessTaskRequest,
  type ProcessTaskResponse,
} from './protocol/process-task.js'
export { processTaskSchema } from './protocol/process-task.schema.js'
export { parseJsonObject, writeJsonObject } from './protocol/json-body.js'
export { readQuery } from './protocol/read-query.js'
export { type RetryTaskRequest, type RetryTaskResponse } from './protocol/retry-task.js'
export { retryTaskSchema } from './protocol/retry-task.schema.js'
export { type CreateOptions, type RequestOptions, type TaskWire } from './protocol/task-wire.js'
export { type TaskStreamEvent, type WatchTasksRequest } from './protocol/watch-tasks.js'
export { watchTasksSchema } from './protocol/watch-tasks.schema.js'
export { type DurationStats, type GetStatsResponse } from './protocol/get-stats.js'
export { getStatsSchema } from './protocol/get-stats.schema.js'
export {
  type GetHealthResponse,
  HEALTH_STATUSES,
  type HealthStatus,
  PART_STATUSES,
  type PartStatus,
  WORKER_STATUSES,
  type WorkerStatus,
} from './protocol/get-health.js'
export { getHealthSchema } from './protocol/get-health.schema.js'
export { getOpenapiSchema } from './protocol/get-openapi.schema.js'
export { strayCharacters } from './stray-characters.js'
export { type TaskBatch, toTaskBatch } from './task-batch.js'
export { taskBatchSchema } from './task-batch.schema.js'
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
export { assertCatalog } from './assert-catalog.js'
export { defineTask, defineTasks, type StepDefinition, type TaskCatalog, type TaskDefinition } from './task-catalog.js'
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
export { type RetryAfter, toDelayMs, toRetryAfterMs } from './retry-after.js'
export { TASK_PRIORITIES, type TaskPriority } from './task-priority.js'
export { canMove, isTerminal, TASK_STATUSES, type TaskStatus, type TerminalStatus, TRANSITIONS } from './task-status.js'
export { TASK_STEP_STATUSES, type TaskStep, type TaskStepStatus } from './task-step.js'
export { BRAND_TASK_TYPES, type BrandTaskType } from './task-type.js'
export { createTraceId, fromTraceparent, toTraceparent } from './trace-id.js'
export { withoutRetried } from './without-retried.js'
