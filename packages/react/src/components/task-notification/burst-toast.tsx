'use client'

import type { ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import { type Looks, partProps } from '../looks.js'
import { PhaseIcon } from '../phase-icon.js'
import { DismissToast } from './dismiss-toast.js'
import { PHASE_OF_KIND, type ToastEntry } from './toast-list.js'

interface BurstToastProps {
  toast: ToastEntry
  looks: Looks
  onDismiss: () => void
}

/** A toast about many tasks: "5 completed". */
export function BurstToast({ toast, looks, onDismiss }: BurstToastProps): ReactNode {
  const translate = useTranslate()
  const text = translate(`count.${toast.kind}`, { count: toast.count ?? 0 })
  return (
    <div
      {...partProps(looks, 'toast', { phase: PHASE_OF_KIND[toast.kind], type: 'mixed' })}
      data-leaving={toast.isLeaving || undefined}
    >
      <PhaseIcon phase={PHASE_OF_KIND[toast.kind]} />
      <div className="brandkit-toast-main">
        <p className="brandkit-toast-title">{text}</p>
      </div>
      <DismissToast title={text} onDismiss={onDismiss} />
    </div>
  )
}
