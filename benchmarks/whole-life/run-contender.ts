import type { Launch, MeasuredContender } from '../contenders/contender.ts'
import type { ContenderName } from '../contenders/contenders.ts'
import { withContender } from '../contenders/with-contender.ts'
import { type CpuUse, cpuUseOf, readCpu } from '../machine/cpu-meter.ts'
import type { Databases } from '../machine/start-databases.ts'
import { assertCompletedOnce } from './audit-tasks.ts'
import { type Loaded, loadTasks } from './load-tasks.ts'
import type { Workload } from './workloads.ts'

export interface RunOptions {
  databases: Databases
  /** Run one after the other in the same process, whose concurrency is the highest of them. */
  workloads: readonly Workload[]
  connections: number
  /** Tasks that fill caches and open connections before anything is measured. */
  warmUpTasks: number
  tasks: number
  seconds: number
  /** Processes that share the database. Clients take turns with them. Default 1. */
  processes?: number
  launch?: Launch | undefined
}

export interface Run extends Omit<Loaded, 'acknowledged'> {
  tasks: number
  cpu: CpuUse
}

/**
 * One contender, once: a fresh process on fresh databases, warmed up, measured with each workload and audited.
 *
 * @throws Error when the audit fails
 */
export async function runContender(name: ContenderName, options: RunOptions): Promise<Run[]> {
  const { databases, workloads, connections, warmUpTasks, tasks, seconds, launch, processes = 1 } = options
  const concurrency = Math.max(...workloads.map((workload) => workload.concurrency))
  const places = await databases.makePlaces()
  const start = { databases, concurrency, places, launch }

  // The first process has migrated the database when the next one starts.
  const withAll = async (count: number, use: (contenders: MeasuredContender[]) => Promise<Run[]>): Promise<Run[]> =>
    withContender(name, start, (first) =>
      count === 1 ? use([first]) : withAll(count - 1, (others) => use([first, ...others])),
    )

  return withAll(processes, async (contenders) => {
    const meters = { servers: contenders, postgres: databases.postgres, redis: databases.redis }
    const urls = contenders.map(({ url }) => url)
    const acknowledged = new Map<string, number>()
    const runs: Run[] = []

    async function load(workload: Workload, count: number) {
      const { mostOpen, pauseMs } = workload
      const limits = { connections, seconds, mostOpen, pauseMs, tasks: count }
      const loaded = await loadTasks({ ...limits, urls, firstNumber: acknowledged.size })
      for (const [taskId, number] of loaded.acknowledged) acknowledged.set(taskId, number)
      return loaded
    }

    for (const workload of workloads) {
      await load(workload, warmUpTasks)
      const before = await readCpu(meters)
      const { acknowledged: created, ...loaded } = await load(workload, tasks)
      const after = await readCpu(meters)
      const cpu = cpuUseOf({ before, after, tasks: created.size, seconds: loaded.seconds })
      runs.push({ ...loaded, tasks: created.size, cpu })
    }
    assertCompletedOnce({ acknowledged, rows: (await contenders[0]?.audit()) ?? [] })
    return runs
  })
}
