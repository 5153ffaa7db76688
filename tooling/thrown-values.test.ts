import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
/** Code that turns a thrown value into text, but itself throws when the value cannot be printed. */
const CARELESS = /\bString\((?:error|err|cause|reason|thrown|failure)\)|\$\{(?:error|err|cause|thrown|failure)\}/

describe('what was thrown', () => {
  it('is turned into text by describeError alone, since anything can be thrown', () => {
    const files = globSync(['packages/*/{src,proofs}/**/*.{ts,tsx}', 'apps/demo/{server,src}/**/*.{ts,tsx}'], {
      cwd: ROOT,
    })
    const sources = files.filter((file) => !/[.](test|test-d|fixture)[.]|[/]testing[/]/.test(file))
    expect(sources.length).toBeGreaterThan(300)
    expect(sources.filter((file) => CARELESS.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
  })

  it.each(['String(error)', '`failed: ${cause}`'])('would notice %s', (code) => {
    expect(CARELESS.test(code)).toBe(true)
  })
})
