'use client'

import type { GetStatsResponse, TaskError } from '@brandkit/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useAtTime } from '../provider/use-at-time.js'
import { useOperations } from './operations-context.js'

/** Figures of this age, in milliseconds, are of now: a number that changes every second is no news. */
const NOW_MS = 5_000

/** Says how old the figures are, and why they are not newer. */
export function Freshness({ figures }: { figures: UseQueryResult<GetStatsResponse, TaskError> }): ReactNode {
  const { text } = useOperations()
  const { data, error, dataUpdatedAt, fetchStatus } = figures
  // TanStack Query stamps its data by the machine's clock.
  const time = useAtTime((now) => {
    const age = Date.now() - dataUpdatedAt
    return now !== null && text.relative(age < NOW_MS ? 0 : -age)
  })
  const isOffline = fetchStatus === 'paused'
  if (time === false || (!data && !error && !isOffline))
    return <p className="brandkit-operations-hint">{text('page.loading')}</p>
  if (!data)
    return (
      <p className="brandkit-operations-error" role="status">
        {error && error.status > 0 ? error.message : text('page.never')}
      </p>
    )
  if (isOffline) return <Trouble>{text('page.offline', { time })}</Trouble>
  if (error) return <Trouble>{text('page.unreachable', { time })}</Trouble>
  return <p className="brandkit-operations-hint">{text('page.updated', { time })}</p>
}

function Trouble({ children }: { children: ReactNode }): ReactNode {
  return (
    <p className="brandkit-operations-trouble" role="status">
      {children}
    </p>
  )
}
