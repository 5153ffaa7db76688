import { readFile } from 'node:fs/promises'
import { type BuildPlugin, libraryConfig } from '@brandkit/tooling/tsup'

// File by file, because bundling drops the 'use client' directives.
export default libraryConfig({
  fileByFile: ['src/**/*.{ts,tsx}', 'src/locales/*.json', '!src/locales/en.json'],
  plugins: [labelsAsModules()],
})

/**
 * Labels are JSON files, because translators have tools for those. What we ship has them as modules: an app's server need
 * not know how to import JSON. The files themselves are shipped beside.
 */
function labelsAsModules(): BuildPlugin {
  return {
    name: 'brandkit:labels',
    setup: (build) => {
      build.onLoad({ filter: /[\\/]locales[\\/][\w-]+\.json$/ }, async ({ path }) => ({
        loader: 'ts',
        contents: `export default ${await readFile(path, 'utf8')}`,
      }))
      build.onLoad({ filter: /[\\/]locales[\\/]en\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8')
        const catalogue = await readFile(path.replace(/\.ts$/, '.json'), 'utf8')
        return { loader: 'ts', contents: source.replace(/^import catalogue .*$/m, `const catalogue = ${catalogue}`) }
      })
    },
  }
}
