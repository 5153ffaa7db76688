import {
  type ActOnMatchingResponse,
  isTaskError,
  LIMITS,
  type MatchingOutcome,
  type TaskConditions,
  type TaskStatus,
} from '@brandkit/core'
import type { TaskScope } from '../principal.js'
import type { ListFilter } from '../store/list-filter.js'
import type { TaskStore } from '../store/task-store.js'

/** What OpenAPI says of each such action. */
export const MATCHING_DESCRIPTION =
  'With `filter`, one request takes up to 100 of the tasks that match and that the action can take, and `nextCursor` leads to the rest; `dryRun` counts them. The filter names at least one condition, or says `all`.'

/** What an action for all matching tasks knows of itself. */
export interface MatchingAct {
  /** The statuses of the tasks that the action can take. */
  statuses: readonly TaskStatus[]
  /** `in turn` when each task uses up a limit that the next one may reach. */
  order: 'together' | 'in turn'
  /** Takes one task. Throws a TaskError when the task, or a limit, does not let it. */
  act: (taskId: string) => Promise<{ newTaskId?: string } | void>
}

interface MatchingRequest {
  filter: Omit<ListFilter, 'cursor' | 'limit'> & Pick<TaskConditions, 'all'>
  dryRun?: boolean | undefined
  cursor?: string | undefined
}

interface MatchingServices {
  store: Pick<TaskStore, 'list'>
  scope: TaskScope
}

/** One page of the tasks that match a filter: takes them, or counts them. */
export async function actOnMatching(
  { filter: { all: _all, ...conditions }, dryRun = false, cursor }: MatchingRequest,
  { statuses, order, act }: MatchingAct,
  services: MatchingServices,
): Promise<ActOnMatchingResponse> {
  const asked = conditions.status ?? statuses
  const filter = { ...conditions, status: statuses.filter((status) => asked.includes(status)) }
  if (dryRun) return countMatching(filter, cursor, services)

  const { tasks, nextCursor } = await services.store.list(
    { ...filter, cursor, limit: LIMITS.tasksPerRequest },
    services.scope,
  )
  const ids = tasks.map(({ taskId }) => taskId)
  const { outcomes, refusal } = await (order === 'together' ? actTogether(ids, act) : actInTurn(ids, act))
  return {
    matched: outcomes.length,
    done: outcomes.filter(({ outcome }) => outcome === 'done').length,
    outcomes,
    nextCursor: refusal ? await cursorAfter(outcomes, refusal, { ...filter, cursor }, services) : nextCursor,
  }
}

/** Pages that one request counts. */
const MOST_PAGES = 10

async function countMatching(
  filter: Omit<ListFilter, 'cursor' | 'limit'>,
  cursor: string | undefined,
  { store, scope }: MatchingServices,
): Promise<ActOnMatchingResponse> {
  let matched = 0
  let next = cursor
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { tasks, nextCursor }: Awaited<ReturnType<TaskStore['list']>> = await store.list(
      { ...filter, cursor: next, limit: LIMITS.tasksPerRequest },
      scope,
    )
    matched += tasks.length
    next = nextCursor ?? undefined
    if (next === undefined) break
  }
  return { matched, done: 0, outcomes: [], nextCursor: next ?? null }
}

type Act = MatchingAct['act']

interface Acted {
  outcomes: MatchingOutcome[]
  /** Why the rest of the page had no turn. */
  refusal?: unknown
}

async function actTogether(ids: readonly string[], act: Act): Promise<Acted> {
  return { outcomes: await Promise.all(ids.map((taskId) => outcomeOf(taskId, act))) }
}

/**
 * Stops at the first task that may succeed later, for example when a limit is reached: the rest of the page waits for another
 * request. Only a page on which nothing had its turn throws, so that the caller learns how long to wait.
 */
async function actInTurn(ids: readonly string[], act: Act): Promise<Acted> {
  const outcomes: MatchingOutcome[] = []
  for (const taskId of ids) {
    try {
      outcomes.push(await outcomeOf(taskId, act))
    } catch (refusal) {
      if (outcomes.length === 0) throw refusal
      return { outcomes, refusal }
    }
  }
  return { outcomes: await actOnFollowers(outcomes, act) }
}

/** Later tasks come first, and may have needed earlier ones of the page: these have taken their turn now. */
async function actOnFollowers(outcomes: readonly MatchingOutcome[], act: Act): Promise<MatchingOutcome[]> {
  const latest: MatchingOutcome[] = []
  for (const before of outcomes.toReversed()) {
    const isEarly = before.outcome === 'refused' && before.code === 'dependency_failed'
    latest.push(isEarly ? await outcomeOf(before.taskId, act).catch(() => before) : before)
  }
  return latest.toReversed()
}

/** @throws TaskError of a failure that says nothing of the task itself */
async function outcomeOf(taskId: string, act: Act): Promise<MatchingOutcome> {
  try {
    return { taskId, outcome: 'done', ...(await act(taskId)) }
  } catch (error) {
    if (!isTaskError(error) || error.retryable) throw error
    return { taskId, outcome: 'refused', code: error.code }
  }
}

/**
 * The cursor behind the tasks that had their turn. Reads the page again, up to the first task without a turn: the page may
 * have changed meanwhile.
 *
 * @throws the refusal when no task had its turn before that one: the caller then sends the same request again
 */
async function cursorAfter(
  outcomes: readonly MatchingOutcome[],
  refusal: unknown,
  { cursor, ...filter }: Omit<ListFilter, 'limit'>,
  { store, scope }: MatchingServices,
): Promise<string | null> {
  const hadTurn = new Set(outcomes.map(({ taskId }) => taskId))
  let after = cursor
  let limit = hadTurn.size
  while (limit > 0) {
    const page = await store.list({ ...filter, cursor: after, limit }, scope)
    const first = page.tasks.findIndex(({ taskId }) => !hadTurn.has(taskId))
    if (first < 0) {
      if (page.nextCursor === null) return null
      after = page.nextCursor
      limit -= page.tasks.length
    } else {
      limit = first
    }
  }
  if (after === undefined) throw refusal
  return after
}
