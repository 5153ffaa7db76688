import { libraryConfig } from '@brandkit/tooling/tsup'

export default libraryConfig()
