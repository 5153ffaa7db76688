import { stopAll } from '@brandkit/client/page'
import type { UnsentTask } from '@brandkit/client'
import { isTerminal } from '@brandkit/core'
import type { Translate } from '../labels/translate.js'
import { labelOfUnsent, titleOfUnsent } from '../labels/unsent-task.js'
import type { TaskTitles } from '../provider/task-context.js'
import type { Announcement } from './announcer.js'
import { TASK_EVENT_KINDS, type TaskEvent, type TaskEventKind } from './task-event.js'
import type { TaskSession } from './task-session.js'

interface AnnounceOptions {
  session: TaskSession
  translate: Translate
  /** The titles of creates that are not sent yet. */
  catalog: TaskTitles | undefined
  now: () => number
  say: (announcement: Announcement) => void
}

const MILESTONES = [75, 50, 25]
const PROGRESS_EVERY_MS = 10_000
/** Events this close together share one announcement. */
const GATHER_MS = 150
/** This many events or more are announced as a number instead of names. */
const MANY = 4

/**
 * Turns events of the user's own tasks into sentences: a create that waits or is refused, start and end once each, progress at 25, 50 and 75 % and at most
 * every 10 s. Only a failure is assertive, because a person must act. Returns the function that stops the announcements.
 */
export function announceTasks({ session, translate, catalog, now, say }: AnnounceOptions): () => void {
  const reached = new Map<string, number>()
  let waiting: TaskEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastProgressAt = -Infinity

  function tellGathered(): void {
    timer = undefined
    const events = waiting
    waiting = []
    for (const kind of TASK_EVENT_KINDS) {
      const alike = events.filter((event) => event.kind === kind)
      tellAlike(kind, alike)
    }
  }

  function tellAlike(kind: TaskEventKind, events: readonly TaskEvent[]): void {
    const urgency = kind === 'failed' ? 'assertive' : 'polite'
    if (events.length >= MANY) {
      say({ urgency, text: translate(`count.${kind}`, { count: events.length }) })
      return
    }
    for (const { task } of events) {
      const values = { title: translate.title(task), cause: translate.cause(task) }
      say({ urgency, text: translate(`announce.${kind}`, values) })
    }
  }

  function tellProgress(): void {
    for (const taskId of reached.keys()) if (!session.registry.has(taskId)) reached.delete(taskId)
    for (const task of session.registry.tasks()) {
      const { taskId } = task
      if (isTerminal(task.status) || !session.isOwn(task)) {
        reached.delete(taskId)
        continue
      }
      const milestone = MILESTONES.find((percent) => task.progress >= percent) ?? 0
      const known = reached.get(taskId)
      reached.set(taskId, milestone)
      // The first milestone is where the task already stands, so it is no news.
      if (known === undefined || milestone <= known || now() - lastProgressAt < PROGRESS_EVERY_MS) continue
      lastProgressAt = now()
      const values = { title: translate.title(task), percent: milestone }
      say({ urgency: 'polite', text: translate('announce.progress', values) })
    }
  }

  function tellUnsent(unsent: UnsentTask): void {
    const title = titleOfUnsent(unsent, { catalog, translate })
    if (unsent.refusal) {
      const cause = translate.problem(unsent.refusal)
      say({ urgency: 'assertive', text: translate('announce.refused', { title, cause }) })
      return
    }
    const state = translate(labelOfUnsent(unsent, session.connection.get().state))
    say({ urgency: 'polite', text: translate('announce.kept', { title, state }) })
  }

  return stopAll(
    session.kept.subscribe(tellUnsent),
    session.events.subscribe((event) => {
      if (!event.isOwn) return
      waiting.push(event)
      timer ??= setTimeout(tellGathered, GATHER_MS)
    }),
    session.registry.subscribe(tellProgress),
    () => clearTimeout(timer),
  )
}
