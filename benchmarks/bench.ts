// `pnpm bench`, `pnpm bench whole-life --size 200 --rounds 1`: docs/benchmarks.md says how to read what it prints.
import { parseArgs } from 'node:util'
import { BENCHES, LONG } from './benches.ts'
import { writeReport } from './report/write-report.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    size: { type: 'string' },
    streams: { type: 'string' },
    rows: { type: 'string' },
    minutes: { type: 'string' },
    seconds: { type: 'string' },
    only: { type: 'string' },
    write: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})

if (values.help) {
  for (const [name, { title, longRun }] of Object.entries(BENCHES))
    console.log(`pnpm bench ${name.padEnd(15)} ${title}${longRun ? ` (long: ${longRun} --write)` : ''}`)
  console.log(
    'Options: --rounds 2  --size 20000 (tasks; also --streams, --rows)  --seconds 6  --minutes 10\n' +
      '         --only ours-postgres,ours-pglite  --write\n' +
      'A run of other sizes is only printed, unless --write is given.',
  )
  process.exit()
}

const unknown = positionals.filter((name) => !(name in BENCHES))
if (unknown.length > 0) {
  throw new Error(`There is no benchmark ${unknown.join(', ')}. There are ${Object.keys(BENCHES).join(', ')}.`)
}

/** Only whole runs are written, because a table of a few tasks would look like a measurement. */
const isWhole = Object.values(values).every((value) => value === undefined)
const toNumber = (key: string, text: string | undefined, isRight: (number: number) => boolean) => {
  if (text === undefined) return {}
  const number = Number(text)
  if (!isRight(number)) throw new Error(`--${key} cannot be "${text}".`)
  return { [key]: number }
}
const isCount = (number: number) => Number.isSafeInteger(number) && number > 0
const sizes = {
  ...toNumber('rounds', values.rounds, isCount),
  ...toNumber('size', values.size ?? values.streams ?? values.rows, isCount),
  ...toNumber('seconds', values.seconds, isCount),
  ...toNumber('minutes', values.minutes, (minutes) => minutes > 0),
  ...(values.only !== undefined && { only: values.only.split(',') }),
}

const begunMs = performance.now()
const tookSince = (fromMs: number) => `${Math.round((performance.now() - fromMs) / 1_000)} s`

for (const [name, bench] of Object.entries(BENCHES)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  console.log(`\n${name}: ${bench.title}`)
  const fromMs = performance.now()
  const report = await bench.run({ ...sizes, log: (line) => console.log(line) })
  console.log(`\n${report.markdown}\n\n${name} took ${tookSince(fromMs)}.`)
  const place = isWhole || !bench.longRun ? name : name + LONG
  if (isWhole || values.write) await writeReport(place, report)
}
console.log(`\nTogether: ${tookSince(begunMs)}.`)
