'use client'

import { isTerminal, type TaskFilter } from '@brandkit/core'
import { useEffect, useRef, useState } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'
import { isMatch } from '../../queries/is-match.js'
import { panelDoorOf } from '../panel-door.js'

interface PanelDoorOptions {
  panelId: string
  open: boolean
  filter: TaskFilter
  setOpen: (open: boolean) => void
}

/** Tells notifications which tasks the open panel shows, and lets them open it at the rows of some tasks. */
export function usePanelDoor({ panelId, open, filter, setOpen }: PanelDoorOptions): void {
  const { session, outbox } = useTaskContext()
  const latest = useRef({ filter, setOpen })
  const [wanted, setWanted] = useState<readonly string[] | null>(null)
  useEffect(() => {
    latest.current = { filter, setOpen }
  })

  useEffect(() => {
    const { cache, registry } = session
    return panelDoorOf(session).add({
      isOpen: open,
      has: (taskId) => {
        if (outbox.entries().some(({ key }) => key === taskId)) return true
        const task = cache.find(taskId)
        if (!task || !registry.has(taskId) || !isMatch(task, latest.current.filter)) return false
        // Active tasks get their row within a moment. Tasks that ended sooner than that never get one.
        return registry.isRevealed(taskId) || !isTerminal(task.status)
      },
      show: (taskIds) => {
        for (const taskId of taskIds) registry.reveal(taskId)
        latest.current.setOpen(true)
        setWanted(taskIds)
      },
    })
  }, [session, outbox, open])

  useEffect(() => {
    // An app that controls the panel may have left it closed.
    const panel = wanted && document.getElementById(panelId)
    if (!panel) return
    const rows = [...panel.querySelectorAll<HTMLElement>('[data-task-id]')]
    const row = rows.find(({ dataset }) => wanted.includes(dataset['taskId'] ?? ''))
    // The heading of the group comes into view as well, if there is room for both.
    row?.closest('[data-group]')?.scrollIntoView?.({ block: 'start' })
    ;(row ?? panel.querySelector<HTMLElement>('.brandkit-panel-list'))?.focus()
  }, [wanted, panelId])
}
