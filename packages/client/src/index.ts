export {
  type BackgroundTask,
  type BackoffOptions,
  type BackoffPolicy,
  type CancelOutcome,
  createBackoffPolicy,
  createLogger,
  type CreateOptions,
  type CreateTask,
  type FieldIssue,
  hasContent,
  isTaskError,
  isTerminal,
  type MatchingAction,
  type MatchingOutcome,
  phaseOf,
  type Register,
  type RequestOptions,
  silentLogger,
  type TaskBatch,
  type TaskConditions,
  TaskError,
  type TaskErrorCode,
  type TaskFilter,
  type TaskHints,
  type TaskId,
  type TaskJson,
  type TaskLogger,
  type TaskPayload,
  type TaskPhase,
  type TaskResult,
  type TaskStatus,
  type TaskStep,
  type TaskStreamEvent,
  type TaskSummary,
  type TaskSummaryJson,
  type TaskType,
  type TaskWire,
} from '@brandkit/core'
export type { ActOnAllOptions, MatchingCount, MatchingPage, MatchingProgress } from './act-on-all.js'
export type { ConnectionState, TaskConnection } from './connection-state.js'
export { createOutbox, type Outbox, type OutboxCreateOptions, type OutboxOptions, type UnsentTask } from './outbox.js'
export type { StreamConnection, StreamTransport } from './stream-transport.js'
export { createTaskFollower, type TaskFollower, type TaskFollowerOptions } from './task-follower.js'
export type { PageService } from './page-service.js'
export type { PageWire } from './page-wire.js'
export { createTaskService, type TaskService, taskService, type TaskServiceOptions } from './task-service.js'
export type { ClientWire } from './task-wire.js'
export { createTextReader, type TaskText, type TextReader } from './text-reader.js'
export { createUserStorage, type StorageLike, type UserStorage, type UserStorageOptions } from './user-storage.js'
export type { WatchOptions, WatchTasks } from './watch-tasks.js'
