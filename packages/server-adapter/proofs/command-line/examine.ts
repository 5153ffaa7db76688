import { type runBin, runHere } from './run-bin.js'

/** The findings of `doctor --json` by part and check: `failed: what it says`. */
export async function examine(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  start: typeof runBin = runHere,
) {
  const run = await start(['doctor', '--json', ...args], variables)
  const { findings } = run.json()
  const found = findings.map(
    ({ part, check, status, message }) => [`${part} ${check}`, `${status}: ${message}`] as const,
  )
  return { ...run, found: Object.fromEntries(found), findings }
}
