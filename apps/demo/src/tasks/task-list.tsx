import type { TaskReference, TaskSummary, TaskStatus } from '@brandkit/core'
import type { ReactNode } from 'react'
import { formatDuration } from '../parts/format-quantity.ts'
import { Icon } from '../parts/icon.tsx'
import { Link } from '../parts/link.tsx'
import { sectionOf } from '../sections/sections.ts'
import { ByColleague } from './by-colleague.tsx'
import { taskPath } from '../sections/section-path.ts'
import { plainTitle } from './open-task.ts'

interface TaskListProps {
  tasks: readonly TaskSummary[]
  label: string
  /** `one-type`: the page names the type. `all-types`: each row names its type. */
  columns: 'one-type' | 'all-types'
  /** The owner's name, for lists with tasks of several people. */
  ownerOf?: ((task: TaskSummary) => string) | undefined
  /** Buttons at the end of a row. */
  renderActions?: ((task: TaskSummary) => ReactNode) | undefined
}

/** Tasks as rows; each row links to its task. */
export function TaskList({ tasks, label, columns, ownerOf, renderActions }: TaskListProps) {
  return (
    <ul className="tasks" aria-label={label}>
      {tasks.map((task) => (
        <li key={task.taskId} className="task" data-status={task.status}>
          {columns === 'all-types' && (
            <span className="task-sign" title={sectionOf(task.type).name}>
              <Icon name={sectionOf(task.type).icon} />
            </span>
          )}
          <TaskLink task={task} isForeign={ownerOf !== undefined} />
          <span className="task-facts soft">
            {columns === 'all-types' && <span>{sectionOf(task.type).name}</span>}
            {ownerOf ? <span>{ownerOf(task)}</span> : <ByColleague task={task} />}
            <span>{when.format(task.createdAt)}</span>
            {task.actualDuration !== undefined && <span>{formatDuration(task.actualDuration)}</span>}
            {task.retryCount > 0 && (
              <span>
                {task.retryCount} {task.retryCount === 1 ? 'retry' : 'retries'}
              </span>
            )}
          </span>
          {columns === 'all-types' && task.tags && <TaskTags tags={task.tags} isForeign={ownerOf !== undefined} />}
          {task.priority !== 'normal' && (
            <span className="priority" data-priority={task.priority}>
              {task.priority === 'high' ? 'Premium' : 'Low priority'}
            </span>
          )}
          {renderActions && <span className="task-actions">{renderActions(task)}</span>}
        </li>
      ))}
    </ul>
  )
}

interface TaskTagsProps {
  tags: readonly string[]
  isForeign: boolean
}

/** The tags of a task. Each leads to all tasks that have it. */
function TaskTags({ tags, isForeign }: TaskTagsProps) {
  return (
    <span className="task-tags">
      {tags.map((tag) =>
        isForeign ? (
          <span key={tag} className="tag">
            {tag}
          </span>
        ) : (
          <Link key={tag} className="tag" href={`/history?${new URLSearchParams({ tag }).toString()}`}>
            {tag}
          </Link>
        ),
      )}
    </span>
  )
}

interface TaskLinkProps {
  task: TaskSummary
  /** Whether the task belongs to another user, whose page only the owner may open. */
  isForeign: boolean
}

function TaskLink({ task, isForeign }: TaskLinkProps) {
  const content = (
    <>
      <span className="task-title">{plainTitle(task)}</span>
      <span className="status">
        {task.waitsFor ? sayWaitsFor(task.waitsFor) : STATUS_NAMES[task.status]}
        {task.status === 'processing' && ` · ${Math.floor(task.progress)} %`}
      </span>
    </>
  )
  if (isForeign) return <span className="task-link">{content}</span>
  return (
    <Link href={taskPath(task)} className="task-link">
      {content}
    </Link>
  )
}

/** The tasks for which another one waits: "Waits for Brand kit: Aurora". */
export function sayWaitsFor(waitsFor: readonly TaskReference[]): string {
  return `Waits for ${new Intl.ListFormat('en').format(waitsFor.map(({ title }) => title))}`
}

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

export const STATUS_NAMES: Readonly<Record<TaskStatus, string>> = {
  queued: 'Waiting',
  processing: 'In the making',
  completed: 'Ready',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

interface MoreButtonProps {
  isLoading: boolean
  onClick: () => void
}

/** Loads the next page of a list. */
export function MoreButton({ isLoading, onClick }: MoreButtonProps) {
  return (
    <button type="button" className="secondary more" disabled={isLoading} onClick={onClick}>
      {isLoading ? 'Looking…' : 'Show earlier ones'}
    </button>
  )
}
