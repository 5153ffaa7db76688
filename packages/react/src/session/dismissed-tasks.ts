import { createUserStorage } from '@brandkit/client'

/** Ids of the tasks that the user has dismissed. They survive a reload, until lists would omit the tasks anyway. */
export interface DismissedTasks {
  has(taskId: string): boolean
  add(taskId: string): void
  /** Deletes the ids that other users of this browser have stored. */
  forgetOthers(): void
  /** Calls back with all dismissed ids when another tab has dismissed a task. Returns the function that stops it. */
  subscribe(listener: (taskIds: readonly string[]) => void): () => void
}

/** Pairs of id and time of dismissal in milliseconds since the epoch. */
type StoredIds = [taskId: string, at: number][]

/** Longer than the 24 hours for which ended tasks are listed. */
const KEPT_MS = 26 * 60 * 60_000
/** 500 ids are about 30 kB. */
const MOST = 500

/** Before sign-in the ids live as long as the page. If ids are lost, the user only has to dismiss the tasks again. */
export function createDismissedTasks({ userId, now }: { userId: string | null; now: () => number }): DismissedTasks {
  const storage = createUserStorage({ name: 'dismissed', userId })
  let ids: Map<string, number> | undefined

  /** Adds the ids that other tabs have stored in the meantime. */
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
