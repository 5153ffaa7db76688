import { draftBenefits, draftOccasions, draftProductIdeas, weighProductIdea } from '../drafter/draft-product-ideas.ts'
import { scoreIdeas } from '../numbers/score-ideas.ts'
import type { BrandGenerator, GeneratorOptions } from './brand-generator.ts'
import { keepEntries, keepIdeas } from './keep-written.ts'
import { createStepRunner } from './step-runner.ts'

/**
 * Ideas from a product. Each feature is seen through a lens of its own (laddering), which gives benefit, proof and
 * occasion. Kind × mechanic × feature become ideas, picked by merit and difference (maximal marginal relevance) and scored
 * by a stated formula. A model writes benefits, occasions and ideas; the scores stay computed.
 */
export function createIdeasFromProductGenerator(
  options: GeneratorOptions = {},
): BrandGenerator<'GENERATE_IDEAS_FROM_PRODUCT'> {
  return async (context) => {
    const { taskId, payload } = context
    const { features, kinds, productName } = payload
    const { run, provenance } = createStepRunner('GENERATE_IDEAS_FROM_PRODUCT', context, options)

    const benefits = await run('benefits', {
      compute: () => draftBenefits(payload),
      write: {
        task: 'Say for each feature what it does for this audience, and what would make them believe it. Invent no facts about the product.',
        keep: (draft, written) => keepEntries(draft, written, { by: 'feature', take: ['benefit', 'proof'] }),
      },
      show: (soFar) => ({ benefits: soFar }),
    })

    const occasions = await run('occasions', {
      compute: () => draftOccasions(payload),
      write: {
        task: 'Find moments in which this audience would want the product. Use features as they are written in the payload.',
        keep: (draft, written) => {
          const known = written.filter(({ feature }) => features.includes(feature))
          return known.length > 0 ? known : draft
        },
      },
      show: (soFar) => ({ occasions: soFar }),
    })

    const drafts = await run('drafts', {
      compute: () => draftProductIdeas(payload),
      write: {
        task: 'Draft ideas that grow out of the features, no two alike, as many as the draft has. Use only kinds of the draft, and features as they are written in the payload.',
        keep: (draft, written) =>
          keepIdeas(draft, written, {
            isAllowed: ({ feature, kind }) => features.includes(feature) && kinds.includes(kind),
          }),
      },
      show: (soFar) => ({ ideas: soFar }),
    })

    const scores = await run('scores', {
      compute: () => scoreIdeas(drafts.map((draft) => weighProductIdea(draft, payload))),
    })

    return {
      ideaSetId: `ideas-${taskId}`,
      productName,
      benefits,
      occasions,
      ideas: scores.flatMap((score) => {
        const draft = drafts.find(({ ideaKey }) => ideaKey === score.ideaKey)
        return draft ? [{ ...draft, ...score }] : []
      }),
      ...provenance(),
    }
  }
}
