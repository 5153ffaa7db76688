import { setTimeout as wait } from 'node:timers/promises'
import { startRedis, type TestRedis } from '@brandkit/tooling/redis'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import type { Launch, MeasuredContender, Places } from '../contenders/contender.ts'
import { CONTENDER_NAMES, CONTENDERS, type ContenderName } from '../contenders/contenders.ts'
import { withContender } from '../contenders/with-contender.ts'
import { describeMachine } from '../machine/describe-machine.ts'
import { type Databases, startDatabases } from '../machine/start-databases.ts'
import { describeConditions, toTable, whole } from '../report/markdown.ts'
import { plotBars } from '../report/plot-bars.ts'
import type { Bench } from '../report/report.ts'
import { countStatements } from './count-statements.ts'

const CONCURRENCY = 10
/** What a start still does afterwards does not count. */
const SETTLING_MS = 10_000

/** Each per minute of having nothing to do. */
interface Idle {
  contender: ContenderName
  /** Statements that Postgres has run; `null` without Postgres. */
  statements: number | null
  /** Commands that Redis has run; `null` without Redis. */
  commands: number | null
  cpuMs: number
  /** Resident bytes at the end. */
  memory: number
}

/** What a worker with nothing to do asks its databases, and what it costs. */
export const idle: Bench = {
  title: 'statements, CPU and memory of a worker with nothing to do',

  async run({ seconds = 40, only, log }) {
    const names = CONTENDER_NAMES.filter((name) => !only || only.includes(name))
    const databases = await startDatabases({ settings: countStatements.settings })
    try {
      const results = await measureIdle({ databases, names, measuredMs: seconds * 1_000, settlingMs: SETTLING_MS })
      for (const row of results) log(toRow(row).join('  '))
      const conditions = describeMachine({
        servers: await databases.versions(),
        packages: names.flatMap((name) => CONTENDERS[name].packages),
      })
      const title = 'Statements and commands a minute of an idle worker'
      const bars = results.flatMap(({ contender, statements, commands }) => [
        { label: CONTENDERS[contender].title, part: 'Postgres', value: statements ?? 0 },
        { label: CONTENDERS[contender].title, part: 'Redis', value: commands ?? 0 },
      ])
      const heads = ['a minute', 'statements to Postgres', 'commands to Redis', 'CPU ms', 'memory']
      return {
        conditions,
        settings: { seconds, settlingMs: SETTLING_MS, concurrency: CONCURRENCY },
        results,
        markdown: [
          describeConditions(conditions),
          `All at the same time, each with databases of its own and ${CONCURRENCY} slots, for ${seconds} s after ${SETTLING_MS / 1_000} s.`,
          toTable(heads, results.map(toRow)),
          `![${title}](benchmarks/idle.svg)`,
        ].join('\n\n'),
        plots: { 'idle.svg': plotBars({ bars, title, unit: 'a minute' }) },
      }
    } finally {
      await databases.stop()
    }
  },
}

function toRow({ contender, statements, commands, cpuMs, memory }: Idle): string[] {
  return [
    CONTENDERS[contender].title,
    whole(statements ?? NaN),
    whole(commands ?? NaN),
    whole(cpuMs),
    `${whole(memory / 2 ** 20)} MB`,
  ]
}

export interface MeasureIdleOptions {
  databases: Databases
  names: readonly ContenderName[]
  settlingMs: number
  measuredMs: number
  launch?: Launch
}

/** All contenders wait side by side, because they hardly use the machine. The server must have the settings of `countStatements`. */
export async function measureIdle(options: MeasureIdleOptions): Promise<Idle[]> {
  const { databases, names, launch } = options
  return Promise.all(
    names.map(async (name) => {
      const packages: readonly string[] = CONTENDERS[name].packages
      // Redis counts commands of all its databases together.
      const redis = packages.includes('ioredis') ? await startRedis() : null
      const shared = await databases.makePlaces()
      const places = redis ? { ...shared, redis: redis.url } : shared
      try {
        return await withContender(name, { databases, concurrency: CONCURRENCY, places, launch }, (contender) =>
          watchIdle({ ...options, name, contender, places, redis, hasPostgres: packages.includes('pg') }),
        )
      } finally {
        await redis?.stop()
      }
    }),
  )
}

interface WatchIdleOptions extends Pick<MeasureIdleOptions, 'settlingMs' | 'measuredMs'> {
  name: ContenderName
  contender: MeasuredContender
  places: Places
  redis: TestRedis | null
  hasPostgres: boolean
}

async function watchIdle(options: WatchIdleOptions): Promise<Idle> {
  const { name, contender, places, redis, hasPostgres, settlingMs, measuredMs } = options
  const client = new Client({ connectionString: places.postgres })
  const cache = redis && new Redis(redis.url)
  await client.connect()
  try {
    const read = async () => ({
      statements: await countStatements.read(client),
      commands: cache ? await readCommands(cache) : 0,
      cpu: await contender.cpu(),
      at: performance.now(),
    })
    await wait(settlingMs)
    const before = await read()
    await wait(measuredMs)
    const after = await read()
    const aMinute = (key: 'statements' | 'commands' | 'cpu') =>
      ((after[key] - before[key]) * 60_000) / (after.at - before.at)
    return {
      contender: name,
      statements: hasPostgres ? aMinute('statements') : null,
      commands: cache ? aMinute('commands') : null,
      cpuMs: aMinute('cpu') / 1_000,
      memory: await contender.memory(),
    }
  } finally {
    cache?.disconnect()
    await client.end()
  }
}

async function readCommands(cache: Redis): Promise<number> {
  const [, total] = /^total_commands_processed:(\d+)/m.exec(await cache.info('stats')) ?? []
  return Number(total)
}
