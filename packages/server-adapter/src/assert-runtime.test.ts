import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assertRuntime } from './assert-runtime.js'

const on =
  (node: string, more: Record<string, string> = {}) =>
  () =>
    assertRuntime({ node, uv: '1.51.0', ...more })

describe('assertRuntime', () => {
  it.each(['16.20.2', '18.20.8', '20.20.2', '21.7.3', '22.11.0'])('says on Node.js %s which one is needed', (node) => {
    expect(on(node)).toThrow(`needs Node.js 22.12 or newer; this is ${node}.`)
  })

  it.each(['22.12.0', '22.20.1', '24.0.0', '26.10.0-nightly'])('lets Node.js %s run', (node) => {
    expect(on(node)).not.toThrow()
  })

  it('does not judge other runtimes by the version of Node.js that they name', () => {
    expect(on('20.0.0', { bun: '1.3.0' })).not.toThrow()
    expect(on('20.11.1', { deno: '2.5.0' })).not.toThrow()
    expect(() => assertRuntime({ node: '20.0.0' })).not.toThrow()
    expect(() => assertRuntime({})).not.toThrow()
  })

  it('asks for what package.json asks for', () => {
    const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      engines: { node: string }
    }
    expect(engines.node).toBe('>=22.12')
  })
})
