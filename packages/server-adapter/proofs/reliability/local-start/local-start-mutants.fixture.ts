// local-start-mutants.test.ts runs this file in a process of its own, because some tests here must fail.
import { describeLocalStart } from './describe-local-start.js'
import { LOCAL_START_MUTANTS, localStartMutant } from './local-start-mutants.js'

for (const mutant of LOCAL_START_MUTANTS) {
  const loaded = localStartMutant.bind(null, mutant)
  let modules: ReturnType<typeof loaded> | undefined
  describeLocalStart(mutant.name, () => (modules ??= loaded()))
}
