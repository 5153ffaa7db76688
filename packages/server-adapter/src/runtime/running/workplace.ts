import { processWide } from '../../process-wide.js'

export interface Workplace {
  /** Resolves to `working` once `begin` has resolved, or to `waiting` if another server of this process works there. */
  enter(begin: () => Promise<void>): Promise<'working' | 'waiting'>
  /** Lets the next server begin. Does nothing if this server has not entered. */
  leave(): void
}

interface Turn {
  begin: () => void
}

/**
 * Allows one worker for each process and place; the other servers wait for their turn. Copies of a module that each start a
 * server (Next's instrumentation and routes, hot reloads) would otherwise multiply the concurrency and the polls of an idle
 * queue.
 *
 * @param place undefined if every server may work
 * @param onFailure called with the error of a server that could not begin at its turn
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
