import { describeError, type TaskSummary } from '@brandkit/core'
import { useTaskContext } from '@brandkit/react'
import { useCallback, useSyncExternalStore } from 'react'
import { t } from '../language/language.ts'
import { plainTitle } from '../navigation/addresses.tsx'

/** How long a deletion can be taken back, in milliseconds. */
const UNDO_MS = 8_000

/** A task that is hidden, and deleted on the server when its time is over. */
interface Deletion {
  taskId: string
  title: string
  send: () => Promise<void>
  /** Why the server did not delete it; the task is shown again. */
  problem?: string
}

const listeners = new Set<() => void>()
let deletions: readonly Deletion[] = []
let timers: ReadonlyMap<string, ReturnType<typeof setTimeout>> = new Map()

function change(changed: readonly Deletion[]): void {
  deletions = changed
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function drop(taskId: string): void {
  change(deletions.filter((deletion) => deletion.taskId !== taskId))
}

async function send({ taskId, send: remove }: Deletion): Promise<void> {
  clearTimeout(timers.get(taskId))
  try {
    await remove()
    drop(taskId)
  } catch (error) {
    const problem = error instanceof Error ? error.message : describeError(error)
    change(deletions.map((deletion) => (deletion.taskId === taskId ? { ...deletion, problem } : deletion)))
  }
}

function startTimers(): void {
  stopTimers()
  const waiting = deletions.filter(({ problem }) => problem === undefined)
  timers = new Map(waiting.map((deletion) => [deletion.taskId, setTimeout(() => void send(deletion), UNDO_MS)]))
}

function stopTimers(): void {
  for (const timer of timers.values()) clearTimeout(timer)
}

/** Deletes now what still waits. Signing out does so, and closing the page: the user was told that it is deleted. */
export async function sendDeletions(): Promise<void> {
  await Promise.all(deletions.filter(({ problem }) => problem === undefined).map((deletion) => send(deletion)))
}
globalThis.addEventListener?.('pagehide', () => void sendDeletions())

/** Hides a task at once; it is deleted after some seconds unless the user takes it back. */
export function useUndoableDelete(): (task: TaskSummary) => void {
  const { session } = useTaskContext()
  return useCallback(
    (task) => {
      const { taskId } = task
      const deletion = { taskId, title: plainTitle(task), send: () => session.delete(taskId) }
      change([...deletions.filter((other) => other.taskId !== taskId), deletion])
      startTimers()
    },
    [session],
  )
}

/** The tasks of a list that are not hidden. */
export function useWithoutDeleted<Task extends TaskSummary>(tasks: readonly Task[]): Task[] {
  const hidden = useSyncExternalStore(subscribe, () => deletions)
  return tasks.filter(({ taskId }) => !hidden.some((one) => one.taskId === taskId && one.problem === undefined))
}

function undo(taskId: string): void {
  drop(taskId)
  // The row is back after the next render; the focus goes where the user's attention is.
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-task-id="${taskId}"] a`)?.focus())
}

/** Says what was deleted, with the way back. The time stands still while the pointer or the focus is here. */
export function UndoBar() {
  const shown = useSyncExternalStore(subscribe, () => deletions)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- nothing is done here; time stands still
    <div
      className="undo-bar"
      role="status"
      onPointerEnter={stopTimers}
      onPointerLeave={startTimers}
      onFocus={stopTimers}
      onBlur={startTimers}
    >
      {shown.map(({ taskId, title, problem }) => (
        <p key={taskId} className="undo" data-bad={problem && ''}>
          <span dir="auto">
            {problem
              ? t('“{title}” was not deleted. {problem}', { title, problem })
              : t('“{title}” is deleted.', { title })}
          </span>
          {problem ? (
            <button type="button" className="quiet" onClick={() => drop(taskId)}>
              {t('Close')}
            </button>
          ) : (
            <button type="button" className="secondary" onClick={() => undo(taskId)}>
              {t('Undo')}
              <span className="visually-hidden">: {title}</span>
            </button>
          )}
        </p>
      ))}
    </div>
  )
}

/** Moves the focus from a row that goes away to the next row, or the one before it, or the page. */
export function focusNeighbour(element: Element): void {
  const row = element.closest('[data-task-id]')
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling
  const target = neighbour?.querySelector<HTMLElement>('a') ?? document.querySelector<HTMLElement>('#content')
  target?.focus()
}
