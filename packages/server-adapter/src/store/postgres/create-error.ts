import { TaskError } from '@brandkit/core'
import { alreadyUnderWay } from '../plan-unique.js'
import { duplicateTask, invalidTime } from '../store-errors.js'
import { sqlStateOf } from './to-store-error.js'

/** Converts the error of a refused insert for the caller. */
export function toCreateError(error: unknown): unknown {
  const state = sqlStateOf(error)
  if (state === '23505') return isTaken(error) ? alreadyUnderWay(undefined, error) : duplicateTask(error)
  if (state === '22007' || state === '22008' || state === '22009') return invalidTime(error)
  if (state === '54001')
    return new TaskError('invalid_payload', 'The payload is nested too deeply to be stored.', { cause: error })
  return error
}

/** Whether another task under way has the unique key, which only a transaction with an old snapshot fails to see. */
function isTaken(error: unknown): boolean {
  return (error as { constraint?: unknown }).constraint === 'tasks_unique'
}
