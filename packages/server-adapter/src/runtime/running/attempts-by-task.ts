import type { Attempt } from './attempt.js'

interface Entry {
  attempt: Attempt
  /** Resolves when the attempt is over. */
  settled: Promise<void>
  /** An attempt whose lease had run out before this one began. */
  earlier: Entry | undefined
}

/**
 * The attempts under way, by task.
 *
 * No `Map`: V8 links each table that a `Map` outgrows to the next table. Once such a table is old, it keeps every later one and
 * all its attempts until a major collection. A plain dictionary has no such links.
 */
export class AttemptsByTask {
  private readonly last = Object.create(null) as Record<string, Entry>

  add(attempt: Attempt, settled: Promise<void>): void {
    const { taskId } = attempt.lease
    this.last[taskId] = { attempt, settled, earlier: this.last[taskId] }
  }

  /** The last attempt of the task. */
  find(taskId: string): Attempt | undefined {
    return this.last[taskId]?.attempt
  }

  remove(attempt: Attempt): void {
    const { taskId } = attempt.lease
    const rest = without(this.last[taskId], attempt)
    if (rest) this.last[taskId] = rest
    else delete this.last[taskId]
  }

  *entries(): Iterable<Readonly<Entry>> {
    for (const last of Object.values(this.last)) {
      for (let entry: Entry | undefined = last; entry; entry = entry.earlier) yield entry
    }
  }
}

function without(entry: Entry | undefined, attempt: Attempt): Entry | undefined {
  if (entry?.attempt === attempt) return entry.earlier
  if (entry) entry.earlier = without(entry.earlier, attempt)
  return entry
}
