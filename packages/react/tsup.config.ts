import { libraryConfig } from '@brandkit/tooling/tsup'

// File by file, because bundling drops the 'use client' directives.
export default libraryConfig({ entry: ['src/**/*.{ts,tsx}'], types: ['src/index.ts'], bundle: false })
