'use client'

import { useAtTime } from './use-at-time.js'
import { useTranslate } from './use-translate.js'

/** Beyond this span people look for a date. */
const RECENT_MS = 7 * 24 * 3_600_000

/**
 * When something was, as people say it: "3 minutes ago", and a date after a week. `null` on the server and during
 * hydration, because the two would say different times.
 */
export function useRelativeTime(date: Date): string | null {
  const translate = useTranslate()
  return useAtTime((now) => {
    if (now === null) return null
    const ms = date.getTime() - now
    if (Math.abs(ms) >= RECENT_MS) return translate.moment(date)
    // "Now" for a whole minute, because seconds that count up in every row say nothing.
    return translate.relative(Math.abs(ms) < 60_000 ? 0 : ms)
  })
}
