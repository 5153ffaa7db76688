import { gzipSync } from 'node:zlib'
import { build, type Rollup } from 'vite'
import { describe, expect, it } from 'vitest'

/** Bundles one import of the package, as an app's bundler would. */
async function bundle(names: string, entry = 'index.ts'): Promise<string> {
  const app = '\0app'
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: import.meta.dirname,
    plugins: [
      {
        name: 'app',
        resolveId: (id) => (id === 'virtual:app' ? app : undefined),
        load: (id) =>
          id === app ? `export { ${names} } from ${JSON.stringify(`${import.meta.dirname}/${entry}`)}` : undefined,
      },
    ],
    build: { write: false, minify: true, rolldownOptions: { input: 'virtual:app', preserveEntrySignatures: 'strict' } },
  })
  const { output } = built as Rollup.RollupOutput
  return output.map((chunk) => ('code' in chunk ? chunk.code : '')).join('')
}

describe('what an app bundles', () => {
  it('is under half a kilobyte for isTerminal, without zod', async () => {
    const code = await bundle('isTerminal')
    expect(code).toContain('isTerminal')
    expect(gzipSync(code).length).toBeLessThan(500)
    expect(code).not.toMatch(/zod|ZodType|safeParse/i)
  })

  it('has no zod for everything that a browser uses', async () => {
    const code = await bundle(
      'TaskError, toBackgroundTask, createBackoffPolicy, createLogger, phaseOf, fromProblemDetails',
    )
    expect(gzipSync(code).length).toBeLessThan(4_000)
    expect(code).not.toMatch(/zod|safeParse/i)
  })

  it('has no zod for the words of the brand tasks', async () => {
    const code = await bundle('MEDIA_CHANNELS', 'brand-tasks/index.ts')
    expect(code).toContain('out-of-home')
    expect(gzipSync(code).length).toBeLessThan(500)
  })

  it('has zod where a schema is asked for, so that the measure can fail', async () => {
    expect(await bundle('taskJsonSchema', 'schemas.ts')).toMatch(/zod|safeParse/i)
  })
})
