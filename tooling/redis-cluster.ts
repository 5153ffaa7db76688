import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@brandkit/tooling/free-port'
import { askRedis, launchRedis } from '@brandkit/tooling/redis'

export interface TestRedisCluster {
  /** The address of each node: `redis://127.0.0.1:6379`. */
  urls: string[]
  /** Deletes all data of all nodes. */
  flushAll(): Promise<void>
  /** Ends all nodes and removes their files. */
  stop(): Promise<void>
}

/** A Redis Cluster has this many slots for keys. */
const SLOTS = 16_384
const NODES = 3

/** Starts a real Redis Cluster of three primaries for tests, on free ports of 127.0.0.1, in memory only. */
export async function startRedisCluster(): Promise<TestRedisCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-redis-cluster-'))
  const ports = await freePorts(NODES * 2)
  const nodes = ports.slice(0, NODES).map((port, index) => ({ port, bus: ports[NODES + index] ?? 0, index }))
  const servers: ChildProcess[] = []

  async function stop(): Promise<void> {
    for (const server of servers) {
      if (server.exitCode !== null || server.signalCode !== null) continue
      const gone = once(server, 'exit')
      server.kill('SIGKILL')
      await gone
    }
    await rm(folder, { recursive: true, force: true })
  }

  try {
    for (const { port, bus } of nodes) {
      const more = { 'cluster-enabled': 'yes', 'cluster-config-file': `nodes-${port}.conf`, 'cluster-port': bus }
      servers.push(await launchRedis({ folder, port, more }))
    }
    for (const { port, index } of nodes) {
      const [first, end] = [index, index + 1].map((part) => Math.floor((part * SLOTS) / NODES))
      await askRedis(port, `CLUSTER ADDSLOTSRANGE ${first} ${(end ?? SLOTS) - 1}`)
      for (const { port: other, bus } of nodes) await askRedis(port, `CLUSTER MEET 127.0.0.1 ${other} ${bus}`)
    }
    for (const { port } of nodes) await agreed(port)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    urls: nodes.map(({ port }) => `redis://127.0.0.1:${port}`),
    async flushAll() {
      for (const { port } of nodes) await askRedis(port, 'FLUSHALL')
    },
    stop,
  }
}

/** Resolves when a node knows all nodes and slots. */
async function agreed(port: number): Promise<void> {
  for (;;) {
    const info = await askRedis(port, 'CLUSTER INFO')
    if (info.includes('cluster_state:ok') && info.includes(`cluster_size:${NODES}`)) return
    await sleep(20)
  }
}

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>()
  while (ports.size < count) ports.add(await freePort())
  return [...ports]
}
