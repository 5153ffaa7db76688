import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { navigate } from '../parts/link.tsx'
import { sectionPath, taskPath } from '../sections/section-path.ts'

interface Named {
  taskId: string
  type: BrandTaskType
}

/** Opens a task's page. */
export function openTask(task: Named): void {
  navigate(taskPath(task))
}

/** Whether the page shows something other than this task. A visible task needs no notification. */
export function isElsewhere(task: Named): boolean {
  return location.pathname !== taskPath(task)
}

/** A task's title without its type, for lists of one type: "Media plan: Spring" becomes "Spring". */
export function plainTitle({ title }: { title: string }): string {
  return title.replace(/^[^:]{1,40}: /, '')
}

/** The form with the brief of a task. `edit` replaces a task that went wrong; `copy` makes another one beside it. */
export function formPath({ taskId, type }: Named, purpose: 'edit' | 'copy'): string {
  return `/${sectionPath(type)}/new?${new URLSearchParams({ [purpose]: taskId }).toString()}`
}
