// `pnpm bench`, `pnpm bench whole-life --size 200 --rounds 1`: docs/benchmarks.md says how to read what it prints.
import { BENCHES, LONG } from './benches.ts'
import { readArguments } from './read-arguments.ts'
import { writeReport } from './report/write-report.ts'

const { names, sizes, isWhole, write, help } = readArguments(process.argv.slice(2), Object.keys(BENCHES))

if (help) {
  for (const [name, { title, longRun }] of Object.entries(BENCHES))
    console.log(`pnpm bench ${name.padEnd(15)} ${title}${longRun ? ` (long: ${longRun} --write)` : ''}`)
  console.log(
    'Options: --rounds 2  --size 20000 (tasks; also --streams, --rows)  --seconds 6  --minutes 10\n' +
      '         --only ours-postgres,ours-pglite  --write\n' +
      'A run of other sizes is only printed, unless --write is given.',
  )
  process.exit()
}

const begunMs = performance.now()
const tookSince = (fromMs: number) => `${Math.round((performance.now() - fromMs) / 1_000)} s`

for (const [name, bench] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue
  console.log(`\n${name}: ${bench.title}`)
  const fromMs = performance.now()
  const report = await bench.run({ ...sizes, log: (line) => console.log(line) })
  console.log(`\n${report.markdown}\n\n${name} took ${tookSince(fromMs)}.`)
  const place = isWhole || !bench.longRun ? name : name + LONG
  if (isWhole || write) await writeReport(place, report)
}
console.log(`\nTogether: ${tookSince(begunMs)}.`)
