import { TaskError, type TaskReference, toPrintable } from '@brandkit/core'
import type { StoredTask } from '../../store/task-store.js'
import type { NewTaskInput } from './new-task.js'

export type EarlierTask = Pick<StoredTask, 'taskId' | 'title' | 'brandId'>

/** The tasks that a new one can follow, by id, and by position in the batch. */
export type EarlierTasks = ReadonlyMap<string | number, EarlierTask>

/**
 * The tasks that a new one follows, each once. Those of a batch must stand before it, so no task can wait for itself.
 *
 * @throws TaskError `invalid_payload` for an id that does not exist or that the caller may not see: both look alike
 */
export function referencesOf(
  { after = [], brandId }: NewTaskInput,
  earlier: EarlierTasks | undefined,
): TaskReference[] {
  const references = after.map((name, index) => {
    const task = earlier?.get(name)
    if (!task) throw unfit(index, unknown(name), 'There is no such task.')
    // People who may see the new task read the titles of those that it follows.
    if (task.brandId !== brandId) throw unfit(index, OF_ANOTHER_BRAND, 'This task is of another brand.')
    return { taskId: task.taskId, title: task.title }
  })
  return [...new Map(references.map((reference) => [reference.taskId, reference])).values()]
}

const OF_ANOTHER_BRAND = 'A task can follow tasks of its own brand only. Leave the others out of `after`.'

function unknown(name: string | number): string {
  return typeof name === 'number'
    ? `There is no task at position ${name} that this one could follow. In \`after\` a number is the position of a task that stands before this one in the batch, from 0.`
    : `There is no task ${toPrintable(name)} that this one could follow. Create it first, and name its id in \`after\`.`
}

function unfit(index: number, sentence: string, message: string): TaskError {
  return new TaskError('invalid_payload', sentence, { issues: [{ path: ['after', index], message }] })
}
