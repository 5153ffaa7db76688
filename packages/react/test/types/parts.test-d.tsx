import type { ReactNode } from 'react'
import {
  type BackgroundTask,
  TaskHistory,
  type TaskHistoryChoices,
  TaskProgress,
  type TaskStep,
  TaskSteps,
  type TaskSummary,
} from '../../src/index.js'

declare const task: TaskSummary
declare const whole: BackgroundTask
declare const address: { search?: string }

export const named: ReactNode[] = [
  <TaskProgress key="id" taskId={whole.taskId} />,
  <TaskProgress key="task" task={task} variant="compact" actions />,
  // Every task is its own summary.
  <TaskSteps key="whole" task={whole} />,
  // @ts-expect-error a task is named once
  <TaskProgress key="both" taskId={whole.taskId} task={task} />,
  // @ts-expect-error a task must be named
  <TaskSteps key="none" />,
  // @ts-expect-error there are two variants
  <TaskProgress key="variant" task={task} variant="large" />,
]

export const listed: ReactNode[] = [
  <TaskHistory
    key="history"
    filter={{ brandId: 'aurora' }}
    choices={address}
    onChoicesChange={(choices) => choices satisfies TaskHistoryChoices}
    types={['GENERATE_TRENDS']}
    getHref={({ taskId }) => `/tasks/${taskId}`}
    onOpenTask={(opened) => opened satisfies TaskSummary}
    onOpenResult={(opened) => opened satisfies BackgroundTask}
    slots={{ step: ({ step, children }) => [step satisfies TaskStep, children][1] as ReactNode }}
  />,
  // @ts-expect-error the catalog has no such type
  <TaskHistory key="type" types={['SEND_MAIL']} />,
  // @ts-expect-error lists have no content
  <TaskHistory key="content" onOpenTask={(opened) => opened.payload} />,
]
