'use client'

import { listen } from '@brandkit/client/page'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useTranslate } from '../../provider/use-translate.js'

/** How long users can undo, in milliseconds. */
const UNDO_MS = 8_000

export interface DelayedDelete {
  /** The tasks that users can still keep. */
  pending: ReadonlySet<string>
  /** The tasks that the server did not delete. */
  refused: ReadonlySet<string>
  begin(taskId: string): void
  undo(taskId: string): void
  /** Stops the time while the user is at the row. */
  hold(taskId: string): void
  /** Starts the time again. */
  release(taskId: string): void
}

const NONE: ReadonlySet<string> = new Set()

/** Deletes tasks after a time in which users can undo it. A page that goes away deletes at once. */
export function useDelayedDelete(): DelayedDelete {
  const { session, announcer } = useTaskContext()
  const translate = useTranslate()
  const [pending, setPending] = useState(NONE)
  const [refused, setRefused] = useState(NONE)
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout> | undefined>())

  const send = useCallback(
    async (taskId: string) => {
      if (!timers.current.delete(taskId)) return
      try {
        await session.delete(taskId)
      } catch {
        setRefused((earlier) => new Set([...earlier, taskId]))
        announcer.say({ urgency: 'assertive', text: translate('failure.delete') })
      }
      setPending((earlier) => without(earlier, taskId))
    },
    [session, announcer, translate],
  )
  const sendAll = useCallback(() => {
    for (const taskId of timers.current.keys()) void send(taskId)
  }, [send])
  const latest = useRef(sendAll)
  useEffect(() => {
    latest.current = sendAll
  })
  useEffect(() => {
    const stop = listen(window, ['pagehide'], () => latest.current())
    return () => {
      stop()
      latest.current()
    }
  }, [])

  return useMemo(() => {
    const start = (taskId: string) => {
      clearTimeout(timers.current.get(taskId))
      timers.current.set(
        taskId,
        setTimeout(() => void send(taskId), UNDO_MS),
      )
    }
    return {
      pending,
      refused,
      begin: (taskId) => {
        setRefused((earlier) => without(earlier, taskId))
        setPending((earlier) => new Set([...earlier, taskId]))
        start(taskId)
      },
      undo: (taskId) => {
        clearTimeout(timers.current.get(taskId))
        timers.current.delete(taskId)
        setPending((earlier) => without(earlier, taskId))
      },
      hold: (taskId) => clearTimeout(timers.current.get(taskId)),
      release: (taskId) => {
        if (timers.current.has(taskId)) start(taskId)
      },
    }
  }, [pending, refused, send])
}

function without(ids: ReadonlySet<string>, taskId: string): ReadonlySet<string> {
  return new Set([...ids].filter((id) => id !== taskId))
}
