'use client'

import { stopAll } from '@brandkit/client/page'
import type { UnsentTask } from '@brandkit/client'
import type { BackgroundTask } from '@brandkit/core'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
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

/** Milliseconds. A failure stays until a person has dismissed it. */
const STAYS_MS = {
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
  const { session, connection, outbox } = useTaskContext()
  const [list] = useState(createToastList)
  const toasts = useSyncExternalStore(list.subscribe, list.get, list.get)
  const latest = useRef({ duration, show })
  useEffect(() => {
    latest.current = { duration, show }
  })

  useEffect(() => {
    const bursts = createBurstCounter()
    const door = panelDoorOf(session)
    const isInPanel = (taskId: string) => door.panels().some((panel) => panel.isOpen && panel.has(taskId))
    const staysMs = (kind: ToastKind) => {
      const needsPerson =
        kind === 'failed' || kind === 'refused' || (kind === 'kept' && connection.get().state === 'auth-required')
      return needsPerson ? Infinity : (asTime(latest.current.duration) ?? STAYS_MS[kind])
    }
    const put = (kind: ToastKind, id: string) => {
      if (isInPanel(id)) {
        list.dismiss(id)
        return
      }
      const burst = bursts.count(kind, id, Date.now())
      if (!burst) {
        list.put({ id, kind, taskIds: [id] }, staysMs(kind))
        return
      }
      list.remove(burst)
      list.put({ id: `many-${kind}`, kind, taskIds: burst }, staysMs(kind))
    }
    const onEvent = ({ kind, task, isLeader, isOwn }: TaskEvent) => {
      // The leading tab shows the toast. Colleagues' tasks have a row in the panel and no toast.
      if (isLeader && isOwn && latest.current.show?.(task) !== false) put(kind, task.taskId)
    }
    // What was sent has a toast about its start.
    const removeOutdated = () => {
      const kinds = new Map(outbox.entries().map((unsent) => [unsent.key, kindOfUnsent(unsent)]))
      const outdated = list
        .get()
        .filter(
          ({ kind, taskIds }) =>
            (kind === 'kept' || kind === 'refused') && !taskIds.some((key) => kinds.get(key) === kind),
        )
      if (outdated.length > 0) list.remove(outdated.map(({ id }) => id))
    }
    const leaveToPanel = () => {
      for (const { id, taskIds } of list.get()) if (taskIds.some(isInPanel)) list.dismiss(id)
    }
    return stopAll(
      session.events.subscribe(onEvent),
      session.kept.subscribe((unsent) => put(kindOfUnsent(unsent), unsent.key)),
      outbox.subscribe(removeOutdated),
      door.subscribe(leaveToPanel),
      () => list.remove(list.get().map(({ id }) => id)),
    )
  }, [session, connection, outbox, list])

  useEffect(() => {
    if (isHeld) list.pause()
    else list.resume()
  }, [list, isHeld])

  return { toasts, dismiss: list.dismiss }
}

function kindOfUnsent({ refusal }: UnsentTask): ToastKind {
  return refusal ? 'refused' : 'kept'
}

/**
 * Accepts numbers from 0, `Infinity` included. Other values mean the default, so that toasts do not blink or stay
 * forever.
 */
function asTime(duration: number | undefined): number | undefined {
  return typeof duration === 'number' && duration >= 0 ? duration : undefined
}
