import { libraryConfig } from '@brandkit/tooling/tsup'

// File by file, as core: an app's own bundler joins the modules better than a bundle of ours lets it.
export default libraryConfig({ fileByFile: ['src/**/*.ts', '!src/**/*.fixture.ts'] })
