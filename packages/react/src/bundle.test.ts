import { source } from '@brandkit/tooling/vitest'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { beforeAll, describe, expect, it } from 'vitest'

let modules: string[] = []

beforeAll(async () => {
  const result = await build({
    ...source,
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL('index.ts', import.meta.url)), formats: ['es'] },
      rolldownOptions: { external: [/^react($|\/|-dom)/, '@tanstack/react-query'] },
    },
  })
  const outputs = [result].flat().flatMap((bundle) => ('output' in bundle ? bundle.output : []))
  modules = outputs.flatMap((chunk) => (chunk.type === 'chunk' ? Object.keys(chunk.modules) : []))
})

describe('the bundle of an app that uses everything', () => {
  it('has our code in it', () => {
    expect(modules.some((path) => path.includes('task-provider'))).toBe(true)
    expect(modules.some((path) => path.includes('core/src/phase-of'))).toBe(true)
  })

  it('has no zod, no schema and no catalog in it', () => {
    expect(modules.filter((path) => /[\\/]zod[\\/]|\.schema\.ts|brand-tasks/.test(path))).toEqual([])
  })
})
