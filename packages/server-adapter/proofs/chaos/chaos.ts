// `npm run chaos -- --tasks 1000 --seed 7 --queue bullmq --without checkpoints`: docs/reliability.md says what it proves.
import { parseArgs } from 'node:util'
import { FAULTS } from './draw-chaos.ts'
import { runChaos } from './run-chaos.ts'
import { GUARDS } from './without-guard.ts'

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '1000' },
    faults: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    queue: { type: 'string', default: 'pg-boss' },
    only: { type: 'string' },
    without: { type: 'string' },
  },
})
const without = GUARDS.find((guard) => guard === values.without)
if (values.without !== undefined && !without)
  throw new Error(`There is no guard "${values.without}". Guards: ${GUARDS.join(', ')}.`)
const only = FAULTS.find((fault) => fault === values.only)
if (values.only !== undefined && !only)
  throw new Error(`There is no accident "${values.only}". Accidents: ${FAULTS.join(', ')}.`)
if (values.queue !== 'pg-boss' && values.queue !== 'bullmq')
  throw new Error(`There is no queue "${values.queue}" here. Queues: pg-boss, bullmq.`)

const options = { tasks: Number(values.tasks), faults: Number(values.faults), seed: Number(values.seed) }
console.log(
  `Chaos: ${options.tasks} tasks, ${options.faults} accidents, Postgres and ${values.queue}, seed ${options.seed}${without ? `, without ${without}` : ''}`,
)
const { broken, ends, faults, runs, seconds } = await runChaos({ ...options, queue: values.queue, only, without })
console.log(`Ends: ${describe(ends)}; ${runs} runs`)
console.log(`Accidents: ${describe(faults)}`)
for (const sentence of broken.slice(0, 20)) console.log(`BROKEN  ${sentence}`)
console.log(`${broken.length} promises broken in ${Math.round(seconds)} s`)
process.exit(broken.length === 0 ? 0 : 1)

function describe(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}
