import { libraryConfig } from '@brandkit/tooling/tsup'

const types = ['src/index.ts', 'src/page.ts', 'src/testing.ts', 'src/websocket.ts']

// File by file, as core: an app's own bundler joins the modules better than a bundle of ours lets it.
export default libraryConfig({ entry: ['src/**/*.ts', '!src/**/*.fixture.ts'], types, bundle: false })
