import { createUserStorage } from '@brandkit/client'

/** Ids that the user does not want to see any more. Survives a reload; forgets what lists would not bring back anyway. */
export interface DismissedTasks {
  has(taskId: string): boolean
  add(taskId: string): void
  /** Deletes what other users of this browser left. */
  forgetOthers(): void
  /** Calls back when another tab has dismissed something, with all that is. Returns the function that stops it. */
  subscribe(listener: (taskIds: readonly string[]) => void): () => void
}

/** Pairs of id and time of dismissal in milliseconds since the epoch. */
type StoredIds = [taskId: string, at: number][]

/** Longer than the 24 hours that ended tasks are listed for. */
const KEPT_MS = 26 * 60 * 60_000
/** 500 ids are about 30 kB. */
const MOST = 500

/** With no user they live as long as the page. Losing them costs a second click on "dismiss", and nothing else. */
export function createDismissedTasks({ userId, now }: { userId: string | null; now: () => number }): DismissedTasks {
  const storage = createUserStorage({ name: 'dismissed', userId })
  let ids: Map<string, number> | undefined

  /** Adds what other tabs have written meanwhile. */
  const load = () => {
    const since = now() - KEPT_MS
    ids = new Map([...(ids ?? []), ...parse(storage.read()['ids'])].filter(([, at]) => at > since))
    return ids
  }

  return {
    has: (taskId) => (ids ?? load()).has(taskId),
    add: (taskId) => {
      const all = load().set(taskId, now())
      storage.write({ ids: [...all].slice(-MOST) })
    },
    forgetOthers: () => storage.forgetOthers(),
    subscribe: (listener) => storage.subscribe(() => listener([...load().keys()])),
  }
}

function parse(ids: unknown): StoredIds {
  if (!Array.isArray(ids)) return []
  return (ids as StoredIds).filter((pair) => Array.isArray(pair) && typeof pair[0] === 'string')
}
