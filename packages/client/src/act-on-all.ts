import type {
  ActOnMatching,
  ActOnMatchingResponse,
  MatchingAction,
  MatchingOutcome,
  RequestOptions,
  TaskConditions,
  TaskWire,
} from '@brandkit/core'

type Wire = Pick<TaskWire, 'actOnMatching'>

interface Request {
  action: MatchingAction
  filter: TaskConditions
}

/** How far an action for all matching tasks has come. */
export interface MatchingProgress {
  /** Tasks that had their turn. */
  matched: number
  /** Those of them on which the action was done. The others were refused. */
  done: number
}

/** What one request has done. */
export interface MatchingPage extends MatchingProgress {
  outcomes: MatchingOutcome[]
  /** The next request goes on there; `null` at the end. */
  nextCursor: string | null
}

export interface ActOnAllOptions extends RequestOptions {
  /** Called after each request of up to 100 tasks. Its `nextCursor` resumes what a failure or `signal` has ended. */
  onProgress?: ((page: MatchingPage) => void) | undefined
  /** Goes on where an earlier call stopped. Default: at the newest task. */
  cursor?: string | undefined
}

/**
 * Takes all tasks that match, request by request. Rejects at the first request that fails; what was done until then stays
 * done. A second call for the same filter does no harm: a task is cancelled, retried or deleted once.
 */
export async function actOnAll(
  wire: Wire,
  request: Request,
  { signal, onProgress, cursor }: ActOnAllOptions = {},
): Promise<MatchingProgress> {
  let progress: MatchingProgress = { matched: 0, done: 0 }
  for await (const { matched, done, ...page } of pagesOf(wire, { ...request, cursor }, signal)) {
    progress = { matched: progress.matched + matched, done: progress.done + done }
    onProgress?.({ ...progress, ...page })
  }
  return progress
}

export interface MatchingCount {
  count: number
  /** Counting has stopped, because nobody reads a greater number. */
  isMore: boolean
}

const ENOUGH = 1_000

/** Counts the tasks that an action would take, up to about a thousand. */
export async function countAll(wire: Wire, request: Request, { signal }: RequestOptions = {}): Promise<MatchingCount> {
  let count = 0
  for await (const { matched, nextCursor } of pagesOf(wire, { ...request, dryRun: true }, signal)) {
    count += matched
    if (count >= ENOUGH) return { count, isMore: nextCursor !== null }
  }
  return { count, isMore: false }
}

async function* pagesOf(
  wire: Wire,
  { cursor, ...request }: Request & Pick<ActOnMatching, 'cursor' | 'dryRun'>,
  signal: AbortSignal | undefined,
): AsyncGenerator<ActOnMatchingResponse> {
  let next = cursor
  for (;;) {
    const page = await wire.actOnMatching({ ...request, cursor: next }, { signal })
    yield page
    if (page.nextCursor === null) return
    next = page.nextCursor
  }
}
