'use client'

import { useMemo, useState } from 'react'

export interface Selection {
  /** The selected ids that are still listed, in the order of the list. */
  ids: readonly string[]
  has(id: string): boolean
  /** Selects or deselects one. `range`: and all between it and the last one, as with the Shift key. */
  toggle(id: string, options: { range: boolean }): void
  /** Selects these and no others. */
  replace(ids: readonly string[]): void
  clear(): void
}

const NONE: ReadonlySet<string> = new Set()

/**
 * Keeps which rows of a list are selected. What leaves the list leaves the selection, so that no action takes a row that
 * nobody sees.
 *
 * @param listed the ids of the rows, in the order shown
 */
export function useSelection(listed: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NONE)
  const [last, setLast] = useState<string | null>(null)

  return useMemo(() => {
    const ids = listed.filter((id) => chosen.has(id))
    return {
      ids,
      has: (id) => chosen.has(id),
      toggle: (id, { range }) => {
        const next = new Set(ids)
        const isSelected = !next.has(id)
        for (const each of range ? between(listed, last, id) : [id]) {
          if (isSelected) next.add(each)
          else next.delete(each)
        }
        setChosen(next)
        setLast(id)
      },
      replace: (next) => setChosen(new Set(next)),
      clear: () => setChosen(NONE),
    }
  }, [listed, chosen, last])
}

function between(listed: readonly string[], one: string | null, other: string): readonly string[] {
  const [from, to] = [listed.indexOf(one ?? other), listed.indexOf(other)]
  return from === -1 ? [other] : listed.slice(Math.min(from, to), Math.max(from, to) + 1)
}
