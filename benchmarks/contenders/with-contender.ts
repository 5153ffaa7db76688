import type { Databases } from '../machine/start-databases.ts'
import type { Launch, MeasuredContender, Places } from './contender.ts'
import type { ContenderName } from './contenders.ts'
import { forkContender } from './fork-contender.ts'

export interface WithContenderOptions {
  databases: Databases
  concurrency: number
  /** The places of its tasks. Default: fresh ones. */
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
  let measured: T
  try {
    await contender.start()
    measured = await measure(contender)
  } catch (error) {
    // What has failed first tells more than a stop after half a start.
    await contender.stop().catch(() => {})
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  await contender.stop()
  return measured
}
