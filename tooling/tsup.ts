import { readFileSync } from 'node:fs'
import { defineConfig, type Options } from 'tsup'

export type BuildPlugin = NonNullable<Options['esbuildPlugins']>[number]

interface LibraryOptions {
  /** Emits one output file for each source file that matches. Default: one bundled file for each door. */
  fileByFile?: string[]
  /**
   * Also emits the doors bundled into `dist/node`, for the condition `node`: Node takes four times as long to load fifty small
   * files as to load five. Default false.
   */
  bundleForNode?: boolean
  /** Source files that the build emits beside the doors, because a later step of the build imports them. */
  parts?: string[]
  plugins?: BuildPlugin[]
}

/**
 * The build of every published package: ESM, source maps and types, without tests and stories. The doors are the `exports`
 * of the package.json in the current folder; each gets a `.d.ts`.
 */
export function libraryConfig({
  fileByFile,
  bundleForNode = false,
  parts = [],
  plugins = [],
}: LibraryOptions = {}): ReturnType<typeof defineConfig> {
  const doors = sourcesOfDoors()
  const published: Options = {
    entry: [...(fileByFile ?? doors), ...parts, '!src/**/*.test.*', '!src/**/*.test-d.ts', '!src/**/*.stories.tsx'],
    bundle: fileByFile === undefined,
    format: 'esm',
    target: 'es2023',
    dts: { entry: doors },
    sourcemap: true,
    // Both builds run at once.
    clean: ['!node/**'],
    esbuildPlugins: [...plugins, shortTestingMaps],
    esbuildOptions: (options) => {
      // esbuild would mark every JSX element as pure. The marks help only for elements outside of functions, and we have
      // none. Some bundlers keep the marks, which cost a seventh of a kilobyte.
      options.jsxSideEffects = true
    },
  }
  if (!bundleForNode) return defineConfig(published)
  return defineConfig([
    published,
    { ...published, entry: doors, bundle: true, outDir: 'dist/node', dts: false, clean: true },
  ])
}

/**
 * Testing helpers ship maps without their sources, which would be a tenth of the package. Lines in a stack need only the map,
 * and the sources are in the repository.
 */
const shortTestingMaps: BuildPlugin = {
  name: 'brandkit:short-testing-maps',
  setup: (build) =>
    build.onEnd(({ outputFiles }) => {
      for (const file of outputFiles ?? []) {
        if (!file.path.endsWith('.map')) continue
        const map = JSON.parse(file.text) as { sources: string[]; sourcesContent?: (string | null)[] }
        if (!map.sources.every((source) => /\/testing[/.]/.test(source))) continue
        delete map.sourcesContent
        file.contents = new TextEncoder().encode(JSON.stringify(map))
      }
    }),
}

/** The source files of the condition `@brandkit/source`, which `.pnpmfile.mjs` removes from published packages. */
function sourcesOfDoors(): string[] {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, Door | string> }
  return Object.values(exports).flatMap((door) => {
    const source = typeof door === 'string' ? undefined : door['@brandkit/source']
    const file = typeof source === 'object' ? source.types : source
    return file && /\.tsx?$/.test(file) ? [file.replace(/^\.\//, '')] : []
  })
}

interface Door {
  '@brandkit/source'?: string | { types: string; default: string }
}
