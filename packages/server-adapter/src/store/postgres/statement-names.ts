import { describeError, type TaskLogger } from '@brandkit/core'
import { FREQUENT } from '../sql-database.js'
import { sqlStateOf } from './to-store-error.js'

/** Most names, because each connection keeps a plan for each. */
const MOST_NAMES = 100

/** Names of the frequent statements, for all connections to a server. */
export interface StatementNames {
  /** The name under which a statement is sent; undefined for one that is sent without a name. */
  nameOf(text: string): string | undefined
  /** Takes the error of a named statement. */
  refused(error: unknown): void
}

/**
 * A named statement is parsed and planned once a connection; planning was a quarter of the database's work.
 *
 * Names need a connection that stays with one server process, so connections through a transaction pooler get none (see
 * session-settings.ts). A pooler that hides from us is noticed by its first refusal. The refused statement had no effect:
 * `repeatRefused` sends it again.
 */
export function createStatementNames({ logger }: { logger?: TaskLogger | undefined } = {}): StatementNames {
  const names = new Map<string, string>()
  let given = 0
  let isOff = false

  return {
    nameOf(text) {
      if (isOff || !text.startsWith(FREQUENT)) return undefined
      const known = names.get(text)
      if (known !== undefined || names.size >= MOST_NAMES) return known
      given += 1
      names.set(text, `brandkit_${given}`)
      return names.get(text)
    },
    refused(error) {
      // A table has changed, by a migration beside this process: statements get new names.
      if (isStalePlan(error)) names.clear()
      if (isOff || !isUnknownName(error)) return
      isOff = true
      logger?.warn('Statements are sent without names from now on, which costs the database a quarter more work', {
        reason: describeError(error),
      })
    },
  }
}

/** Whether the statement was refused for its name or its stored plan, and had no effect. */
export function isRefusedName(error: unknown): boolean {
  return isUnknownName(error) || isStalePlan(error)
}

/** SQLSTATE 26000 (no statement of that name) and 42P05 (there is one already): the connection has changed its server. */
function isUnknownName(error: unknown): boolean {
  const code = sqlStateOf(error)
  return code === '26000' || code === '42P05'
}

/** "Cached plan must not change result type." Postgres translates the message, but never the name of its routine. */
function isStalePlan(error: unknown): boolean {
  return sqlStateOf(error) === '0A000' && (error as { routine?: unknown }).routine === 'RevalidateCachedQuery'
}
