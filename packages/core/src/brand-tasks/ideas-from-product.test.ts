import { describeBrandTask } from '../testing/describe-brand-task.js'

describeBrandTask('GENERATE_IDEAS_FROM_PRODUCT', {
  payload: {
    productName: 'Aurora One',
    description: 'A lamp that dims with the daylight.',
    features: ['Dims by itself', 'Can be repaired'],
    audience: 'People who read in tents',
    kinds: ['bundle'],
    count: 1,
    language: 'en',
  },
  title: 'Ideas from product: Aurora One',
  id: 'ideaSetId',
  refused: [
    ['features', { features: [] }],
    ['features', { features: Array.from({ length: 13 }, (_, n) => `Feature ${n}`) }],
    ['features.0', { features: ['x'.repeat(201)] }],
    ['kinds.0', { kinds: ['lawsuit'] }],
  ],
  result: {
    ideaSetId: 'ideas-2',
    productName: 'Aurora One',
    benefits: [{ feature: 'Dims by itself', benefit: 'Read until you sleep', proof: 'Measured for a week' }],
    occasions: [{ occasion: 'First night outside', need: 'No harsh light', feature: 'Dims by itself' }],
    ideas: [
      {
        ideaKey: 'night-reader',
        title: 'Night reader',
        hook: 'A book that comes with its own dusk.',
        format: 'article',
        outline: 'Lamp and book in one box.',
        effort: 'week',
        feature: 'Dims by itself',
        kind: 'bundle',
        score: 64,
        novelty: 0.5,
        relevance: 0.8,
        shareability: 0.4,
        reason: 'Easy to give away.',
      },
    ],
  },
})
