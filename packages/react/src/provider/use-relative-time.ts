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
    return Math.abs(ms) < RECENT_MS ? translate.relative(ms) : translate.moment(date)
  })
}
