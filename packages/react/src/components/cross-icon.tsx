'use client'

import type { ReactNode } from 'react'

/** Closes or dismisses; the button around it says which. */
export function CrossIcon(): ReactNode {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="m4 4 8 8m0-8-8 8" />
    </svg>
  )
}
