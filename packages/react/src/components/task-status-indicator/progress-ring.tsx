'use client'

import type { ReactNode } from 'react'

/** The joint progress as a ring. At 0 the progress is unknown, so an arc turns. The number stands beside the ring. */
export function ProgressRing({ percent }: { percent: number }): ReactNode {
  return (
    <svg
      className="brandkit-ring"
      viewBox="0 0 20 20"
      aria-hidden="true"
      data-indeterminate={percent === 0 || undefined}
    >
      <circle cx="10" cy="10" r="8" pathLength="100" />
      <circle cx="10" cy="10" r="8" pathLength="100" strokeDasharray={`${percent === 0 ? 25 : percent} 100`} />
    </svg>
  )
}
