export type {
  BackgroundTask,
  BackoffPolicy,
  Catalog,
  MatchingAction,
  NewPayload,
  Register,
  TaskConditions,
  TaskErrorCode,
  TaskFilter,
  TaskId,
  TaskJson,
  TaskPayload,
  TaskPhase,
  TaskResult,
  TaskStatus,
  TaskStep,
  TaskSummary,
  TaskType,
} from '@brandkit/core'
export { createBackoffPolicy, isTerminal, phaseOf, TaskError } from '@brandkit/core'
export type { PageService, TaskFollower, TaskService, TaskText } from '@brandkit/client'
export { TaskContext, type TaskContextValue } from './provider/task-context.js'
export { TaskProvider, type TaskProviderProps } from './provider/task-provider.js'
export { useTaskContext } from './provider/use-task-context.js'
export { useActOnMatching, type UseActOnMatchingResult } from './hooks/use-act-on-matching.js'
export { useCancelTask } from './hooks/use-cancel-task.js'
export { useColleagueName } from './hooks/use-colleague-name.js'
export { type NewTask, useCreateTask, type UseCreateTaskResult } from './hooks/use-create-task.js'
export { useDeleteTask } from './hooks/use-delete-task.js'
export { useLatestTask, type UseLatestTaskOptions } from './hooks/use-latest-task.js'
export type { KeptTask } from './session/kept-task.js'
export { type RetryTask, useRetryTask } from './hooks/use-retry-task.js'
export { useTabTitleCount } from './hooks/use-tab-title-count.js'
export { useTask } from './hooks/use-task.js'
export { useTaskAnnouncements } from './hooks/use-task-announcements.js'
export { useTaskBatch, type UseTaskBatchResult } from './hooks/use-task-batch.js'
export { useTaskConnection, type UseTaskConnectionResult } from './hooks/use-task-connection.js'
export { type TaskEventContext, type TaskEventListeners, useTaskEvents } from './hooks/use-task-events.js'
export { type TaskPage, useTaskHistory } from './hooks/use-task-history.js'
export { useTaskPhase, type UseTaskPhaseResult } from './hooks/use-task-phase.js'
export { useTaskPolling, type UseTaskPollingOptions } from './hooks/use-task-polling.js'
export { useTaskText } from './hooks/use-task-text.js'
export { useTasks } from './hooks/use-tasks.js'
export { taskQuery, type TaskQueryOptions } from './queries/task-query.js'
export { useTranslate as useTaskLabels } from './provider/use-translate.js'
export type { Translate as TaskTexts } from './labels/translate.js'
export type { Label, LabelKey, TaskLabels } from './locales/task-labels.js'
export type {
  FramePart,
  FrameSlotProps,
  Looks,
  Part,
  SlotProps,
  Slots,
  StepSlotProps,
  TaskPart,
} from './components/looks.js'
export {
  TaskStatusIndicator,
  type TaskStatusIndicatorProps,
} from './components/task-status-indicator/task-status-indicator.js'
export { TaskNotification, type TaskNotificationProps } from './components/task-notification/task-notification.js'
export { TaskProgress, type TaskProgressProps } from './components/task-progress/task-progress.js'
export { TaskSteps, type TaskStepsProps } from './components/task-steps/task-steps.js'
export { TaskHistory, type TaskHistoryProps } from './components/task-history/task-history.js'
export type { TaskHistoryChoices } from './components/task-history/history-choices.js'
