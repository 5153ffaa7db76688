import { libraryConfig } from '@brandkit/tooling/tsup'

export default libraryConfig({
  parts: ['src/cli/main.ts', 'src/store/postgres/pglite-snapshot.ts', 'src/queue/pg-boss/packed-tables.ts'],
})
