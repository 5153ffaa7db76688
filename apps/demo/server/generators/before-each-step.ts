import type { Generator, GeneratorContext } from '@brandkit/server-adapter'

/** Does something first whenever a step really runs; a step that is given back from its checkpoint does not count. */
export function beforeEachStep<Definition>(
  generate: Generator<Definition>,
  before: (step: string, context: GeneratorContext<Definition>) => void,
): Generator<Definition> {
  return (context) =>
    generate({
      ...context,
      step: (key, run) =>
        context.step(key, () => {
          before(key, context)
          return run()
        }),
    })
}
