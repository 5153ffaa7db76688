import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import type { Generator } from '@brandkit/server-adapter'
import { beforeEachStep } from './before-each-step.ts'

/**
 * Writes a line of JSON for every step that really runs, synced to the disk before the step begins: a witness outside the
 * database of what ran how often, whatever happens to the process.
 */
export function withStepLedger<Definition>(generate: Generator<Definition>, file: string): Generator<Definition> {
  return beforeEachStep(generate, (step, { taskId, attempt }) => {
    const descriptor = openSync(file, 'a')
    try {
      writeSync(descriptor, `${JSON.stringify({ taskId, step, attempt })}\n`)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  })
}
