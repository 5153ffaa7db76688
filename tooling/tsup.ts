import { defineConfig, type Options } from 'tsup'

interface LibraryOptions {
  entry: string[]
  /** The entries that get a `.d.ts`. Default: every entry. */
  types?: string[]
  /** `false` emits one file a source file. Default `true`. */
  bundle?: boolean
  plugins?: Options['esbuildPlugins']
}

/** How every published package is built: ESM, source maps, types, no tests and no stories. */
export function libraryConfig({
  entry,
  types = entry,
  bundle = true,
  plugins = [],
}: LibraryOptions): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry: [...entry, '!src/**/*.test.*', '!src/**/*.test-d.ts', '!src/**/*.stories.tsx'],
    bundle,
    format: 'esm',
    target: 'es2023',
    dts: { entry: types },
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
