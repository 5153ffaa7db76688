// fast-path-mutants.test.ts runs this file in a process of its own, because some tests here must fail.
import { describeFastPaths } from './describe-fast-paths.js'
import { FAST_PATH_MUTANTS, fastPathMutant } from './fast-path-mutants.js'

for (const mutant of FAST_PATH_MUTANTS) {
  const loaded = fastPathMutant.bind(null, mutant)
  let modules: ReturnType<typeof loaded> | undefined
  describeFastPaths(mutant.name, () => (modules ??= loaded()))
}
