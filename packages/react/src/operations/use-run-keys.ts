'use client'

import { type KeyboardEvent, useState } from 'react'

interface RunKeys {
  /** The row that Tab reaches. */
  currentId: string | undefined
  onFocus: (taskId: string) => void
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

/** A step in the table, by key. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  Home: -Infinity,
  End: Infinity,
}

/** Moves the focus through the rows, which are one stop of the Tab key. */
export function useRunKeys(
  taskIds: readonly string[],
  { onOpen, onSearch, onEnd }: { onOpen: (taskId: string) => void; onSearch: () => void; onEnd: () => void },
): RunKeys {
  const [focused, setFocused] = useState<string>()
  const currentId = focused !== undefined && taskIds.includes(focused) ? focused : taskIds[0]

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === '/') {
      event.preventDefault()
      onSearch()
      return
    }
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-task]')
    const taskId = row?.dataset['task']
    if (!row || taskId === undefined) return
    if (event.key === 'Enter' && event.target === row) {
      event.preventDefault()
      onOpen(taskId)
      return
    }
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = taskIds.indexOf(taskId) + step
    if (at >= taskIds.length && step === 1) onEnd()
    const nextId = taskIds[Math.min(taskIds.length - 1, Math.max(0, at))]
    if (nextId !== undefined) focusRun(event.currentTarget, nextId)
  }

  return { currentId, onFocus: setFocused, onKeyDown }
}

/** The rows in their order on the page. */
export function runIdsIn(root: ParentNode | null): string[] {
  const rows = root?.querySelectorAll<HTMLElement>('[data-task]') ?? []
  return Array.from(rows, (row) => row.dataset['task'] ?? '')
}

export function focusRun(root: ParentNode | null, taskId: string): void {
  const row = root?.querySelector<HTMLElement>(`[data-task="${CSS.escape(taskId)}"]`)
  row?.focus()
  row?.scrollIntoView({ block: 'nearest' })
}
