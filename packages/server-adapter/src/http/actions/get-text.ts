import { isTerminal } from '@brandkit/core'
import type { TaskScope } from '../../principal.js'
import type { StoredTask } from '../../store/task-store.js'
import { awaitNews } from '../await-news.js'
import { type ActionServices, defineAction } from '../define-action.js'
import { assertContent, taskNotFound } from '../find-task.js'

/**
 * `GET /api/jobs?action=text` reads what a task's text has gained since a cursor. With `wait` it answers as soon as the text
 * has changed or the task has ended, and after `wait` seconds at the latest.
 */
export const getText = defineAction(
  'text',
  {
    id: 'getText',
    summary: 'Read what a task’s text has gained since a cursor',
    description:
      'A reader keeps the first `from` code units of what it has, appends `text`, and asks again with `cursor` when the task’s `textCursor` is another. `from` is shorter than that when a new attempt has cut the text.',
    replies: { 200: { description: 'What is new. Empty when nothing is.' } },
    errors: ['task_not_found', 'task_gone', 'content_unreadable'],
  },
  async ({ request, signal, scope, store, changes, clock, closing }) => {
    const { taskId, cursor = '', wait = 0 } = request
    const read = () => readText({ taskId, cursor }, scope, { store })
    const isNews = ({ tasks: [task] }: TextReading) =>
      task.textCursor !== (cursor || undefined) || isTerminal(task.status)

    const {
      tasks: [{ text, textCursor, status }],
    } =
      wait > 0
        ? await awaitNews(read, isNews, {
            changes,
            clock,
            scope,
            taskIds: [taskId],
            waitMs: wait * 1_000,
            signals: [signal(), closing],
          })
        : await read()
    return {
      body: {
        text: text?.append ?? '',
        cursor: textCursor ?? '',
        from: text?.from ?? 0,
        isComplete: isTerminal(status),
      },
    }
  },
)

interface TextReading {
  tasks: readonly [StoredTask]
}

async function readText(
  { taskId, cursor }: { taskId: string; cursor: string },
  scope: TaskScope,
  { store }: Pick<ActionServices, 'store'>,
): Promise<TextReading> {
  const [task] = await store.find([taskId], scope, { textAfter: cursor })
  if (!task) throw taskNotFound()
  return { tasks: [assertContent(task)] }
}
