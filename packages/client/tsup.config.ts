import { libraryConfig } from '@brandkit/tooling/tsup'

export default libraryConfig({ entry: ['src/index.ts', 'src/testing.ts', 'src/websocket.ts'] })
