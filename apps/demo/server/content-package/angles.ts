import type { ContentTone } from '@brandkit/core/brand-tasks'

export type AngleKind = 'mistake' | 'how-to' | 'behind' | 'question' | 'myth' | 'checklist' | 'story' | 'numbers'

export interface AngleTexts {
  angle: string
  promise: string
  /** First lines, taken in turn. */
  hooks: readonly [string, string]
  /** Lines of the body, most important first: a short channel stops early. */
  body: readonly [string, string, string]
  headline: string
  visual: string
}

/** Points of view that editors plan with. {topic}, {group}, {trouble}, {wish} and {habit} come from the payload. */
export const ANGLES: Readonly<Record<AngleKind, AngleTexts>> = {
  mistake: {
    angle: 'The common mistake',
    promise: 'Whoever reads it knows one thing about {topic} to stop doing today.',
    hooks: ['Most people start {topic} at the wrong end.', 'The mistake we see most often with {topic}:'],
    body: [
      'They look for the big change. It is the small step, done every week, that stays.',
      'We hear it again and again: {trouble}.',
      'So take one thing off the list before you put another on it.',
    ],
    headline: 'The mistake with {topic}',
    visual: 'Two pictures side by side: how it usually goes, crossed out, and the one change that helps.',
  },
  'how-to': {
    angle: 'How to, in three steps',
    promise: 'A way into {topic} that takes an afternoon, for those who have not begun.',
    hooks: ['{Topic} in three steps, no expert needed.', 'How to begin with {topic} this week:'],
    body: [
      '1. Look at what you have already. 2. Change one thing. 3. Write down what was different after a week.',
      'Step 2 is where most stop, and we know why: {trouble}.',
      'Keep step 3 short: one line a day is enough to see it.',
    ],
    headline: '{Topic}, step by step',
    visual: 'Three numbered frames with hands at work; the third shows the note with one line on it.',
  },
  behind: {
    angle: 'Behind the scenes',
    promise: 'What {topic} looks like from inside, before it is tidied up.',
    hooks: ['What nobody shows about {topic}: the morning before.', 'A look behind the door: how {topic} really goes.'],
    body: [
      'The table is not tidy, the first try is not the last, and that is how it gets good.',
      'We keep at it because {wish}.',
      'Tomorrow we show what became of it.',
    ],
    headline: 'Behind {topic}',
    visual: 'An unposed photo of the work in progress: tools, hands, daylight, nobody looking at the camera.',
  },
  question: {
    angle: 'A question to the reader',
    promise: 'Readers say in their own words what {topic} means to them.',
    hooks: [
      'Honest question about {topic}: what holds you back?',
      'One question on {topic}, and we read every answer:',
    ],
    body: [
      'If you could change a single thing about it tomorrow, what would it be?',
      'We ask because {trouble}, and we would rather hear it from you than guess.',
      'The answers decide what we write about next.',
    ],
    headline: 'Your turn: {topic}',
    visual: 'The question in large type on a plain background, with room around it.',
  },
  myth: {
    angle: 'Myth and fact',
    promise: 'One thing that everybody repeats about {topic}, put right.',
    hooks: [
      '“{Topic} is only for experts.” Is it?',
      'A sentence about {topic} that everybody repeats, and that is not so:',
    ],
    body: [
      'It was true once. Today the hard part is not knowing how, it is beginning.',
      'The proof is all around: {habit}. Nobody had to become an expert for that.',
      'Ask whoever says it when they last tried.',
    ],
    headline: '{Topic}: myth and fact',
    visual: 'The sentence struck through by hand, and the fact written below it in the same hand.',
  },
  checklist: {
    angle: 'A checklist to keep',
    promise: 'Something to save and look at again when {topic} comes up.',
    hooks: ['Save this for the next time {topic} comes up.', 'Five ticks before you decide anything about {topic}:'],
    body: [
      '☐ What for? ☐ Who else is concerned? ☐ What does it cost in a year? ☐ What happens if we wait? ☐ Who decides?',
      'The third one is the one that people skip. It is also the one that matters when {wish}.',
      'Five ticks: go ahead. Fewer than three: sleep on it.',
    ],
    headline: 'Checklist: {topic}',
    visual: 'The list as a clean card that can be read in a thumbnail, with the brand colour on the ticks.',
  },
  story: {
    angle: 'One person, one story',
    promise: 'Somebody like the reader, and what {topic} changed for them.',
    hooks: ['She had given up on {topic}. Then came a Tuesday.', 'A story about {topic} that begins with a “no”.'],
    body: [
      'It began small: ten minutes, once, without telling anybody.',
      'If this sounds familiar: {trouble}.',
      'Today she says that the first ten minutes were the hardest. The rest was habit.',
    ],
    headline: 'A story about {topic}',
    visual: 'A portrait in the place where the story happens; the person looks at what they made, not at us.',
  },
  numbers: {
    angle: 'In numbers',
    promise: '{Topic} in figures that one can check at home.',
    hooks: [
      'Count it for a week: how much of your time is {topic}?',
      '{Topic}, counted: once, twice, a hundred times.',
    ],
    body: [
      'Ten minutes a day are sixty hours a year. That is more than a working week.',
      'Now put that beside what you know: {habit}.',
      'Write your own number below. We will add them up.',
    ],
    headline: '{Topic} in numbers',
    visual: 'One large number, a bar beside it that is drawn to scale, and the unit in small type.',
  },
}

export interface ToneTexts {
  /** Angles that come first. */
  angles: readonly AngleKind[]
  /** Before the first line; may be empty. */
  opener: string
  /** The call to action where none was given. */
  callToAction: string
}

export const TONES: Readonly<Record<ContentTone, ToneTexts>> = {
  informative: {
    angles: ['how-to', 'numbers', 'myth', 'checklist'],
    opener: '',
    callToAction: 'Save it for later, and send it to somebody who needs it.',
  },
  inspiring: {
    angles: ['story', 'behind', 'question'],
    opener: '',
    callToAction: 'Begin today, with one small thing. Tell us which.',
  },
  humorous: {
    angles: ['myth', 'mistake', 'behind', 'story'],
    opener: 'Asking for a friend. ',
    callToAction: 'Tag the person who does exactly this. You know who.',
  },
  conversational: {
    angles: ['question', 'story', 'mistake', 'how-to'],
    opener: '',
    callToAction: 'How do you do it? Write it below.',
  },
  urgent: {
    angles: ['mistake', 'checklist', 'numbers'],
    opener: 'Before this week is over: ',
    callToAction: 'Do it today: tomorrow it is one more thing on the list.',
  },
}
