import { readFile } from 'node:fs/promises'
import { type BuildPlugin, libraryConfig } from '@brandkit/tooling/tsup'

// File by file, because bundling drops the 'use client' directives.
export default libraryConfig({
  fileByFile: ['src/**/*.{ts,tsx}', 'src/locales/*.json', '!src/locales/en.json'],
  plugins: [labelsAsModules()],
})

/**
 * Ships the labels as modules, because servers of apps may not know how to import JSON. The sources are JSON, because
 * translators have tools for it. The JSON files are shipped, too.
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
