import {
  type TaskConditions,
  type TaskFilter,
  type TaskStatus,
  THROUGHPUT_SPANS,
  type ThroughputSpan,
} from '@brandkit/core'

/** Which tasks the page shows. */
export interface OperationsFilter {
  /** When tasks ended. Tasks under way are shown whatever their age. */
  span: ThroughputSpan | 'all'
  status?: TaskStatus | undefined
  type?: string | undefined
  userId?: string | undefined
  tag?: string | undefined
  search?: string | undefined
}

/** The parts of the table: what needs a person comes first. */
const RUN_GROUPS = ['failed', 'active', 'ended'] as const
export type RunGroup = (typeof RUN_GROUPS)[number]

const STATUSES: Readonly<Record<RunGroup, readonly TaskStatus[]>> = {
  failed: ['failed'],
  active: ['processing', 'queued'],
  ended: ['completed', 'cancelled'],
}

/** The groups that a filter leaves. */
export function groupsOf({ status }: OperationsFilter): RunGroup[] {
  return RUN_GROUPS.filter((group) => status === undefined || STATUSES[group].includes(status))
}

/** The conditions of one group, for lists. */
export function toListFilter(filter: OperationsFilter, group: RunGroup, now: number): TaskFilter {
  const { status } = filter
  return {
    ...toConditions(filter),
    status: status === undefined ? STATUSES[group] : [status],
    ...(group !== 'active' && toTime(filter, now)),
  }
}

/** What an action on all matching tasks takes. */
export const TAKES = { cancel: ['queued', 'processing'], retry: ['failed', 'cancelled'] } as const satisfies Record<
  string,
  readonly TaskStatus[]
>

/** The tasks that an action on all matching takes; `null` if the filter leaves none that it can take. */
export function toActionFilter(
  filter: OperationsFilter,
  action: keyof typeof TAKES,
  now: number,
): TaskConditions | null {
  const { status } = filter
  const statuses: readonly TaskStatus[] = TAKES[action]
  const taken = status === undefined ? statuses : statuses.filter((each) => each === status)
  if (taken.length === 0) return null
  return { ...toConditions(filter), status: taken, ...(action === 'retry' && toTime(filter, now)) }
}

function toConditions({ type, userId, tag, search }: OperationsFilter): TaskFilter {
  return {
    ...(type && { type: type as NonNullable<TaskFilter['type']> }),
    ...(userId && { userId }),
    ...(tag && { tags: [tag] }),
    ...(search && { search }),
  }
}

function toTime({ span }: OperationsFilter, now: number): TaskFilter {
  if (span === 'all') return {}
  const { buckets, bucketMs } = THROUGHPUT_SPANS[span]
  return { endedAfter: new Date(now - buckets * bucketMs).toISOString() }
}
