'use client'

import type { ReactNode } from 'react'

/** A cloud that is crossed out. What it means is always written beside it. */
export function OfflineIcon(): ReactNode {
  return (
    <svg className="brandkit-icon" data-phase="offline" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M7 5.6A4.6 4.6 0 0 1 14.3 9 3.2 3.2 0 0 1 16.6 13.4M13.6 15H6a3.4 3.4 0 0 1-.9-6.7M3.5 3.5l13 13" />
    </svg>
  )
}
