'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { TaskHistoryChoices } from './history-choices.js'

interface ChoicesOptions {
  choices?: TaskHistoryChoices | undefined
  defaultChoices?: TaskHistoryChoices | undefined
  onChoicesChange?: ((choices: TaskHistoryChoices) => void) | undefined
}

/** What the user has chosen: the app's value if it gives one, and otherwise the component's own. */
export function useChoices(options: ChoicesOptions): [TaskHistoryChoices, (change: TaskHistoryChoices) => void] {
  const { choices: controlled, defaultChoices = {}, onChoicesChange } = options
  const [own, setOwn] = useState(defaultChoices)
  const choices = controlled ?? own
  // A search that was typed a moment ago must not take back a menu's choice since then.
  const latest = useRef({ choices, onChoicesChange })
  useEffect(() => {
    latest.current = { choices, onChoicesChange }
  })

  const change = useCallback((changed: TaskHistoryChoices) => {
    const next = withoutBlanks({ ...latest.current.choices, ...changed })
    latest.current.choices = next
    setOwn(next)
    latest.current.onChoicesChange?.(next)
  }, [])
  return [choices, change]
}

/** Leaves out what chooses nothing, so that an address shows only what narrows the list. */
function withoutBlanks(choices: TaskHistoryChoices): TaskHistoryChoices {
  return Object.fromEntries(
    Object.entries(choices).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : Boolean(value))),
  )
}
