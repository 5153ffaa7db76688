'use client'

import { useEffect, useState, type ReactNode } from 'react'
import type { Announcement } from '../session/announcer.js'
import { useTaskContext } from './use-task-context.js'

/** After this time every screen reader has read the text, so the page can drop it. */
const KEPT_MS = 10_000

interface Spoken extends Announcement {
  id: number
}

/**
 * The live regions for announcements. They are on the page, empty, before the first task, because screen readers miss
 * text that arrives together with its region. The texts come from `useTaskAnnouncements`.
 */
export function TaskAnnouncer(): ReactNode {
  const { texts, announcer } = useTaskContext()
  const [spoken, setSpoken] = useState<readonly Spoken[]>([])

  useEffect(
    () =>
      announcer.subscribe((announcement) =>
        setSpoken((earlier) => [...earlier.slice(-20), { ...announcement, id: (earlier.at(-1)?.id ?? 0) + 1 }]),
      ),
    [announcer],
  )
  useEffect(() => {
    if (spoken.length === 0) return undefined
    const timer = setTimeout(() => setSpoken([]), KEPT_MS)
    return () => clearTimeout(timer)
  }, [spoken])

  return (
    <div className="brandkit-announcer" lang={texts.lang} style={OUT_OF_SIGHT}>
      {URGENCIES.map((urgency) => (
        <div key={urgency} aria-live={urgency} aria-relevant="additions" data-brandkit-announcer={urgency}>
          {spoken.map(({ id, text, ...own }) => own.urgency === urgency && <p key={id}>{text}</p>)}
        </div>
      ))}
    </div>
  )
}

const URGENCIES = ['polite', 'assertive'] as const

// Inline styles, because apps without our stylesheet must hide these texts, too.
const OUT_OF_SIGHT = {
  position: 'absolute',
  width: 1,
  height: 1,
  margin: -1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const
