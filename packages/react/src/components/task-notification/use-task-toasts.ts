'use client'

import { stopAll } from '@brandkit/client/page'
import type { BackgroundTask } from '@brandkit/core'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { foreseeTask } from '../../labels/unsent-task.js'
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

/** The toasts about what the server does not have. */
const OF_CREATES: ReadonlySet<ToastKind> = new Set(['sending', 'kept', 'refused'])

/** Turns events into toasts. Each task has one toast, updated in place; many events of a kind at once share one. */
export function useTaskToasts({ duration, show, isHeld }: TaskToastsOptions): {
  toasts: readonly ToastEntry[]
  dismiss: (toastId: string) => void
} {
  const { session, connection, outbox, catalog, userId } = useTaskContext()
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
    const isWanted = (task: BackgroundTask) => latest.current.show?.(task) !== false

    /** The trace ids of the creates that this page has on their way, by key. Several may share one. */
    const sending = new Map<string, string>()
    const onEvent = ({ kind, task, isLeader, isOwn }: TaskEvent) => {
      // The leading tab shows the toast. Colleagues' tasks have a row in the panel and no toast.
      if (!isLeader || !isOwn || !isWanted(task)) return
      // What has just become a task has left the outbox.
      const waiting = new Set(outbox.entries().map((unsent) => unsent.key))
      const isThis = ([key, traceId]: [string, string]) => traceId === task.traceId && !waiting.has(key)
      const [key] = (kind === 'started' && [...sending].find(isThis)) || []
      if (key !== undefined) sending.delete(key)
      put(kind, task.taskId, key && toastIdOf(key))
    }
    let known = new Set(outbox.entries().map(({ key }) => key))
    const onUnsent = () => {
      const entries = outbox.entries()
      // An answer takes longer than a user's patience, so a click has its toast at once.
      for (const unsent of entries) {
        const { key, state, traceId } = unsent
        if (known.has(key) || state !== 'sending') continue
        if (!isWanted(foreseeTask(unsent, { catalog: latest.current.catalog, userId }))) continue
        sending.set(key, traceId)
        put('sending', key)
      }
      known = new Set(entries.map(({ key }) => key))
      for (const key of sending.keys()) if (!known.has(key)) sending.delete(key)
      // What was sent has a toast about its start.
      const states = new Map(entries.map(({ key, state, refusal }) => [key, refusal ? 'refused' : state]))
      const isStill = (kind: ToastKind, key: string, isAlone: boolean) => {
        const state = states.get(key)
        if (state === undefined || (state === 'refused') !== (kind === 'refused')) return false
        // A single create that could not be sent keeps its toast, which says in a moment that it waits.
        return kind !== 'sending' || isAlone || state === 'sending'
      }
      for (const { id, kind, taskIds } of list.get()) {
        if (!OF_CREATES.has(kind)) continue
        const left = taskIds.filter((key) => isStill(kind, key, taskIds.length === 1))
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
  }, [session, connection, outbox, userId, list])

  useEffect(() => {
    if (isHeld) list.pause()
    else list.resume()
  }, [list, isHeld])

  return { toasts, dismiss: list.dismiss }
}

/**
 * Accepts numbers from 0, `Infinity` included. Other values mean the default, so that toasts do not blink or stay
 * forever.
 */
function asTime(duration: number | undefined): number | undefined {
  return typeof duration === 'number' && duration >= 0 ? duration : undefined
}
