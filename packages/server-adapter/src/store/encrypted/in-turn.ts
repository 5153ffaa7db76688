/**
 * Makes a function that hands writes over in the order of its calls for one task, however long each takes to be encrypted: an
 * end that overtakes its last checkpoint would lose it.
 */
export function createTurns() {
  /** The last turn of each task: settles when the write has been handed over. */
  const turns = new Map<string, Promise<unknown>>()

  return async function inTurn<Sealed, Outcome>(
    taskId: string,
    sealing: Promise<Sealed>,
    write: (sealed: Sealed) => Promise<Outcome>,
  ): Promise<Outcome> {
    const turn = Promise.allSettled([sealing, turns.get(taskId)])
    turns.set(taskId, turn)
    const [sealed] = await turn
    if (turns.get(taskId) === turn) turns.delete(taskId)
    if (sealed.status === 'rejected') throw sealed.reason
    return write(sealed.value)
  }
}
