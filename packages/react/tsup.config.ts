import { readFile } from 'node:fs/promises'
import { type BuildPlugin, libraryConfig } from '@brandkit/tooling/tsup'

// File by file, because bundling drops the 'use client' directives.
export default libraryConfig({
  fileByFile: ['src/**/*.{ts,tsx}', 'src/**/locales/*.json', '!src/**/locales/en.json'],
  plugins: [labelsAsModules()],
})

/** The keys that `PageLabelKey` names, too. */
const PAGE_LABEL = /^(inline|filter|history)\./

async function readEnglish(isWanted: (key: string) => boolean): Promise<string> {
  const catalogue = JSON.parse(await readFile('src/locales/en.json', 'utf8')) as Record<string, unknown>
  return JSON.stringify(Object.fromEntries(Object.entries(catalogue).filter(([key]) => isWanted(key))))
}

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
      build.onLoad({ filter: /[\\/](locales[\\/]en|labels[\\/]page-english)\.ts$/ }, async ({ path }) => {
        const isForPage = path.includes('page-english')
        const source = await readFile(path, 'utf8')
        const catalogue = await readEnglish((key) => PAGE_LABEL.test(key) === isForPage)
        return { loader: 'ts', contents: source.replace(/^import catalogue .*$/m, `const catalogue = ${catalogue}`) }
      })
    },
  }
}
