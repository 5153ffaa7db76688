import { readFileSync } from 'node:fs'
import { defineConfig, type Options } from 'tsup'

export type BuildPlugin = NonNullable<Options['esbuildPlugins']>[number]

interface LibraryOptions {
  /** Emits one file a source file, for these patterns. Default: bundles each door into one file. */
  fileByFile?: string[]
  plugins?: BuildPlugin[]
}

/**
 * How every published package is built: ESM, source maps, types, no tests and no stories. Its doors are the `exports` of the
 * package.json in the current folder; each gets a `.d.ts`.
 */
export function libraryConfig({ fileByFile, plugins = [] }: LibraryOptions = {}): ReturnType<typeof defineConfig> {
  const doors = sourcesOfDoors()
  return defineConfig({
    entry: [...(fileByFile ?? doors), '!src/**/*.test.*', '!src/**/*.test-d.ts', '!src/**/*.stories.tsx'],
    bundle: fileByFile === undefined,
    format: 'esm',
    target: 'es2023',
    dts: { entry: doors },
    sourcemap: true,
    clean: true,
    esbuildPlugins: plugins,
    esbuildOptions: (options) => {
      // Every element would be marked as pure, which only helps where one is made outside of a function. None is, and
      // there are bundlers that keep the marks: they were a seventh of a kilobyte.
      options.jsxSideEffects = true
    },
  })
}

/** The source files behind the condition `@brandkit/source`, which `.pnpmfile.mjs` leaves out of what is published. */
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
