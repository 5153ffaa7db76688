'use client'

import { useEffect } from 'react'
import { announceTasks } from '../session/announce-tasks.js'
import type { Announcer } from '../session/announcer.js'
import { type Claim, createClaim } from '../session/create-claim.js'
import { useTranslate } from '../provider/use-translate.js'
import { useTaskContext } from '../provider/use-task-context.js'

// Not a field of the announcer, so that apps that announce nothing do not load it.
const claims = new WeakMap<Announcer, Claim>()

/** One speaker of an announcer speaks. */
function claimOf(announcer: Announcer): Claim {
  const known = claims.get(announcer)
  if (known) return known

  const claim = createClaim()
  claims.set(announcer, claim)
  return claim
}

/**
 * Announces waiting creates, starts, progress and ends to screen readers, for apps that draw tasks themselves. TaskStatusIndicator and
 * TaskNotification call this hook already; several callers still announce everything once.
 */
export function useTaskAnnouncements(): void {
  const { session, catalog, now, announcer } = useTaskContext()
  const translate = useTranslate()

  useEffect(
    () => claimOf(announcer)(() => announceTasks({ session, translate, catalog, now, say: announcer.say })),
    [session, translate, catalog, now, announcer],
  )
}
