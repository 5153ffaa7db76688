'use client'

import { useEffect } from 'react'
import { announceTasks } from '../session/announce-tasks.js'
import { useTranslate } from '../provider/use-translate.js'
import { useTaskContext } from '../provider/use-task-context.js'

/**
 * Announces waiting creates, starts, progress and ends to screen readers, for apps that draw tasks themselves. TaskStatusIndicator and
 * TaskNotification call this hook already; several callers still announce everything once.
 */
export function useTaskAnnouncements(): void {
  const { session, catalog, now, announcer } = useTaskContext()
  const translate = useTranslate()

  useEffect(
    () => announcer.claim(() => announceTasks({ session, translate, catalog, now, say: announcer.say })),
    [session, translate, catalog, now, announcer],
  )
}
