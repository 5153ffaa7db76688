import { readdir, readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'

/** The processes whose CPU is reported separately. */
export type CpuOwner = 'server' | 'load' | 'postgres' | 'redis'

/** CPU since the start of the process or the machine, in microseconds. A value that the platform cannot tell is missing. */
export interface CpuReading {
  owners: Partial<Record<CpuOwner, number>>
  /** All of the machine's, ours included. */
  machine?: number
}

export interface CpuUse {
  /** Microseconds a task. */
  perTask: Partial<Record<CpuOwner, number>>
  /** Sum of `perTask`. */
  totalPerTask: number
  /** Share of all cores that others used meanwhile, from 0 to 1. `null` where the platform cannot tell. */
  othersShare: number | null
}

export interface CpuMeterOptions {
  /** One contender may have several processes. */
  servers: readonly { pid: number; cpu(): Promise<number> }[]
  postgres: { pid: number }
  redis: { pid: number }
}

/** Linux's unit of CPU time, `sysconf(_SC_CLK_TCK)`: 100 a second on every architecture that Node runs on. */
const TICK_MICROSECONDS = 10_000

/**
 * Reads CPU from the operating system: `/proc/<pid>/stat` on Linux, where servers are counted with their children;
 * elsewhere `process.cpuUsage()` of this process and of the server, and nothing about databases.
 */
export async function readCpu({ servers, postgres, redis }: CpuMeterOptions): Promise<CpuReading> {
  if (process.platform !== 'linux') {
    const { user, system } = process.cpuUsage()
    const all = await Promise.all(servers.map((server) => server.cpu()))
    return { owners: { server: sumOf(all), load: user + system } }
  }
  const processes = await readProcesses()
  return {
    owners: {
      server: sumOf(servers.map(({ pid }) => cpuOfTree(processes, pid))),
      load: processes.get(process.pid)?.own ?? 0,
      postgres: cpuOfTree(processes, postgres.pid),
      redis: cpuOfTree(processes, redis.pid),
    },
    machine: await readMachine(),
  }
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0)

export interface CpuSpan {
  before: CpuReading
  after: CpuReading
  tasks: number
  seconds: number
}

export function cpuUseOf({ before, after, tasks, seconds }: CpuSpan): CpuUse {
  const perTask: CpuUse['perTask'] = {}
  let used = 0
  for (const [owner, end] of Object.entries(after.owners) as [CpuOwner, number][]) {
    const own = Math.max(0, end - (before.owners[owner] ?? 0))
    perTask[owner] = own / tasks
    used += own
  }
  const hasMachine = before.machine !== undefined && after.machine !== undefined
  const others = hasMachine ? Math.max(0, (after.machine ?? 0) - (before.machine ?? 0) - used) : null
  return {
    perTask,
    totalPerTask: used / tasks,
    othersShare: others === null ? null : others / (seconds * 1_000_000 * availableParallelism()),
  }
}

interface ProcessTimes {
  parent: number
  own: number
  /** Its own CPU and that of its ended children, so that a Postgres backend still counts after its connection has closed. */
  withEnded: number
}

async function readProcesses(): Promise<Map<number, ProcessTimes>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const processes = new Map<number, ProcessTimes>()
  await Promise.all(
    pids.map(async (pid) => {
      // The process may end while we read.
      const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null)
      if (stat !== null) processes.set(pid, parseStat(stat))
    }),
  )
  return processes
}

/** Fields are counted from behind the name, which may hold blanks and brackets (proc(5)). */
export function parseStat(stat: string): ProcessTimes {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [, parent = '0'] = fields
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number)
  const own = (user + system) * TICK_MICROSECONDS
  return { parent: Number(parent), own, withEnded: own + (endedUser + endedSystem) * TICK_MICROSECONDS }
}

function cpuOfTree(processes: ReadonlyMap<number, ProcessTimes>, root: number): number {
  let sum = processes.get(root)?.withEnded ?? 0
  for (const [pid, { parent }] of processes) if (parent === root) sum += cpuOfTree(processes, pid)
  return sum
}

/** Busy time of all cores: user, nice, system, irq, softirq and steal of `/proc/stat`. */
async function readMachine(): Promise<number> {
  const [line = ''] = (await readFile('/proc/stat', 'latin1')).split('\n')
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(/\s+/).map(Number)
  return (user + nice + system + irq + softirq + steal) * TICK_MICROSECONDS
}
