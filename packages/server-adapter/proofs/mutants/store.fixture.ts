// Run by mutants.test.ts in a process of its own: here some tests are meant to fail.
import { describeTaskStore } from '../../src/testing/store-conformance.js'
import { mutantStore, STORE_MUTANTS } from './store-mutants.js'

for (const mutant of STORE_MUTANTS) describeTaskStore(mutant.name, async () => mutantStore(mutant))
