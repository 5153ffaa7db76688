import { navigate } from '../shell/use-route.ts'

/** Where a plan is shown. The address survives a reload and can be kept. */
export function planPath(taskId: string): string {
  return `/media-plan/${encodeURIComponent(taskId)}`
}

/** Shows what became of a task. */
export function openPlan({ taskId }: { taskId: string }): void {
  navigate(planPath(taskId))
}

/** Whether the page shows something else than this task. A plan before one's eyes needs no notification. */
export function isElsewhere({ taskId }: { taskId: string }): boolean {
  return location.pathname !== planPath(taskId)
}
