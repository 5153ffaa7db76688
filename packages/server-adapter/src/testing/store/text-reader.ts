import type { NewStoredTask, TaskStore } from '../../store/task-store.js'
import { ownerOf } from './new-task.js'

/** What a reader gets that has read up to the cursor, and its next cursor. */
export async function readText(store: TaskStore, task: NewStoredTask, cursor = '') {
  const [found] = await store.find([task.taskId], ownerOf(task), { textAfter: cursor })
  if (!found?.text) throw new Error(`Task ${task.taskId} was read without a text.`)
  return { ...found.text, cursor: found.textCursor ?? '' }
}

export async function textOf(store: TaskStore, task: NewStoredTask): Promise<string> {
  return (await readText(store, task)).append
}
