import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { navigate } from '../parts/link.tsx'
import { sectionOf } from '../sections/sections.ts'

interface Named {
  taskId: string
  type: BrandTaskType
}

/** The address of a task. It survives a reload and can be bookmarked. */
export function taskPath({ taskId, type }: Named): string {
  return `/${sectionOf(type).path}/${encodeURIComponent(taskId)}`
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
