import { memoryStore } from '../../src/memory.js'
import { describeHostileRequests } from '../fuzz/describe-hostile-requests.js'

describeHostileRequests('memory', { openStore: async () => memoryStore(), requests: 2_000 })
