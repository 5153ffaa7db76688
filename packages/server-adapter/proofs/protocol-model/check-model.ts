import type { TaskStatus } from '@brandkit/core'
import { MODEL_GUARDS, type ModelGuard } from './model-guards.js'
import { movesFrom } from './model-moves.js'
import { isOver, MOST_ATTEMPTS, type ModelState, STARTS } from './model-state.js'

type Arrow = `${TaskStatus} → ${TaskStatus}`

export interface ModelVerdict {
  /** The number of visited states. */
  states: number
  /** Every change of status that a move makes. */
  arrows: ReadonlySet<Arrow>
  /** The shortest path into a forbidden state, with the reason; `null` if no such path exists. */
  unsafe: { reason: string; path: string[] } | null
  /** The shortest path into a state from which the system alone can never end the task. */
  stuck: { path: string[] } | null
}

/** A correct model has fewer states within its bounds; a broken one may count up for ever. */
const MOST_STATES = 200_000

/** Visits every reachable state, breadth first, without the given guard. */
export function checkModel(options: { without?: ModelGuard } = {}): ModelVerdict {
  const guards = new Set<ModelGuard>(MODEL_GUARDS.filter((guard) => guard !== options.without))
  const has = (guard: ModelGuard) => guards.has(guard)
  const seen = new Map<string, { state: ModelState; from: string | null; move: string }>()
  const arrows = new Set<Arrow>()
  const helpers = new Map<string, string[]>()
  const pathTo = (key: string): string[] => {
    const { from, move } = seen.get(key) ?? { from: null, move: '' }
    return from === null ? [] : [...pathTo(from), move]
  }

  const queue = STARTS.map(keyOf)
  for (const state of STARTS) seen.set(keyOf(state), { state, from: null, move: 'start' })
  for (const key of queue) {
    const { state } = seen.get(key) as { state: ModelState }
    const reason = findFault(state)
    if (reason) return { states: seen.size, arrows, unsafe: { reason, path: pathTo(key) }, stuck: null }
    for (const { name, by, to } of movesFrom(state, has)) {
      const next = keyOf(to)
      if (state.status !== to.status) arrows.add(`${state.status} → ${to.status}`)
      if (by === 'system') helpers.set(next, [...(helpers.get(next) ?? []), key])
      if (seen.has(next)) continue
      seen.set(next, { state: to, from: key, move: name })
      queue.push(next)
    }
    if (seen.size > MOST_STATES)
      throw new Error(`The model has more than ${MOST_STATES} states: a counter grows without bound.`)
  }

  const ending = reachableBackwards(
    [...seen].filter(([, { state }]) => isOver(state)).map(([key]) => key),
    helpers,
  )
  const stuck = queue.find((key) => !ending.has(key))
  return { states: seen.size, arrows, unsafe: null, stuck: stuck === undefined ? null : { path: pathTo(stuck) } }
}

function findFault(state: ModelState): string | null {
  if (state.ends > 1) return 'the task ended twice'
  if (state.ends > 0 && !isOver(state)) return 'an ended task came back to life'
  // A worker that dies between the start and its first write looks as one that dies before the start. So a task that its
  // insert claimed may be started once more; the heartbeat bounds that time.
  if (state.starts > MOST_ATTEMPTS + Number(state.born === 'claimed')) return 'it was attempted more often than allowed'
  if (!state.untouched && state.attempt > state.starts && !isOver(state))
    return 'an attempt was charged that never started'
  if (state.repeatedStep) return 'a finished step ran again'
  if (state.staleWrite) return 'an attempt that had lost the task changed it'
  return null
}

/** All states from which the system alone can reach one of the `goals`. */
function reachableBackwards(goals: readonly string[], helpers: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(goals)
  for (const key of found) {
    for (const from of helpers.get(key) ?? []) found.add(from)
  }
  return found
}

function keyOf(state: ModelState): string {
  return JSON.stringify(state)
}
