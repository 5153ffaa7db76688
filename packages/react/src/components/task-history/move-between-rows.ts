'use client'

import type { KeyboardEvent } from 'react'

const CONTROLS = 'a[href], button, input, summary'

/**
 * Moves the focus between rows by the arrow keys, to the same control of the next row, and to the first and last row by Home and
 * End. Give the list the returned handler.
 */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const { key, currentTarget, target } = event
  if (!(target instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey) return
  const rows = [...currentTarget.querySelectorAll<HTMLElement>('[data-task-id]')]
  const at = rows.findIndex((row) => row.contains(target))
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key]
  const [row, next] = [rows[at], to === undefined ? undefined : rows[to]]
  if (!row || !next) return

  event.preventDefault()
  const controls = controlsOf(next)
  const place = controlsOf(row).findIndex((control) => control.contains(target))
  ;(controls[place] ?? controls[0] ?? next).focus()
}

function controlsOf(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(CONTROLS)]
}
