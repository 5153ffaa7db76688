import { memoryStore } from '../memory.js'
import { describeHostileRequests } from '../testing/fuzz/describe-hostile-requests.js'

describeHostileRequests('memory', { openStore: async () => memoryStore(), requests: 2_000 })
