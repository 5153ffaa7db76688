'use client'

import type { TaskPhase } from '@brandkit/core'
import type { ReactNode } from 'react'

/** An icon for a phase. It is hidden from assistive technology, because the phase is always written beside it. */
export function PhaseIcon({ phase }: { phase: TaskPhase | 'offline' }): ReactNode {
  return (
    <svg className="brandkit-icon" data-phase={phase} viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="8" />
      <path d={PATHS[phase]} />
    </svg>
  )
}

const PATHS = {
  scheduled: 'M10 5.5V10l3 2',
  waiting: 'M10 5.5V10l3 2',
  'waiting-for-task': 'M10 5.5V10l3 2',
  retrying: 'M13.2 8.2A3.7 3.7 0 1 0 13.6 11M13.6 6v2.6H11',
  throttled: 'M10 5.5V10l3 2',
  running: 'M10 2a8 8 0 0 1 8 8',
  completed: 'm6.5 10.2 2.5 2.5 4.6-5',
  failed: 'M10 6v4.8M10 13.6v.1',
  cancelled: 'M6.8 10h6.4',
  // A cloud that is crossed out.
  offline: 'M7 6.5a4 4 0 0 1 6.5 2.6 2.6 2.6 0 0 1 1.8 3.2M12.6 13.6H7a2.6 2.6 0 0 1-1-5M5 5l10 10',
} as const satisfies Record<TaskPhase | 'offline', string>
