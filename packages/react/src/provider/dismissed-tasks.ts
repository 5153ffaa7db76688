/** Ids that the user does not want to see any more. Survives a reload; forgets what lists would not bring back anyway. */
export interface DismissedTasks {
  has(taskId: string): boolean
  add(taskId: string): void
  /** Deletes what other users of this browser left. */
  forgetOthers(): void
}

interface StoredShape {
  v: 1
  /** Pairs of id and time of dismissal in milliseconds since the epoch. */
  ids: [taskId: string, at: number][]
}

const PREFIX = 'brandkit:dismissed:'
/** Longer than the 24 hours that ended tasks are listed for. */
const KEPT_MS = 26 * 60 * 60_000
/** 500 ids are about 30 kB. */
const MOST = 500

/** With no user there is no storage. Every access is guarded: storage may be full, forbidden or hold anything. */
export function createDismissedTasks({ userId, now }: { userId: string | null; now: () => number }): DismissedTasks {
  let ids: Map<string, number> | undefined
  const load = () => (ids ??= new Map(userId === null ? [] : read(PREFIX + userId, now() - KEPT_MS)))

  return {
    has: (taskId) => load().has(taskId),
    add: (taskId) => {
      load().set(taskId, now())
      if (userId !== null) write(PREFIX + userId, [...load()].slice(-MOST))
    },
    forgetOthers: () => {
      guarded(() => {
        for (const key of Object.keys(localStorage)) {
          if (key.startsWith(PREFIX) && key !== PREFIX + userId) localStorage.removeItem(key)
        }
      })
    },
  }
}

function read(key: string, since: number): StoredShape['ids'] {
  const stored = guarded(() => JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<StoredShape> | null)
  if (stored?.v !== 1 || !Array.isArray(stored.ids)) return []
  return stored.ids.filter((pair) => Array.isArray(pair) && typeof pair[0] === 'string' && pair[1] > since)
}

function write(key: string, ids: StoredShape['ids']): void {
  guarded(() => localStorage.setItem(key, JSON.stringify({ v: 1, ids } satisfies StoredShape)))
}

function guarded<R>(access: () => R): R | undefined {
  try {
    return access()
  } catch {
    // Losing the list of dismissed ids costs a second click on "dismiss"; failing here would cost the page.
    return undefined
  }
}
