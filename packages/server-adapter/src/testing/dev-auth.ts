import { createLogger, type TaskLogger } from '@brandkit/core'
import type { Principal } from '../principal.js'
import { parsePrincipal } from '../principal.schema.js'

export interface DevAuthOptions {
  /** The user that every caller becomes. Default: user `dev`, in all brands of the default tenant. */
  principal?: Partial<Principal> | undefined
  /** Default: the console. */
  logger?: TaskLogger | undefined
}

/**
 * An `authenticate` for trying things out: every caller is the same user. It logs a warning, and cannot be created in
 * production.
 *
 * @throws Error when `NODE_ENV` is `production`
 * @throws TypeError when the principal is invalid
 */
export function devAuth({ principal, logger = createLogger() }: DevAuthOptions = {}): () => Principal {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error(
      'devAuth() makes everybody the same user, so it refuses NODE_ENV=production. Give createTaskServer an `authenticate` that reads your session or token.',
    )
  }
  const everybody: Principal = { userId: 'dev', brandIds: '*', ...principal }
  parsePrincipal(everybody, 'devAuth')
  logger.scope('API/Jobs').warn(`devAuth: everybody is signed in as "${everybody.userId}". Not for production.`)
  return () => everybody
}
