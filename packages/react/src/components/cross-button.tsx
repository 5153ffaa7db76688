'use client'

import { forwardRef, type MouseEventHandler, type ReactNode } from 'react'

interface CrossButtonProps {
  /** Names what the button closes or dismisses. */
  label: string
  onClick: MouseEventHandler<HTMLButtonElement>
  /** Marks the button that dismisses a toast. */
  'data-brandkit-dismiss'?: boolean
}

/** Closes or dismisses; the label says what. */
export const CrossButton = forwardRef<HTMLButtonElement, CrossButtonProps>(function CrossButton(
  { label, ...props },
  ref,
): ReactNode {
  return (
    <button ref={ref} type="button" className="brandkit-icon-button" aria-label={label} {...props}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="m4 4 8 8m0-8-8 8" />
      </svg>
    </button>
  )
})
