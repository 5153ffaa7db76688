import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { navigate } from '../parts/link.tsx'
import { sectionOf } from '../sections/sections.ts'

interface Named {
  taskId: string
  type: BrandTaskType
}

/** The address of a task. It survives a reload and can be kept. */
export function taskPath({ taskId, type }: Named): string {
  return `/${sectionOf(type).path}/${encodeURIComponent(taskId)}`
}

/** Shows what became of a task. */
export function openTask(task: Named): void {
  navigate(taskPath(task))
}

/** Whether the page shows something else than this task. A task that is on screen needs no notification. */
export function isElsewhere(task: Named): boolean {
  return location.pathname !== taskPath(task)
}

/** A task's title without its type, where the type is clear: "Media plan: Spring" is "Spring". */
export function plainTitle({ title }: { title: string }): string {
  return title.replace(/^[^:]{1,40}: /, '')
}
