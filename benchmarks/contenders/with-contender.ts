import type { Databases } from '../machine/start-databases.ts'
import type { Launch, MeasuredContender, Places } from './contender.ts'
import type { ContenderName } from './contenders.ts'
import { forkContender } from './fork-contender.ts'

export interface WithContenderOptions {
  databases: Databases
  concurrency: number
  /** Where its tasks are kept. Default: fresh places. */
  places?: Places
  /** Default: a process of its own. */
  launch?: Launch | undefined
}

/**
 * Starts a contender, measures it and stops it, whatever happens.
 *
 * @throws Error that names the contender, when the measurement fails
 */
export async function withContender<T>(
  name: ContenderName,
  { databases, concurrency, places, launch = forkContender }: WithContenderOptions,
  measure: (contender: MeasuredContender) => Promise<T>,
): Promise<T> {
  const contender = launch(name, { ...(places ?? (await databases.makePlaces())), concurrency })
  try {
    await contender.start()
    return await measure(contender)
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  } finally {
    await contender.stop()
  }
}
