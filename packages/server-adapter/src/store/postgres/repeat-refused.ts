import { sqlStateOf } from './to-store-error.js'

/** Sends again what has had no effect, where that may help. Each attempt takes a connection of its own. */
export async function repeatRefused<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send()
    } catch (error) {
      if (attempt >= attemptsAfter(error)) throw error
    }
  }
}

/**
 * How often to send the statement in all. A deadlock or a serialisation failure is over the next time. A standby has
 * refused, and the connection that is dialled next may lead to the primary.
 */
function attemptsAfter(error: unknown): number {
  const code = sqlStateOf(error)
  if (code === '40001' || code === '40P01') return 5
  return code === '25006' ? 2 : 1
}
