'use client'

import type { BackgroundTask } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTaskAnnouncements } from '../../hooks/use-task-announcements.js'
import { useTranslate } from '../../provider/use-translate.js'
import type { Looks } from '../looks.js'
import { InDock } from '../../provider/task-dock.js'
import { useAttention } from '../use-attention.js'
import { useLooks } from '../use-looks.js'
import { BurstToast } from './burst-toast.js'
import { TaskToast } from './task-toast.js'
import { useTaskToasts } from './use-task-toasts.js'

export interface TaskNotificationProps extends Looks {
  /**
   * How long a toast stays, in milliseconds. Default 5 s, and 8 s for a result. `Infinity` keeps it until it is
   * dismissed; failures always stay so.
   */
  duration?: number | undefined
  /** Selects the tasks that get toasts. Default: all that this page has started or followed. */
  show?: ((task: BackgroundTask) => boolean) | undefined
}

/** Shows toasts when tasks start and end. Tasks whose rows are in view get no toast, and many at once share one. */
export function TaskNotification(props: TaskNotificationProps): ReactNode {
  const { duration, show } = props
  const looks = useLooks(props)
  const translate = useTranslate()
  useTaskAnnouncements()
  const { isHeld, handlers } = useAttention()
  const { toasts, dismiss } = useTaskToasts({ duration, show, isHeld })

  return (
    <InDock place="toasts">
      {/* Rendered even without toasts, because a container that was just added can miss the pointer leaving. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only pauses timers */}
      <div
        className="brandkit-toasts"
        role={toasts.length > 0 ? 'region' : undefined}
        aria-label={toasts.length > 0 ? translate('toast.region') : undefined}
        {...handlers}
      >
        {toasts.map((toast) => {
          const propsOfToast = { toast, looks, onDismiss: () => dismiss(toast.id) }
          return toast.count === null ? (
            <TaskToast key={toast.id} {...propsOfToast} />
          ) : (
            <BurstToast key={toast.id} {...propsOfToast} />
          )
        })}
      </div>
    </InDock>
  )
}
