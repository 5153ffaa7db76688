'use client'

import type { ReactNode } from 'react'

/** The joint progress as a ring; at 0 an arc that turns, since it is unknown yet. The number stands beside it. */
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
