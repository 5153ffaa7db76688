import { createLogger, type TaskLogger } from '@brandkit/core'
import type { Principal } from '../principal.js'
import { parsePrincipal } from '../principal.schema.js'

export interface DevAuthOptions {
  /** Who everybody is. Default: user `dev`, in all brands of the default tenant. */
  principal?: Partial<Principal> | undefined
  /** Default: the console. */
  logger?: TaskLogger | undefined
}

/**
 * An `authenticate` to try things out with: every caller is the same user. Says so in the log, and refuses to
 * exist in production.
 *
 * @throws Error where `NODE_ENV` is `production`
 * @throws TypeError when the principal does not fit
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
