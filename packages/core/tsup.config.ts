import { libraryConfig } from '@brandkit/tooling/tsup'

// File by file, so that an app which imports `isTerminal` does not carry the schemas along.
export default libraryConfig({ fileByFile: ['src/**/*.ts', '!src/testing/**'], bundleForNode: true })
