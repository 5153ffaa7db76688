import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type BuildPlugin, libraryConfig } from '@brandkit/tooling/tsup'

// File by file, because bundling drops the 'use client' directives.
export default libraryConfig({
  fileByFile: ['src/**/*.{ts,tsx}', 'src/**/locales/*.json', '!src/**/locales/en.json'],
  plugins: [labelsAsModules()],
})

/** The keys that `PageLabelKey` names, too. */
const PAGE_LABEL = /^(inline|filter|history)\./

async function readEnglish(folder: string, isWanted: (key: string) => boolean): Promise<string> {
  const catalogue = JSON.parse(await readFile(join(folder, 'en.json'), 'utf8')) as Record<string, unknown>
  return JSON.stringify(Object.fromEntries(Object.entries(catalogue).filter(([key]) => isWanted(key))))
}

/** The catalogue of the components is parted in two modules; that of the operators' page stays whole. */
async function englishOf(path: string): Promise<string> {
  if (path.includes('page-english')) return readEnglish('src/locales', (key) => PAGE_LABEL.test(key))
  const isParted = !/[\\/]operations[\\/]/.test(path)
  return readEnglish(dirname(path), (key) => !isParted || !PAGE_LABEL.test(key))
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
        const source = await readFile(path, 'utf8')
        const catalogue = await englishOf(path)
        return { loader: 'ts', contents: source.replace(/^import catalogue .*$/m, `const catalogue = ${catalogue}`) }
      })
    },
  }
}
