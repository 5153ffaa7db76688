'use client'

import { type ReactNode, useState } from 'react'
import type { Looks } from '../looks.js'
import { BurstToast } from './burst-toast.js'
import { createToastStack } from './create-toast-stack.js'
import { KeptToast } from './kept-toast.js'
import { RefusedToast } from './refused-toast.js'
import { TaskToast } from './task-toast.js'
import type { ToastEntry, ToastKind } from './toast-list.js'

interface ToastStackProps {
  toasts: readonly ToastEntry[]
  looks: Looks
  isFannedOut: boolean
  dismiss: (toastId: string) => void
}

/** The toasts about creates that the server does not have. */
const TOAST_OF_UNSENT: Partial<Record<ToastKind, typeof TaskToast>> = { kept: KeptToast, refused: RefusedToast }

/** The toasts, newest first. They lie in front of each other until the user attends to them. */
export function ToastStack({ toasts, looks, isFannedOut, dismiss }: ToastStackProps): ReactNode {
  const [stack] = useState(createToastStack)
  return (
    // The role, because Safari takes it from lists without bullets.
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles -- see above
    <ul className="brandkit-toasts" role="list" data-fanned={isFannedOut || undefined}>
      {toasts.map((toast) => {
        const Toast = toast.taskIds.length > 1 ? BurstToast : (TOAST_OF_UNSENT[toast.kind] ?? TaskToast)
        return <Toast key={toast.id} toast={toast} looks={looks} stack={stack} onDismiss={() => dismiss(toast.id)} />
      })}
    </ul>
  )
}
