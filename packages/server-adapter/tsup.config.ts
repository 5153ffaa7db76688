import { libraryConfig } from '@brandkit/tooling/tsup'

export default libraryConfig({ parts: ['src/store/postgres/pglite-snapshot.ts'] })
