import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ALL_DEEDS, type UnawaitedOutcome, type UnawaitedSettings } from './unawaited-process.js'

async function run(settings: UnawaitedSettings): Promise<{ code: number | null; outcome: UnawaitedOutcome | null }> {
  let outcome: UnawaitedOutcome | null = null
  const script = join(import.meta.dirname, 'unawaited-process.ts')
  const child = fork(script, [JSON.stringify(settings)], { execArgv: [] })
  child.once('message', (message) => {
    outcome = message as UnawaitedOutcome
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, outcome }
}

describe('promises that nobody awaits', () => {
  it.each([
    ['memory', 'memory'],
    ['PGlite', 'memory://'],
  ])('end neither the process nor the task beside, when they reject (%s)', async (_, store) => {
    const { code, outcome } = await run({ store, deeds: ALL_DEEDS })
    expect(code).toBe(0)
    expect(outcome?.innocent).toBe('completed')
    // A refusal that the generator caused itself is logged once, since it is reported nowhere else.
    expect(outcome?.warnings.filter((line) => line.includes('was refused'))).toHaveLength(2)
  })
})
