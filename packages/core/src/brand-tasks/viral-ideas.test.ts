import { describeBrandTask } from '../testing/describe-brand-task.js'

describeBrandTask('GENERATE_VIRAL_IDEAS', {
  payload: {
    topic: 'Camping in the dark',
    audience: 'Students',
    channels: ['tiktok'],
    emotions: ['awe'],
    avoid: ['bears'],
    count: 1,
    language: 'en',
  },
  title: 'Viral ideas: Camping in the dark',
  id: 'ideaSetId',
  refused: [
    ['count', { count: 31 }],
    ['emotions.0', { emotions: ['boredom'] }],
    ['emotions', { emotions: [] }],
    ['avoid', { avoid: ['bears', ' bears '] }],
  ],
  result: {
    ideaSetId: 'ideas-1',
    topic: 'Camping in the dark',
    angles: [{ emotion: 'awe', angle: 'The sky nobody sees' }],
    ideas: [
      {
        ideaKey: 'lights-out',
        title: 'Lights out',
        hook: 'Turn it off and wait ten seconds.',
        format: 'short-video',
        outline: 'The lamp dims, the sky appears.',
        effort: 'day',
        channel: 'tiktok',
        emotion: 'awe',
        score: 81.5,
        novelty: 0.7,
        relevance: 0.9,
        shareability: 0.85,
        reason: 'The turn comes early.',
      },
    ],
  },
})
