'use client'

import { stopAll } from '@brandkit/client/page'
import type { Outbox, UnsentTask } from '@brandkit/client'
import { type BackgroundTask, describeError } from '@brandkit/core'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { foreseeTask } from '../../labels/unsent-task.js'
import { toAppTask } from '../../queries/to-app-task.js'
import type { TaskEvent } from '../../session/task-event.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { panelDoorOf } from '../panel-door.js'
import { createBurstCounter } from './burst-counter.js'
import { createToastList, type ToastEntry, type ToastKind } from './toast-list.js'

interface TaskToastsOptions {
  duration: number | undefined
  show: ((task: BackgroundTask) => boolean) | undefined
  /** Whether the toasts' time stands still. */
  isHeld: boolean
}

/** Milliseconds. A failure stays until a person has dismissed it, and a create on its way until it has its answer. */
const STAYS_MS = {
  sending: Infinity,
  kept: 8_000,
  refused: Infinity,
  started: 5_000,
  completed: 8_000,
  failed: Infinity,
  cancelled: 5_000,
} as const satisfies Record<ToastKind, number>

/** Turns events into toasts. Each task has one toast, updated in place; many events of a kind at once share one. */
export function useTaskToasts({ duration, show, isHeld }: TaskToastsOptions): {
  toasts: readonly ToastEntry[]
  dismiss: (toastId: string) => void
} {
  const { session, connection, outbox, catalog, userId, logger } = useTaskContext()
  const [list] = useState(createToastList)
  const toasts = useSyncExternalStore(list.subscribe, list.get, list.get)
  const latest = useRef({ duration, show, catalog })
  useEffect(() => {
    latest.current = { duration, show, catalog }
  })

  useEffect(() => {
    const bursts = createBurstCounter()
    const door = panelDoorOf(session)
    const isInPanel = (taskId: string) => door.panels().some((panel) => panel.isOpen && panel.has(taskId))
    const staysMs = (kind: ToastKind) => {
      const needsSignIn = kind === 'kept' && connection.get().state === 'auth-required'
      if (needsSignIn || STAYS_MS[kind] === Infinity) return Infinity
      return asTime(latest.current.duration) ?? STAYS_MS[kind]
    }
    /** The toast about one task: a create keeps its toast as the task that it has become. */
    const toastIdOf = (taskId: string) =>
      list.get().find(({ taskIds }) => taskIds.length === 1 && taskIds[0] === taskId)?.id ?? taskId
    const put = (kind: ToastKind, taskId: string, id = toastIdOf(taskId)) => {
      if (isInPanel(taskId)) {
        list.dismiss(id)
        return
      }
      const burst = bursts.count(kind, taskId, Date.now())
      if (!burst) {
        list.put({ id, kind, taskIds: [taskId] }, staysMs(kind))
        return
      }
      list.remove([id, ...burst.map(toastIdOf)])
      list.put({ id: `many-${kind}`, kind, taskIds: burst }, staysMs(kind))
    }
    const isWanted = (task: BackgroundTask) => {
      try {
        return latest.current.show?.(task) !== false
      } catch (error) {
        // It is asked in the middle of a create, which goes on.
        logger.scope('TaskContext').warn('`show` of TaskNotification failed', { error: describeError(error) })
        return true
      }
    }

    let known = byKey(outbox)
    const onEvent = ({ kind, task, isLeader, isOwn }: TaskEvent) => {
      // The leading tab shows the toast. Colleagues' tasks have a row in the panel and no toast.
      if (!isLeader || !isOwn || !isWanted(task)) return
      const waiting = byKey(outbox)
      // The create that has just become this task has left the outbox. Others may share its trace.
      const isItsToast = ({ kind: told, taskIds: [key = '', next] }: ToastEntry) =>
        told === 'sending' && !next && !waiting.has(key) && known.get(key)?.traceId === task.traceId
      put(kind, task.taskId, list.get().find(isItsToast)?.id)
    }
    const onUnsent = () => {
      const before = known
      known = byKey(outbox)
      // An answer takes longer than a user's patience, so a click has its toast at once.
      for (const [key, unsent] of known) {
        if (before.has(key) || unsent.state !== 'sending') continue
        const task = toAppTask(foreseeTask(unsent, { catalog: latest.current.catalog, userId }))
        if (isWanted(task)) put('sending', key)
      }
      // What was sent has a toast about its start; a toast about creates knows their keys.
      for (const { id, kind, taskIds } of list.get()) {
        if (!taskIds.some((key) => before.has(key))) continue
        const left = taskIds.filter((key) => isStill(kind, known.get(key), taskIds.length === 1))
        if (left.length === 0) list.remove([id])
        else if (left.length < taskIds.length) list.narrow(id, left)
      }
    }
    const leaveToPanel = () => {
      for (const { id, taskIds } of list.get()) if (taskIds.some(isInPanel)) list.dismiss(id)
    }
    return stopAll(
      session.events.subscribe(onEvent),
      session.kept.subscribe(({ key, refusal }) => put(refusal ? 'refused' : 'kept', key)),
      outbox.subscribe(onUnsent),
      door.subscribe(leaveToPanel),
      () => list.remove(list.get().map(({ id }) => id)),
    )
  }, [session, connection, outbox, userId, logger, list])

  useEffect(() => {
    if (isHeld) list.pause()
    else list.resume()
  }, [list, isHeld])

  return { toasts, dismiss: list.dismiss }
}

function byKey(outbox: Pick<Outbox, 'entries'>): ReadonlyMap<string, UnsentTask> {
  return new Map(outbox.entries().map((unsent) => [unsent.key, unsent]))
}

/** Whether a toast about creates still says the truth of one of them. */
function isStill(kind: ToastKind, unsent: UnsentTask | undefined, isAlone: boolean): boolean {
  // A refused one is refused until the server takes it.
  if (!unsent || Boolean(unsent.refusal) !== (kind === 'refused')) return false
  // A single create that could not be sent keeps its toast, which says in a moment that it waits.
  return kind !== 'sending' || isAlone || unsent.state === 'sending'
}

/**
 * Accepts numbers from 0, `Infinity` included. Other values mean the default, so that toasts do not blink or stay
 * forever.
 */
function asTime(duration: number | undefined): number | undefined {
  return typeof duration === 'number' && duration >= 0 ? duration : undefined
}
