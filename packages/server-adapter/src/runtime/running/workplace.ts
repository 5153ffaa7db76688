import { processWide } from '../../process-wide.js'

export interface Workplace {
  /** Resolves to `working` once `begin` has, or to `waiting` when another copy of this process works there already. */
  enter(begin: () => Promise<void>): Promise<'working' | 'waiting'>
  /** Lets the next copy begin. Does nothing when this one has not entered. */
  leave(): void
}

interface Turn {
  begin: () => void
}

/**
 * One worker a process and place. Copies of a module that each start a server (Next's instrumentation and routes, hot
 * reloads) would otherwise multiply the concurrency, and how often an idle queue is asked. They step in by turns.
 *
 * @param place undefined where every server works
 * @param onFailure hears why a copy could not begin when its turn came
 */
export function createWorkplace(place: string | undefined, onFailure: (error: unknown) => void): Workplace {
  const turns = processWide<Turn[]>('workplaces/1')
  let turn: Turn | undefined

  function leave(): void {
    if (!turn || place === undefined) return
    const waiting = turns.get(place) ?? []
    const wasFirst = waiting[0] === turn
    const rest = waiting.filter((other) => other !== turn)
    turn = undefined
    if (rest.length > 0) turns.set(place, rest)
    else turns.delete(place)
    if (wasFirst) rest[0]?.begin()
  }

  return {
    async enter(begin) {
      if (place === undefined) {
        await begin()
        return 'working'
      }
      const mine: Turn = {
        begin: () =>
          void begin().catch((error: unknown) => {
            leave()
            onFailure(error)
          }),
      }
      turn = mine
      const waiting = turns.get(place) ?? []
      turns.set(place, [...waiting, mine])
      if (waiting.length > 0) return 'waiting'
      try {
        await begin()
      } catch (error) {
        leave()
        throw error
      }
      return 'working'
    },
    leave,
  }
}
