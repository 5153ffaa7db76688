import type { BackgroundTask } from '@brandkit/core'
import type { ExportFile, Section } from '../sections/section.ts'

/** The files that a finished task can be saved as: its result as JSON, and whatever its section adds. */
export function exportFiles(section: Section, task: BackgroundTask): ExportFile[] {
  if (task.status !== 'completed') return []
  return [
    ...(section.exports?.(task.result) ?? []),
    {
      label: 'JSON',
      fileName: `${section.path}-${task.taskId}.json`,
      mediaType: 'application/json',
      content: `${JSON.stringify(task.result, null, 2)}\n`,
    },
  ]
}
