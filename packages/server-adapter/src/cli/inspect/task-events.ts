import type { TaskLife } from './read-life.js'

/** Something that happened to a task. */
export interface TaskEvent {
  /** ISO 8601, by the clock of the database. */
  at: string
  /** What happened, in plain words without foreign text: `attempt started`. */
  event: string
  /** The id of the person who did it. */
  by?: string
  /** About what: a step, an attempt, another task, an error. */
  about?: string
}

/**
 * What the database knows of a task's life, oldest first. It keeps the start of the first and of the current attempt; the
 * log has those between, by the trace id.
 */
export function toEvents({ task, times, audit, retries, notices }: TaskLife): TaskEvent[] {
  const { createdAt, runAt, startedAt, completedAt, purgedAt, attempt, steps } = task
  const events: TaskEvent[] = [
    { at: createdAt, event: 'created', by: task.createdBy, ...(task.retryOf && { about: `retry of ${task.retryOf}` }) },
  ]
  const add = (at: string | undefined, event: Omit<TaskEvent, 'at'>) => {
    if (at !== undefined) events.push({ at, ...event })
  }
  if (Date.parse(runAt) > Date.parse(createdAt)) add(runAt, { event: 'due' })
  add(startedAt, { event: 'attempt started', about: '1' })
  if (attempt > 1) add(times.attemptStartedAt, { event: 'attempt started', about: String(attempt) })
  for (const step of steps) {
    add(step.startedAt, { event: 'step started', about: step.key })
    add(step.completedAt, { event: 'step completed', about: step.key })
  }
  add(completedAt, {
    event: task.status,
    ...(task.cancelledBy !== undefined && { by: task.cancelledBy }),
    ...(task.errorCode !== undefined && { about: task.errorCode }),
  })
  add(purgedAt, { event: 'emptied' })
  for (const { at, action, by } of audit) {
    // The end of this task, and the beginning of one that repeats another, say it already.
    const isSaid =
      action === 'cancel' ? task.cancelledBy !== undefined : action === 'retry' && task.retryOf !== undefined
    if (!isSaid) add(at, { event: `${action} asked for`, by })
  }
  for (const retry of retries)
    add(retry.at, { event: 'retried', by: retry.by, about: `${retry.taskId}, ${retry.status}` })
  for (const { diedAt, target } of notices) add(diedAt ?? undefined, { event: 'notice given up', about: target })
  return events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
