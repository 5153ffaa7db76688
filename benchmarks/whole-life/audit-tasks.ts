import type { AuditedTask } from '../contenders/contender.ts'

export interface Audit {
  /** Tasks whose create was answered: number by id. */
  acknowledged: ReadonlyMap<string, number>
  /** Every row of the database. */
  rows: readonly AuditedTask[]
}

const SHOWN = 5

/**
 * A throughput only counts when every acknowledged task is there, completed, once, with its own result.
 *
 * @throws Error that names the first tasks that are not so
 */
export function assertCompletedOnce({ acknowledged, rows }: Audit): void {
  const faults: string[] = []
  const seen = new Set<string>()
  for (const { taskId, status, payload, result, attempts } of rows) {
    const number = acknowledged.get(taskId)
    if (seen.has(taskId)) faults.push(`${taskId} is there twice`)
    seen.add(taskId)
    if (number === undefined) faults.push(`${taskId} is there, and no create was answered with it`)
    else if (status !== 'completed') faults.push(`${taskId} is ${status}`)
    else if (payload['number'] !== number)
      faults.push(`${taskId} carries ${JSON.stringify(payload)} instead of ${number}`)
    else if (result?.['number'] !== number)
      faults.push(`${taskId} has the result ${JSON.stringify(result)} for ${number}`)
    else if (attempts !== 1) faults.push(`${taskId} was run ${attempts} times`)
  }
  for (const taskId of acknowledged.keys()) if (!seen.has(taskId)) faults.push(`${taskId} is missing`)
  if (faults.length === 0) return
  const more = faults.length > SHOWN ? `, and ${faults.length - SHOWN} more` : ''
  throw new Error(`The audit of ${acknowledged.size} tasks failed: ${faults.slice(0, SHOWN).join('; ')}${more}.`)
}
