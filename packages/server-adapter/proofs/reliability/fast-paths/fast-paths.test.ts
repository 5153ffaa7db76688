import * as modules from '../../fixtures/sample-tasks.js'
import { describeFastPaths } from './describe-fast-paths.js'

describeFastPaths('sound', async () => modules)
