import type { StoreStats } from '../store-outlook.js'
import type { WorkerSign } from '../maintain-pass.js'

/** The workers that have told that they live. */
export function createWorkerRows() {
  const workers = new Map<string, { slots: number; aliveUntil: number }>()

  return {
    sign({ workerId, slots, aliveMs }: WorkerSign, now: number): void {
      workers.set(workerId, { slots, aliveUntil: now + aliveMs })
      for (const [id, { aliveUntil }] of workers) if (aliveUntil <= now) workers.delete(id)
    },
    stats(now: number): Pick<StoreStats, 'workers'> {
      const living = [...workers.values()].filter(({ aliveUntil }) => aliveUntil > now)
      if (living.length === 0) return {}
      return { workers: { alive: living.length, slots: living.reduce((sum, { slots }) => sum + slots, 0) } }
    },
  }
}
