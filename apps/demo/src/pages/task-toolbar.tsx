import type { BackgroundTask } from '@brandkit/core'
import { useCancelTask, useDeleteTask, useRetryTask, useTaskContext } from '@brandkit/react'
import { Icon } from '../parts/icon.tsx'
import { navigate } from '../parts/link.tsx'
import type { ExportFile, Section } from '../sections/section.ts'
import { Problem } from '../parts/page-parts.tsx'
import { openTask } from '../tasks/open-task.ts'

interface TaskToolbarProps {
  task: BackgroundTask
  section: Section
  isTraced: boolean
  onTrace: (isShown: boolean) => void
}

/** The actions for a task in its current state. */
export function TaskToolbar({ task, section, isTraced, onTrace }: TaskToolbarProps) {
  const cancel = useCancelTask()
  const retry = useRetryTask()
  const remove = useDeleteTask()
  const { status, taskId } = task
  // The server's policy: colleagues stop and repeat a task; its owner alone deletes and traces it.
  const isOwn = useTaskContext().session.isOwn(task)
  const isOver = status !== 'queued' && status !== 'processing'
  const error = retry.error ?? remove.error ?? cancel.error
  return (
    <div className="toolbar">
      {exportFiles(section, task).map((file) => (
        <button key={file.fileName} type="button" className="secondary" onClick={() => saveFile(file)}>
          Save {file.label}
        </button>
      ))}
      {!isOver && (
        <button type="button" className="secondary" disabled={cancel.isPending} onClick={() => cancel.mutate(taskId)}>
          Stop
        </button>
      )}
      {(status === 'failed' || status === 'cancelled') && (
        <button
          type="button"
          className="button"
          disabled={retry.isPending}
          onClick={() => retry.mutate(taskId, { onSuccess: openTask })}
        >
          Try again
        </button>
      )}
      {isOver && isOwn && (
        <button
          type="button"
          className="secondary"
          disabled={remove.isPending}
          onClick={() => remove.mutate(taskId, { onSuccess: () => navigate(`/${section.path}`) })}
        >
          Delete
        </button>
      )}
      {isOwn && (
        <button type="button" className="secondary" aria-expanded={isTraced} onClick={() => onTrace(!isTraced)}>
          <Icon name="wrench" />
          Trace
        </button>
      )}
      {error && <Problem sentence={error.message} />}
    </div>
  )
}

/** The files of a finished task: its result as JSON, and the files that its section adds. */
function exportFiles(section: Section, task: BackgroundTask): ExportFile[] {
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

/** Offers a file as a download. */
function saveFile({ content, mediaType, fileName }: ExportFile): void {
  const address = URL.createObjectURL(new Blob([content], { type: mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  URL.revokeObjectURL(address)
}
