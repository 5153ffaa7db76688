import type { brandTasks } from '@brandkit/core'
import {
  type BackgroundTask,
  type TaskId,
  taskQuery,
  type TaskService,
  type TaskType,
  useCreateTask,
  useLatestTask,
  useTask,
  useTaskPolling,
  useTasks,
} from '@brandkit/react'

// This test is its own program, because an app registers one catalog for all its code.
declare module '@brandkit/react' {
  interface Register {
    catalog: {
      WRITE_REPORT: (typeof brandTasks)['GENERATE_MEDIA_PLAN']
      DRAW_LOGO: (typeof brandTasks)['GENERATE_BRAND_KIT']
    }
  }
}

declare const reportId: TaskId<'WRITE_REPORT'>

export const types: TaskType[] = ['WRITE_REPORT', 'DRAW_LOGO']
// @ts-expect-error the ten brand tasks are not registered here
export const unknown: TaskType = 'GENERATE_MEDIA_PLAN'

export function useRegistered(): void {
  const report = useCreateTask('WRITE_REPORT')
  if (report.task?.status === 'completed') report.task.result.mediaPlanGroupId satisfies string
  // @ts-expect-error the payload is of another type
  report.mutate({ payload: { brandName: 'Aurora' } })
  // @ts-expect-error the catalog has no such type
  useCreateTask('SEND_MAIL')

  // The id carries the type from create to read.
  useTask(report.task?.taskId).data satisfies BackgroundTask<'WRITE_REPORT'> | undefined
  useTaskPolling(reportId).data satisfies BackgroundTask<'WRITE_REPORT'> | undefined
  useLatestTask('DRAW_LOGO') satisfies BackgroundTask<'DRAW_LOGO'> | undefined
  useTasks({ type: 'DRAW_LOGO' }, (tasks) => tasks.length) satisfies number
  // @ts-expect-error the catalog has no such type to filter by
  useTasks({ type: 'GENERATE_TRENDS' })
}

declare const service: TaskService
taskQuery({ service, userId: 'ada' }, reportId).select satisfies (json: never) => BackgroundTask<'WRITE_REPORT'>
