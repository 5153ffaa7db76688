import * as modules from '../../fixtures/sample-tasks.js'
import { describeLocalStart } from './describe-local-start.js'

describeLocalStart('sound', async () => modules)
