'use client'

import type { BackgroundTask } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTaskAnnouncements } from '../../hooks/use-task-announcements.js'
import { useTranslate } from '../../provider/use-translate.js'
import type { Looks } from '../looks.js'
import { InDock } from '../../provider/task-dock.js'
import { useLooks } from '../use-looks.js'
import { ToastStack } from './toast-stack.js'
import { useTaskToasts } from './use-task-toasts.js'
import { useToastAttention } from './use-toast-attention.js'

export interface TaskNotificationProps extends Looks {
  /**
   * How long a toast stays, in milliseconds. Default 5 s, and 8 s for a result. `Infinity` keeps it until it is
   * dismissed; failures always stay so.
   */
  duration?: number | undefined
  /** Selects the tasks that get toasts. Default: all that this page has started or followed. */
  show?: ((task: BackgroundTask) => boolean) | undefined
}

/**
 * Shows toasts when tasks start and end. Tasks that an open panel shows get no toast, and many at once share one.
 */
export function TaskNotification(props: TaskNotificationProps): ReactNode {
  const { duration, show } = props
  const looks = useLooks(props)
  const translate = useTranslate()
  useTaskAnnouncements()
  const { isHeld, isNear, handlers } = useToastAttention()
  const { toasts, dismiss } = useTaskToasts({ duration, show, isHeld })
  const hasToasts = toasts.length > 0

  return (
    <InDock place="toasts">
      {/* Rendered even without toasts, because a container that was just added can miss the pointer leaving. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- pauses timers and fans out, which focus does as well */}
      <div
        className="brandkit-toast-region"
        role={hasToasts ? 'region' : undefined}
        aria-label={hasToasts ? translate('toast.region') : undefined}
        {...handlers}
      >
        {hasToasts && <ToastStack toasts={toasts} looks={looks} isFannedOut={isNear} dismiss={dismiss} />}
      </div>
    </InDock>
  )
}
