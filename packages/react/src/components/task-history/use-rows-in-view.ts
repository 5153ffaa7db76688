'use client'

import { isTerminal, type TaskConditions } from '@brandkit/core'
import { type RefObject, useEffect, useRef } from 'react'
import { foreseeTask } from '../../labels/unsent-task.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { isMatch } from '../../queries/is-match.js'
import { panelDoorOf } from '../panel-door.js'

/**
 * Tells notifications which tasks a person can see in the list: a toast about such a row would say it twice. Rows that are
 * scrolled out of the window do not count, because a page may be long.
 */
export function useRowsInView(rows: RefObject<HTMLElement | null>, conditions: TaskConditions): void {
  const { session, outbox, userId, catalog } = useTaskContext()
  const latest = useRef({ conditions, catalog })
  useEffect(() => {
    latest.current = { conditions, catalog }
  })

  useEffect(
    () =>
      panelDoorOf(session).add({
        isOpen: true,
        has: (taskId) => {
          const all = [...(rows.current?.querySelectorAll<HTMLElement>('[data-task-id]') ?? [])]
          const row = all.find(({ dataset }) => dataset['taskId'] === taskId)
          if (row) return isInView(row)
          // A task that has just started gets its row within a moment, in front of the others.
          const unsent = outbox.entries().find(({ key, state }) => key === taskId && state === 'sending')
          const { conditions: wanted, catalog: titles } = latest.current
          const task = unsent ? foreseeTask(unsent, { catalog: titles, userId }) : session.cache.find(taskId)
          const isComing = task && !isTerminal(task.status) && isMatch(task, wanted)
          return isComing === true && all[0] !== undefined && isInView(all[0])
        },
      }),
    [session, outbox, userId, rows],
  )
}

function isInView(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < innerHeight
}
