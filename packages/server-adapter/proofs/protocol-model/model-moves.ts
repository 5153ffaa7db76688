import { canMove, type TaskStatus } from '@brandkit/core'
import type { ModelGuard } from './model-guards.js'
import { IDLE, isOver, MOST_ATTEMPTS, MOST_MESSAGES, type ModelState, type ModelWorker } from './model-state.js'

export interface Move {
  name: string
  /** `world`: may happen at any time, but is not guaranteed. `system`: happens sooner or later if it stays possible. */
  by: 'world' | 'system'
  to: ModelState
}

/** Every next state. `has` tells which guards are on. */
export function movesFrom(state: ModelState, has: Has): Move[] {
  return [
    ...worldMoves(state, has),
    ...maintenanceMoves(state, has),
    ...[0, 1].flatMap((index) => workerMoves(state, index as 0 | 1, has)),
  ]
}

function worldMoves(state: ModelState, has: Has): Move[] {
  const moves: Move[] = []
  const add = (name: string, change: Partial<ModelState>) =>
    moves.push({ name, by: 'world', to: { ...state, ...change } })
  if (state.messages > 0) add('a message is lost', { messages: state.messages - 1 })
  if (state.messages > 0 && state.messages < MOST_MESSAGES)
    add('a message is repeated', { messages: state.messages + 1 })
  if (!state.cancelAsked) {
    const epoch = state.epoch + Number(has('cancel-fences'))
    const cancelled = { status: 'cancelled', lease: 'none', owner: null, epoch, ends: state.ends + 1 } as const
    add('the owner cancels', { cancelAsked: true, ...(canMove(state.status, 'cancelled') && cancelled) })
  }
  if (mayLeaveQueue(state, 'failed'))
    add('it waits past its time to live', { status: 'failed', epoch: state.epoch + 1, ends: state.ends + 1 })
  return moves
}

function maintenanceMoves(state: ModelState, has: Has): Move[] {
  const moves: Move[] = []
  const add = (name: string, change: Partial<ModelState>) =>
    moves.push({ name, by: 'system', to: { ...state, ...change } })
  // Time passes while the worker is dead, stalled or disconnected.
  if (state.lease === 'live' && has('lease')) add('the lease runs out', { lease: 'expired' })
  if (state.status === 'queued' && state.messages === 0 && has('alarm')) add('the alarm rings', { messages: 1 })
  const isExpired = canMove(state.status, 'queued') && state.lease === 'expired'
  if (isExpired && !state.expiring) add('maintenance selects the row', { expiring: true })
  if (state.expiring) {
    if (isExpired || !has('expiry-looks-again')) add('maintenance expires the lease', expire(state, has))
    else add('maintenance finds the lease renewed', { expiring: false })
  }
  return moves
}

function expire(state: ModelState, has: Has): Partial<ModelState> {
  const epoch = state.epoch + Number(has('handover-moves-epoch'))
  // Taking a task with a live lease, or an ended task, is a write against its owner.
  const staleWrite = state.staleWrite || state.lease === 'live' || isOver(state)
  const attempt = state.attempt - Number(state.untouched && has('newborn-is-free'))
  const common = { expiring: false, epoch, attempt, lease: 'none', owner: null, untouched: false, staleWrite } as const
  if (attempt >= MOST_ATTEMPTS) return { ...common, status: 'failed', ends: state.ends + 1 }
  return { ...common, status: 'queued', messages: Math.min(MOST_MESSAGES, state.messages + 1) }
}

/** Whether the transition table has an arrow from a queued task to this status. */
function mayLeaveQueue({ status }: ModelState, to: TaskStatus): boolean {
  return status === 'queued' && canMove(status, to)
}

type Has = (guard: ModelGuard) => boolean

function workerMoves(state: ModelState, index: 0 | 1, has: Has): Move[] {
  const worker = state.workers[index]
  const moves: Move[] = []
  const add = (by: Move['by'], name: string, next: ModelWorker, change: Partial<ModelState> = {}) =>
    moves.push({
      name: `worker ${index + 1} ${name}`,
      by,
      to: { ...state, workers: replace(state.workers, index, next), ...change },
    })

  if (worker.epoch === null) {
    if (state.messages > 0) addClaim(state, has, add)
    if (state.untouched && !has('replay-starts-nothing'))
      add('world', 'repeats the create', { ...IDLE, epoch: state.epoch })
    return moves
  }

  add('world', 'dies', IDLE)
  if (worker.start === null) {
    const start = state.starts + 1
    const owner = worker.epoch === state.epoch && state.status === 'processing' ? start : state.owner
    add('system', 'starts what its insert claimed', { ...worker, start }, { starts: start, owner })
    if (state.untouched && worker.epoch === state.epoch) {
      const messages = Math.min(MOST_MESSAGES, state.messages + 1)
      const again = { status: 'queued', attempt: state.attempt - 1, epoch: state.epoch + 1, lease: 'none' } as const
      add('world', 'stops, and hands it back', IDLE, { ...again, owner: null, untouched: false, messages })
    }
    return moves
  }
  const shown = worker.epoch === state.epoch || !has('epoch-on-write')
  const mayWrite = shown && (canMove(state.status, 'completed') || !has('cancel-fences'))
  if (mayWrite) addWrites(state, worker, has, add)
  else add('system', 'learns that it lost the task', IDLE)
  return moves
}

type Add = (by: Move['by'], name: string, next: ModelWorker, change?: Partial<ModelState>) => void

function addClaim(state: ModelState, has: Has, add: Add): void {
  const messages = state.messages - 1
  const takes = canMove(state.status, 'processing') || (!has('claim-takes-queued') && !isOver(state))
  if (!takes) {
    add('system', 'finds nothing to claim', IDLE, { messages })
    return
  }
  const start = state.starts + 1
  const epoch = state.epoch + Number(has('handover-moves-epoch'))
  const attempt = state.attempt + Number(has('count-at-claim'))
  const knowsStep = has('step-memory') && state.checkpointed
  const row = { status: 'processing', epoch, attempt, lease: 'live', starts: start, owner: start } as const
  add('system', 'claims', { epoch, start, knowsStep }, { messages, ...row })
}

function addWrites(state: ModelState, worker: ModelWorker, has: Has, add: Add): void {
  const trace = { untouched: false, staleWrite: state.staleWrite || worker.start !== state.owner }
  add('system', 'beats', worker, { lease: state.status === 'processing' ? 'live' : state.lease, ...trace })
  if (!worker.knowsStep) {
    const repeatedStep = state.repeatedStep || state.checkpointed
    add('system', 'runs the step', { ...worker, knowsStep: true }, { checkpointed: true, repeatedStep, ...trace })
    return
  }

  const over = { lease: 'none', owner: null, ends: state.ends + 1, ...trace } as const
  add('system', 'completes', IDLE, { status: 'completed', ...over })
  const attempt = state.attempt + Number(!has('count-at-claim'))
  if (attempt >= MOST_ATTEMPTS) {
    add('world', 'fails for good', IDLE, { status: 'failed', attempt, ...over })
    return
  }
  const epoch = state.epoch + Number(has('handover-moves-epoch'))
  const messages = Math.min(MOST_MESSAGES, state.messages + 1)
  const again = { status: 'queued', attempt, lease: 'none', owner: null, epoch, messages } as const
  add('world', 'fails and is retried', IDLE, { ...again, ...trace })
}

function replace(workers: ModelState['workers'], index: 0 | 1, next: ModelWorker): ModelState['workers'] {
  return index === 0 ? [next, workers[1]] : [workers[0], next]
}
