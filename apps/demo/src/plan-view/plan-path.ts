import { navigate } from '../shell/use-route.ts'

/** Where a plan is shown. The address survives a reload and can be kept. */
export function planPath(taskId: string): string {
  return `/media-plan/${encodeURIComponent(taskId)}`
}

/** Shows what became of a task. */
export function openPlan({ taskId }: { taskId: string }): void {
  navigate(planPath(taskId))
}
