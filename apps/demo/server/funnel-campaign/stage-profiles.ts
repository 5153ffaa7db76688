import type { FunnelAsset, FunnelGoal, FunnelStage } from '@brandkit/core/brand-tasks'

export interface AssetPlan {
  kind: FunnelAsset
  title: string
  brief: string
  callToAction: string
}

export interface StageProfile {
  /** How the budget leans, by what counts as success. */
  weight: Readonly<Record<FunnelGoal, number>>
  /** The part of the people of this stage who go on when the stage gets an average budget. */
  rate: Readonly<Record<FunnelGoal, number>>
  /** Euros that reach one person of this stage: the first stage buys its people at this price. */
  pricePerPerson: number
  objective: string
  message: string
  assets: readonly AssetPlan[]
}

/**
 * Planning assumptions of this demo: orders of magnitude that make campaigns comparable, not benchmarks. The texts are
 * filled with {campaign}, {what}, {feature}, {other}, {group}, {trouble}, {action}, {verb} and {reassurance}.
 */
export const STAGE_PROFILES: Readonly<Record<FunnelStage, StageProfile>> = {
  awareness: {
    weight: { leads: 0.3, sales: 0.32, 'sign-ups': 0.34, bookings: 0.28 },
    rate: { leads: 0.05, sales: 0.04, 'sign-ups': 0.06, bookings: 0.05 },
    pricePerPerson: 0.022,
    objective: 'Be seen by {group} who do not know {what} yet',
    message: '{Trouble}? There is another way: {feature}.',
    assets: [
      {
        kind: 'video',
        title: '{Feature}, in 15 seconds',
        brief: 'Open on the trouble ({trouble}), cut to the moment when it is gone: {feature}. Works without sound.',
        callToAction: 'See how',
      },
      {
        kind: 'advert',
        title: 'What {group} did not know yet',
        brief:
          'One picture, one line: {feature}. Three variants with other first words; keep the one that holds people longest.',
        callToAction: 'Find out more',
      },
      {
        kind: 'article',
        title: 'Why {trouble}, and what helps',
        brief: 'An honest piece of 800 words for a medium that {group} read; names {campaign} once, at the end.',
        callToAction: 'Read on',
      },
    ],
  },
  consideration: {
    weight: { leads: 0.26, sales: 0.24, 'sign-ups': 0.24, bookings: 0.26 },
    rate: { leads: 0.22, sales: 0.12, 'sign-ups': 0.2, bookings: 0.16 },
    pricePerPerson: 0.55,
    objective: 'Let {group} compare {what} with what they do today',
    message: 'What makes the difference: {feature}, {other}.',
    assets: [
      {
        kind: 'landing-page',
        title: '{Campaign}: all of it on one page',
        brief:
          'First screen: {what}, and for whom. Then “{feature}” and “{other}”, each with its proof, then the price, without a form before it.',
        callToAction: 'Compare',
      },
      {
        kind: 'webinar',
        title: 'Ask us: half an hour on {what}',
        brief: 'A person who made it answers; starts with the question that {group} ask most. Recorded, with chapters.',
        callToAction: 'Keep me a seat',
      },
      {
        kind: 'email',
        title: 'The comparison, in your inbox',
        brief: 'One table: {what} against doing nothing and against the usual choice. The row that counts: {feature}.',
        callToAction: 'Send me the comparison',
      },
    ],
  },
  conversion: {
    weight: { leads: 0.3, sales: 0.28, 'sign-ups': 0.26, bookings: 0.3 },
    rate: { leads: 0.18, sales: 0.08, 'sign-ups': 0.25, bookings: 0.12 },
    pricePerPerson: 2.4,
    objective: 'Turn interest into {action}',
    message: 'Everything is said, one step is left. {Reassurance}.',
    assets: [
      {
        kind: 'offer',
        title: '{Campaign}: the first step',
        brief: 'What one gets, what it costs, what happens next, in this order. Take the risk out: {reassurance}.',
        callToAction: '{Verb}',
      },
      {
        kind: 'landing-page',
        title: 'One page, one button',
        brief:
          'No menu, no second offer. Above the button “{feature}”, below it “{reassurance}”; as few fields as will do.',
        callToAction: '{Verb}',
      },
      {
        kind: 'advert',
        title: 'Still thinking about {what}?',
        brief: 'Only for people who were on the page in the last 14 days, at most twice a week: {other}.',
        callToAction: 'Pick up where you left',
      },
    ],
  },
  loyalty: {
    weight: { leads: 0.08, sales: 0.1, 'sign-ups': 0.1, bookings: 0.1 },
    rate: { leads: 0.3, sales: 0.28, 'sign-ups': 0.35, bookings: 0.25 },
    pricePerPerson: 1.1,
    objective: 'Give everybody who said yes a reason to come again',
    message: 'Glad that you are here. Get more out of it: {other}.',
    assets: [
      {
        kind: 'email',
        title: 'Your first week with {campaign}',
        brief: 'Three short mails, each with one thing to try; the first is about “{feature}”.',
        callToAction: 'Try it today',
      },
      {
        kind: 'survey',
        title: 'Two questions after a month',
        brief: 'What did it change, and what is missing? Every answer gets a reply from a person.',
        callToAction: 'Answer in a minute',
      },
    ],
  },
  advocacy: {
    weight: { leads: 0.06, sales: 0.06, 'sign-ups': 0.06, bookings: 0.06 },
    rate: { leads: 0.12, sales: 0.1, 'sign-ups': 0.14, bookings: 0.12 },
    pricePerPerson: 0.8,
    objective: 'Make it easy for those who are content to bring others',
    message: 'You know somebody who would like {what}. Tell them in your words.',
    assets: [
      {
        kind: 'offer',
        title: 'For you and the one you bring',
        brief:
          'The same for both, and at once; a link that can be passed on in any chat, with a line about “{feature}” that can be changed.',
        callToAction: 'Bring a friend',
      },
      {
        kind: 'video',
        title: '{Group}, in their own words',
        brief: 'Three people, one question: what is different now? Filmed where they use it; nobody reads from a page.',
        callToAction: 'Tell your story',
      },
    ],
  },
}

/** What one success is called, and the words on the button. */
export const GOAL_WORDS: Readonly<Record<FunnelGoal, { action: string; verb: string }>> = {
  leads: { action: 'an address that we may write to', verb: 'Ask for an offer' },
  sales: { action: 'an order', verb: 'Order now' },
  'sign-ups': { action: 'an account', verb: 'Sign up' },
  bookings: { action: 'a date in the calendar', verb: 'Book a date' },
}
