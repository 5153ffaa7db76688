import { isRefusedName } from './statement-names.js'
import { sqlStateOf } from './to-store-error.js'

/**
 * Sends a statement again if it had no effect and a repetition may help. Each attempt takes a new connection from the pool.
 */
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
 * The total number of attempts. After a deadlock or a serialisation failure, the second attempt can succeed. After the
 * refusal of a standby, the next connection may lead to the primary. After the refusal of a name, the statement is sent
 * without one.
 */
function attemptsAfter(error: unknown): number {
  const code = sqlStateOf(error)
  if (code === '40001' || code === '40P01') return 5
  return code === '25006' || isRefusedName(error) ? 2 : 1
}
