import { libraryConfig } from '@brandkit/tooling/tsup'

// File by file, so that an app which imports `isTerminal` does not carry the schemas along.
export default libraryConfig({
  entry: ['src/**/*.ts', '!src/testing/**'],
  types: ['src/index.ts', 'src/schemas.ts', 'src/brand-tasks/index.ts'],
  bundle: false,
})
