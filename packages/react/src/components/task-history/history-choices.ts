import type { TaskConditions, TaskFilter, TaskStatus } from '@brandkit/core'
import { type Period, toCreated } from '../list-parts/period.js'

/** What users have chosen in the toolbar. All values are texts, so that an app can keep them in the address. */
export interface TaskHistoryChoices extends Period {
  /** Words of titles and tags. */
  search?: string | undefined
  type?: string | undefined
  status?: TaskStatus | undefined
  /** Tasks that have all of these tags. */
  tags?: readonly string[] | undefined
}

/** The conditions of a list: what the user has chosen, within the fixed filter of the app. */
export function toConditions(choices: TaskHistoryChoices, fixed: TaskFilter): TaskConditions {
  const { cursor: _cursor, limit: _limit, ...own } = fixed
  const { search, type, status, tags } = choices
  const conditions = {
    ...(search && { search }),
    ...(type && { type: type as TaskFilter['type'] }),
    ...(status && { status }),
    ...(tags && tags.length > 0 && { tags }),
    ...toCreated(choices),
    ...own,
  }
  // An action on all tasks must say so; lists do not know this condition.
  return Object.keys(conditions).length === 0 ? { all: true } : conditions
}

/** Whether the user has narrowed the list. */
export function isNarrowed({ tags = [], ...others }: TaskHistoryChoices): boolean {
  return tags.length > 0 || Object.values(others).some(Boolean)
}

/** Takes back all that the user has chosen. */
export const NO_CHOICES: TaskHistoryChoices = {
  search: undefined,
  type: undefined,
  status: undefined,
  from: undefined,
  to: undefined,
  tags: undefined,
}
