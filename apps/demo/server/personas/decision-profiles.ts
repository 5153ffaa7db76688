import type { DecisionStyle, PersonaTouchpoint } from '@brandkit/core/brand-tasks'

export interface DecisionProfile {
  /** After the name of a group: "students who compare first". */
  who: string
  /** After "Before choosing something like it, Lena …". */
  before: string
  goal: string
  frustration: string
  /** The end of a quote. */
  motto: string
  /** Around a feature: `{feature}`, `{Feature}`. */
  argument: string
  objections: readonly { objection: string; answer: string }[]
  /** The share of people who decide like this, where nothing else is known. */
  prior: number
  /** Words of a description that speak for it. */
  signs: RegExp
  touchpoints: Readonly<Record<PersonaTouchpoint, number>>
}

/**
 * Four ways to decide, quick or slow and by reason or by feeling, after the buyer modalities of Bryan and Jeffrey Eisenberg
 * ("Waiting for Your Cat to Bark?", 2006). Priors and affinities are assumptions of this demo.
 */
export const DECISION_PROFILES: Readonly<Record<DecisionStyle, DecisionProfile>> = {
  spontaneous: {
    who: 'who decide on the spot',
    before: 'needs one good reason and a short way to pay; tomorrow the moment is gone',
    goal: 'Have it solved today, not next week',
    frustration: 'Long forms, waiting lists and “contact us for a price”',
    motto: 'If it is three clicks away, I am in.',
    argument: '{Feature}, from the first day on.',
    objections: [
      {
        objection: 'Not now, perhaps later.',
        answer: 'Ask for one small step only: {what} can be chosen in a minute. {Reassurance}.',
      },
      { objection: 'Will I really use it?', answer: 'Tie it to a moment that exists already: {moment}.' },
    ],
    prior: 0.3,
    signs: /\b(quick|fast|busy|fun|treat|trend\w*|new|impuls\w*|easy|young|students?)\b/i,
    touchpoints: {
      search: 0.5,
      social: 0.85,
      video: 0.8,
      email: 0.35,
      podcast: 0.4,
      press: 0.25,
      store: 0.7,
      event: 0.6,
      friends: 0.6,
    },
  },
  methodical: {
    who: 'who compare first',
    before: 'opens five tabs, reads the small print and writes down three prices',
    goal: 'Be sure of the choice before paying for it',
    frustration: 'Claims without a number or a source',
    motto: 'Show me how it compares, and I will decide.',
    argument: '{Feature}: put it next to what you use today.',
    objections: [
      {
        objection: 'Is it worth the price?',
        answer: 'Set {what} against what it replaces, over a year, in one table. Count in: {feature}.',
      },
      {
        objection: 'How do I know that it holds what it says?',
        answer: 'Show the proof of one claim rather than five claims: {feature}. {Reassurance}.',
      },
    ],
    prior: 0.3,
    signs:
      /\b(compar\w*|quality|price\w*|budget\w*|research\w*|test\w*|detail\w*|engineers?|origin|review\w*|sustainab\w*|older|parents?)\b/i,
    touchpoints: {
      search: 0.95,
      social: 0.35,
      video: 0.55,
      email: 0.65,
      podcast: 0.5,
      press: 0.7,
      store: 0.5,
      event: 0.35,
      friends: 0.45,
    },
  },
  social: {
    who: 'who ask around',
    before: 'asks in the group chat and looks at who else has it',
    goal: 'Choose something to be glad about together with others',
    frustration: 'Nobody to ask who has really tried it',
    motto: 'If somebody I trust uses it, I will try it too.',
    argument: '{Feature}: ask anybody who has it.',
    objections: [
      {
        objection: 'I know nobody who has it.',
        answer: 'Let people of the same kind speak, by name: {group} and what they say about “{feature}”.',
      },
      {
        objection: 'What will the others think?',
        answer: 'Make it something to share, to bring along or to give away: {feature}. {Reassurance}.',
      },
    ],
    prior: 0.25,
    signs: /\b(friends?|famil\w*|community|share|together|recommend\w*|neighbou?r\w*|group|club|team\w*|support)\b/i,
    touchpoints: {
      search: 0.45,
      social: 0.8,
      video: 0.6,
      email: 0.4,
      podcast: 0.5,
      press: 0.4,
      store: 0.55,
      event: 0.75,
      friends: 0.95,
    },
  },
  competitive: {
    who: 'who want the best',
    before: 'asks what makes it better than the rest, and wants the short answer',
    goal: 'Get more out of it than others do',
    frustration: 'Being offered what everybody has',
    motto: 'I do not need most of it. I need the one that does it best.',
    argument: '{Feature}: not everybody has that.',
    objections: [
      { objection: 'What does it do better than what I have?', answer: 'One sentence, one difference: {feature}.' },
      {
        objection: 'Will it still be the best next year?',
        answer: 'Say what is being worked on, and who gets it first. {Reassurance}.',
      },
    ],
    prior: 0.15,
    signs:
      /\b(best|career\w*|win\w*|ambitio\w*|perform\w*|profession\w*|founders?|managers?|athlet\w*|premium|expert\w*|status)\b/i,
    touchpoints: {
      search: 0.75,
      social: 0.5,
      video: 0.55,
      email: 0.5,
      podcast: 0.75,
      press: 0.65,
      store: 0.4,
      event: 0.7,
      friends: 0.4,
    },
  },
}
