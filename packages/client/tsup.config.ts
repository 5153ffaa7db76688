import { libraryConfig } from '@brandkit/tooling/tsup'

// File by file, as core: an app's bundler can drop more from modules than from our own bundle.
export default libraryConfig({ fileByFile: ['src/**/*.ts', '!src/**/*.fixture.ts'] })
