// mutants.test.ts runs this file in a process of its own, because some tests here must fail.
import { describeTaskStore } from '../../src/testing/store-conformance.js'
import { mutantStore, STORE_MUTANTS } from './store-mutants.js'

for (const mutant of STORE_MUTANTS) describeTaskStore(mutant.name, async () => mutantStore(mutant))
