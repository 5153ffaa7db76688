'use client'

import type { ReactNode } from 'react'
import { useTranslate } from '../../labels/use-translate.js'
import { type Looks, partProps } from '../looks.js'
import { PhaseIcon } from '../phase-icon.js'
import { DismissToast } from './dismiss-toast.js'
import { PHASE_OF_KIND } from './phase-of-kind.js'
import type { ToastEntry } from './use-task-toasts.js'

interface BurstToastProps {
  toast: ToastEntry
  count: number
  looks: Looks
  onDismiss: (toastId: string) => void
}

/** A toast about many tasks: "5 finished". */
export function BurstToast({ toast, count, looks, onDismiss }: BurstToastProps): ReactNode {
  const translate = useTranslate()
  const text = translate(`toast.${toast.kind}Many`, { count })
  return (
    <div
      {...partProps(looks, 'toast', { phase: PHASE_OF_KIND[toast.kind], type: 'mixed' })}
      data-leaving={toast.isLeaving || undefined}
    >
      <PhaseIcon phase={PHASE_OF_KIND[toast.kind]} />
      <div className="brandkit-toast-main">
        <p className="brandkit-toast-title">{text}</p>
      </div>
      <DismissToast label={translate('action.dismissTask', { title: text })} onDismiss={() => onDismiss(toast.id)} />
    </div>
  )
}
