import { canMove, isTerminal, TASK_DATE_FIELDS, type TaskCatalog, type TaskJson, TRANSITIONS } from '@brandkit/core'
import { taskJsonSchema } from '@brandkit/core/schemas'
import * as z from 'zod'
import { encodeJson } from '../../store/encode-json.js'
import { faultsOf, isObject, shown } from './faults-of.js'

interface CheckOptions {
  /** The function that the test called. */
  action: 'seed' | 'change'
  catalog: TaskCatalog
  /** The task as it is now. Absent for a seed. */
  before?: TaskJson
}

/**
 * The task that a test wants to write, with times in UTC and without undefined fields. Callers write only what this function
 * returns, so a refused task leaves no trace.
 *
 * @throws TypeError that names each wrong field, its value and what is allowed
 */
export function checkTask(task: object, { action, catalog, before }: CheckOptions): TaskJson {
  const checked = withUtcTimes(withoutUndefined(task))
  const form = faultsOf(schema, checked)
  const faults = form.length > 0 ? form : ruleFaults(checked as unknown as TaskJson, catalog, before)
  if (faults.length > 0) throw new TypeError(`${action}() wrote nothing. ${faults.join(' ')}`)
  return checked as unknown as TaskJson
}

/**
 * Refuses what is no object with the fields of a task.
 *
 * @throws TypeError that names the value
 */
export function checkFields(fields: object, action: CheckOptions['action']): void {
  if (isObject(fields) && !Array.isArray(fields)) return
  throw new TypeError(
    `${action}() wrote nothing. It takes the fields of a task, such as { progress: 40 }; got ${shown(fields)}.`,
  )
}

type Fields = Record<string, unknown>

const schema = taskJsonSchema.strict()

/** The rules that no schema knows. */
function ruleFaults(task: TaskJson, catalog: TaskCatalog, before: TaskJson | undefined): string[] {
  const { taskId, type, status, version, steps = [] } = task
  const faults: string[] = []
  for (const field of ['taskId', 'userId', 'brandId'] as const) {
    if (task[field] === '') faults.push(`${field} is "". No request could ask for such a task.`)
  }
  if (!Object.hasOwn(catalog, type))
    faults.push(`type is ${shown(type)}. The catalog has ${Object.keys(catalog).join(', ')}.`)
  if (before && before.taskId !== taskId)
    faults.push(`taskId is ${shown(taskId)}. The id of a task does not change; leave it out.`)
  if (before && before.status !== status && !canMove(before.status, status))
    faults.push(`status is ${shown(status)}. ${toMoves(before.status)}`)
  if (before && version <= before.version)
    faults.push(`version is ${version}. A change is newer than version ${before.version}; leave it out.`)
  if (task.queuedAt !== task.createdAt)
    faults.push(`queuedAt is ${shown(task.queuedAt)}. A task is queued when it is created; give one of the two times.`)
  if (task.estimatedCompletion !== undefined)
    faults.push('estimatedCompletion cannot be written. Estimates of a test belong into `hints` of the server.')
  const keys = steps.map(({ key }) => key)
  for (const key of new Set(keys.filter((other, index) => keys.indexOf(other) !== index)))
    faults.push(`steps has the key ${shown(key)} twice.`)
  if (task.completedAt !== undefined && !isTerminal(status))
    faults.push(`completedAt is ${shown(task.completedAt)}. A task that is ${status} has not ended; leave it out.`)
  for (const field of ['payload', 'result', 'partialResult'] as const) {
    if (task[field] !== undefined && !isJson(task[field])) faults.push(`${field} cannot be written as JSON.`)
  }
  return faults
}

function toMoves(status: TaskJson['status']): string {
  const next = TRANSITIONS[status].join(', ')
  return next
    ? `A task that is ${status} can become ${next}.`
    : `A task that is ${status} has ended and stays so; seed another task.`
}

function isJson(value: unknown): boolean {
  try {
    encodeJson(value)
    return true
  } catch {
    return false
  }
}

/** A field that a test sets to undefined is absent in the written task. The schema complains if a task needs it. */
function withoutUndefined(task: object): Fields {
  return Object.fromEntries(Object.entries(task).filter(([, value]) => value !== undefined))
}

/** What a test may write as a time: also a date alone, and a time with an offset. */
const time = z.union([z.iso.datetime({ offset: true }), z.iso.date()])

function withUtcTimes(fields: Fields): Fields {
  const copy = { ...fields }
  for (const field of TASK_DATE_FIELDS) {
    const { data } = time.safeParse(copy[field])
    if (data !== undefined) copy[field] = new Date(data).toISOString()
  }
  const { steps } = copy
  if (Array.isArray(steps)) copy['steps'] = steps.map((step: unknown) => (isObject(step) ? withUtcTimes(step) : step))
  return copy
}
