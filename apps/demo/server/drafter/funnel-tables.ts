import type { FunnelAsset, FunnelGoal, FunnelStage } from '@brandkit/core/brand-tasks'

export interface StageDraft {
  objective: string
  /** Lines for a copywriter; the slots are filled from the brief. */
  message: readonly string[]
  assets: readonly { kind: FunnelAsset; title: string; brief: readonly string[]; callToAction: string }[]
  mails: readonly { subject: string; text: readonly string[] }[]
}

const CONCERN = '[One sentence on the problem. In the brief: {concern}]'
const SIGNED = ['', '{=campaign}'] as const

/** What is made for each stage. Slots: {group}, {concern}, {offer}, {feature}, {reassurance}; {=campaign} and {=verb} as they are. */
export const STAGE_DRAFTS: Readonly<Record<FunnelStage, StageDraft>> = {
  awareness: {
    objective: 'Be seen by people who do not know the offer yet.',
    message: ['Open with {concern}.', 'Say {feature}.'],
    assets: [
      {
        kind: 'video',
        title: 'Film of 15 seconds: {feature}',
        brief: ['Opens on the problem, ends when it is solved.', 'Works without sound.', 'In the brief: {concern}.'],
        callToAction: 'See how',
      },
      {
        kind: 'advert',
        title: 'One picture, three first lines',
        brief: ['Keep the line that holds people longest.', 'To be seen by {group}.'],
        callToAction: 'Find out more',
      },
      {
        kind: 'article',
        title: 'The problem, and what helps',
        brief: ['800 words for a medium that the audience reads.', 'Names the campaign once, at the end.'],
        callToAction: 'Read on',
      },
    ],
    mails: [
      {
        subject: '{=campaign}: three minutes on the problem',
        text: [
          'Hello,',
          '',
          CONCERN,
          '[What you have learned about it, in three sentences; nothing is sold here]',
          ...SIGNED,
        ],
      },
    ],
  },
  consideration: {
    objective: 'Let people compare the offer with what they do today.',
    message: ['What makes the difference: {feature*}.'],
    assets: [
      {
        kind: 'landing-page',
        title: 'All of it on one page: {offer}',
        brief: [
          'First screen: what it is, and for whom.',
          'Then, each with its proof: {feature*}.',
          'The price without a form.',
        ],
        callToAction: 'Compare',
      },
      {
        kind: 'webinar',
        title: 'Half an hour of questions',
        brief: ['Somebody who made it answers.', 'Recorded, with chapters.'],
        callToAction: 'Keep me a seat',
      },
      {
        kind: 'email',
        title: 'The comparison, in one table',
        brief: ['The offer beside the usual choice, and beside doing nothing.', 'The row that counts: {feature}.'],
        callToAction: 'Send me the comparison',
      },
    ],
    mails: [
      {
        subject: '{=campaign}: the comparison',
        text: [
          'Hello,',
          '',
          'You looked at {offer}.',
          'What speaks for it: {feature}.',
          '[The table, or a link to it]',
          ...SIGNED,
        ],
      },
      {
        subject: '{=campaign}: the question that we hear most',
        text: ['Hello,', '', '[The question, word for word]', '[The answer, signed by a person]', ...SIGNED],
      },
    ],
  },
  conversion: {
    objective: 'Make the last step short.',
    message: ['One step is left: {=verb}.', 'Take the risk out: {reassurance}.'],
    assets: [
      {
        kind: 'offer',
        title: 'The first step: {offer}',
        brief: ['What one gets, what it costs, what happens next, in this order.', 'Without risk: {reassurance}.'],
        callToAction: '{=verb}',
      },
      {
        kind: 'landing-page',
        title: 'One page, one button',
        brief: ['No menu, no second offer, as few fields as will do.', 'Above the button: {feature}.'],
        callToAction: '{=verb}',
      },
      {
        kind: 'advert',
        title: 'A reminder for those who were on the page',
        brief: ['In the last 14 days, at most twice a week.', 'Says: {feature}.'],
        callToAction: 'Pick up where you left',
      },
    ],
    mails: [
      {
        subject: '{=campaign}: one step is left',
        text: ['Hello,', '', '{=verb}: [link]', 'It takes [minutes].', 'Without risk: {reassurance}.', ...SIGNED],
      },
      {
        subject: '{=campaign}: should we stop writing?',
        text: [
          'Hello,',
          '',
          'This is the last mail about it. If it is not for you, do nothing.',
          'Here is the link again: [link]',
          ...SIGNED,
        ],
      },
    ],
  },
  loyalty: {
    objective: 'Give everybody who said yes a reason to come again.',
    message: ['Show more of what they chose: {feature*}.'],
    assets: [
      {
        kind: 'email',
        title: 'The first week, in three mails',
        brief: ['Each has one thing to try.', 'The first is about {feature}.'],
        callToAction: 'Try it today',
      },
      {
        kind: 'survey',
        title: 'Two questions after a month',
        brief: ['What did it change, and what is missing?', 'Every answer gets a reply from a person.'],
        callToAction: 'Answer in a minute',
      },
    ],
    mails: [
      {
        subject: '{=campaign}: one thing to try in the first week',
        text: [
          'Hello,',
          '',
          'Good to have you here.',
          'To begin with: {feature}.',
          '[How to do it, in two sentences]',
          ...SIGNED,
        ],
      },
      {
        subject: '{=campaign}: two questions, one minute',
        text: [
          'Hello,',
          '',
          'What did it change for you, and what is missing? Two lines are enough; we answer every one.',
          ...SIGNED,
        ],
      },
    ],
  },
  advocacy: {
    objective: 'Make it easy for those who are content to bring others.',
    message: ['Ask them to pass it on in their own words.', 'To share: {feature}.'],
    assets: [
      {
        kind: 'offer',
        title: 'The same for both: who brings and who comes',
        brief: ['At once, and without conditions.', 'A link that can be passed on in any chat.'],
        callToAction: 'Bring a friend',
      },
      {
        kind: 'video',
        title: 'Three people, one question',
        brief: ['What is different now?', 'Filmed where they use it; nobody reads from a page.'],
        callToAction: 'Tell your story',
      },
    ],
    mails: [
      {
        subject: '{=campaign}: for you and the one you bring',
        text: [
          'Hello,',
          '',
          'Is there somebody who would like this too? Pass on this link: [link]',
          'It does the same for both of you.',
          ...SIGNED,
        ],
      },
    ],
  },
}

/** The words on the button. */
export const GOAL_VERBS: Readonly<Record<FunnelGoal, string>> = {
  leads: 'Ask for an offer',
  sales: 'Order now',
  'sign-ups': 'Sign up',
  bookings: 'Book a date',
}

/** How the stages lie in time: the first mail of each, as a part of the campaign. */
export const STAGE_STARTS: Readonly<Record<FunnelStage, number>> = {
  awareness: 0,
  consideration: 0.15,
  conversion: 0.4,
  loyalty: 0.65,
  advocacy: 0.9,
}
