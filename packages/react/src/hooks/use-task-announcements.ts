'use client'

import { useEffect } from 'react'
import { announceTasks } from '../session/announce-tasks.js'
import { useTranslate } from '../provider/use-translate.js'
import { useTaskContext } from '../provider/use-task-context.js'

/**
 * Says aloud, by the regions of the provider, how tasks fare: for apps that draw tasks themselves. TaskStatusIndicator and
 * TaskNotification do it by themselves; everything is said once, even if several ask for it.
 */
export function useTaskAnnouncements(): void {
  const { session, now, announcer } = useTaskContext()
  const translate = useTranslate()

  useEffect(
    () => announcer.claim(() => announceTasks({ session, translate, now, say: announcer.say })),
    [session, translate, now, announcer],
  )
}
