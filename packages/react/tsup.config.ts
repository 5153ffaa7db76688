import { readFile } from 'node:fs/promises'
import { libraryConfig } from '@brandkit/tooling/tsup'

const types = ['src/index.ts', 'src/testing.ts', 'src/labels/de.ts', 'src/labels/ar.ts']

// File by file, because bundling drops the 'use client' directives.
export default libraryConfig({ entry: ['src/**/*.{ts,tsx}'], types, bundle: false, plugins: [labelsInline()] })

/**
 * Labels are JSON files, because translators have tools for those. What we ship has them inside of modules: an app's
 * server need not know how to import JSON. The files themselves are shipped beside.
 */
function labelsInline(): NonNullable<NonNullable<Parameters<typeof libraryConfig>[0]['plugins']>[number]> {
  return {
    name: 'brandkit:labels',
    setup: (build) => {
      build.onLoad({ filter: /[\\/]labels[\\/](en|de|ar)\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8')
        const catalogue = await readFile(path.replace(/\.ts$/, '.json'), 'utf8')
        return { loader: 'ts', contents: source.replace(/^import catalogue .*$/m, `const catalogue = ${catalogue}`) }
      })
    },
  }
}
