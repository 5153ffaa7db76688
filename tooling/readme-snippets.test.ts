import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/**
 * Every ```ts and ```tsx block of a README is a module and must compile against the packages' sources. Declarations that
 * a block needs, but that would distract its reader, stand in an HTML comment before the block:
 * `<!-- snippet: declare const brief: … -->`. A block after `<!-- snippet: skip -->` is an outline, not code.
 */
const root = join(import.meta.dirname, '..')
// Inside the demo, because only this workspace depends on all four packages, as an app does.
const folder = join(root, 'apps/demo/.snippets')

const BLOCK = /(?:<!-- snippet:\s*([\s\S]*?)-->\s*)?^```(tsx?)\n([\s\S]*?)^```/gm
const pages = globSync(['README.md', 'packages/*/README.md'], { cwd: root })
const snippets = pages.flatMap((page) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(BLOCK)]
    .filter(([, prelude]) => prelude?.trim() !== 'skip')
    .map(([, prelude = '', kind = 'ts', code = ''], at) => ({
      file: `${page.replaceAll(/\W/g, '-')}-${at + 1}.${kind}`,
      source: `// ${page}, block ${at + 1}\n${code}\n${prelude}\nexport {}\n`,
    })),
)

describe('the code in the READMEs', () => {
  let output = ''

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const { file, source } of snippets) writeFileSync(join(folder, file), source)
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: '../../../tsconfig.base.json',
        compilerOptions: {
          lib: ['es2024', 'dom', 'dom.iterable'],
          jsx: 'react-jsx',
          types: ['node', 'vite/client'],
          // An app has these modules: zod for a catalog, ky for its own instance, a framework for mounting a server. The
          // demo lacks them.
          paths: {
            ky: ['../../../packages/client/node_modules/ky/distribution/index.d.ts'],
            zod: ['../../../packages/core/node_modules/zod/index.d.ts'],
            express: ['../../../packages/server-adapter/node_modules/@types/express/index.d.ts'],
            fastify: ['../../../packages/server-adapter/node_modules/fastify/fastify.d.ts'],
            hono: ['../../../packages/server-adapter/node_modules/hono/dist/types/index.d.ts'],
          },
        },
        include: ['*'],
      }),
    )
    const tsc = join(root, 'tooling/node_modules/.bin/tsc')
    const { stdout, stderr } = spawnSync(tsc, ['--noEmit', '--checkers', '1', '--pretty', 'false', '-p', folder], {
      encoding: 'utf8',
    })
    output = stdout + stderr
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is there', () => {
    expect(snippets.map(({ file }) => file)).toContainEqual(expect.stringMatching(/^README-md-1/))
    expect(existsSync(join(folder, 'tsconfig.json'))).toBe(true)
  })

  it.each(snippets)('compiles: $file', ({ file }) => {
    expect(output.split('\n').filter((line) => line.includes(`/${file}(`))).toEqual([])
  })

  it('raises no other complaint', () => {
    expect(output).toBe('')
  })
})
