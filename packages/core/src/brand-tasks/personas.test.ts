import { describeBrandTask } from '../testing/describe-brand-task.js'

describeBrandTask('AUTO_GENERATE_PERSONAS', {
  payload: {
    audienceName: 'Young families',
    audience: 'Parents of children under ten who camp twice a year.',
    offer: 'A lamp that dims by itself',
    region: 'SE',
    count: 1,
    language: 'sv-SE',
  },
  title: 'Personas: Young families',
  id: 'personaSetId',
  refused: [
    ['audienceName', { audienceName: '\t' }],
    ['audience', { audience: 'x'.repeat(2_001) }],
    ['region', { region: 'Sweden' }],
    ['count', { count: 0 }],
    ['count', { count: 9 }],
    ['count', { count: '3' }],
  ],
  result: {
    personaSetId: 'set-1',
    audienceName: 'Young families',
    segments: [{ personaKey: 'busy-parent', name: 'Busy parents', share: 1, traits: ['short of time'] }],
    personas: [
      {
        personaKey: 'busy-parent',
        name: 'Maja',
        age: 34,
        occupation: 'Nurse',
        story: 'Works shifts, camps when she can.',
        quote: 'It has to work in the dark.',
        goals: ['Sleep'],
        frustrations: ['Empty batteries'],
        decisionStyle: 'methodical',
        touchpoints: [{ touchpoint: 'podcast', affinity: 0.8 }],
        messages: { arguments: ['Lasts a week'], objections: [{ objection: 'Dear', answer: 'Ten years of warranty' }] },
      },
    ],
  },
})
