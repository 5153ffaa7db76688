import type { DecisionStyle, PersonaTouchpoint } from '@brandkit/core/brand-tasks'
import type { AudienceTrait } from '../media-plan/read-audience.ts'
import type { Ages } from './read-brief.ts'

/** What holds for one person of a style; no two of them are alike. */
export interface PersonaVariant {
  situation: string
  quote: string
  goal: string
  frustration: string
  argument: string
  objections: readonly { objection: string; answer: string }[]
}

export interface DecisionProfile {
  label: string
  before: string
  /** The share of people who decide like this, where nothing else is known. */
  prior: number
  /** Words of a description that speak for it. */
  signs: RegExp
  touchpoints: Readonly<Record<PersonaTouchpoint, number>>
  /** Somebody to whom the offer is new, and somebody who has something else. */
  variants: readonly [PersonaVariant, PersonaVariant]
}

const NEW = 'has nothing like it yet'
const SWITCHING = 'uses something else today'

/**
 * Four ways to decide, quick or slow and by reason or by feeling, after the buyer modalities of Bryan and Jeffrey Eisenberg
 * ("Waiting for Your Cat to Bark?", 2006). Priors and affinities are assumptions of this demo.
 */
export const DECISION_PROFILES: Readonly<Record<DecisionStyle, DecisionProfile>> = {
  spontaneous: {
    label: 'Decides on the spot',
    before: 'needs one good reason and a short way to pay',
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
    variants: [
      {
        situation: NEW,
        quote: 'If it is three clicks away, I am in.',
        goal: 'Have it settled today, not next week',
        frustration: 'Long forms and waiting lists',
        argument: 'Show the first step and how long it takes.',
        objections: [
          { objection: 'Not now, perhaps later.', answer: 'Ask for one small step only, and keep the cart.' },
          { objection: 'Will I really use it?', answer: 'Tie it to a moment of the day that exists already.' },
        ],
      },
      {
        situation: SWITCHING,
        quote: 'I would change tomorrow if somebody moved everything for me.',
        goal: 'Change without a day of work',
        frustration: 'Having to cancel the old one by letter',
        argument: 'Show what happens to the old contract, and who takes care of it.',
        objections: [
          { objection: 'What I have is good enough.', answer: 'Name the one moment in which it is not.' },
          { objection: 'I would have to learn it all again.', answer: 'Show the first minute, uncut.' },
        ],
      },
    ],
  },
  methodical: {
    label: 'Compares first',
    before: 'reads the small print and writes down three prices',
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
    variants: [
      {
        situation: NEW,
        quote: 'Show me how it compares, and I will decide.',
        goal: 'Be sure of the choice before paying for it',
        frustration: 'Claims without a number or a source',
        argument: 'Put the numbers into one table, with their sources.',
        objections: [
          { objection: 'Is it worth the price?', answer: 'Add up a year against the usual choice, line by line.' },
          { objection: 'How do I know that it is true?', answer: 'Prove one claim in full rather than five in part.' },
        ],
      },
      {
        situation: SWITCHING,
        quote: 'I know what I pay today, to the cent.',
        goal: 'Know what changes before anything does',
        frustration: 'Prices that only show at the end',
        argument: 'Set old and new side by side, also where the old one wins.',
        objections: [
          { objection: 'What does it cost to change?', answer: 'Name every cost of the first month in one list.' },
          { objection: 'And if the price goes up?', answer: 'Say how long it holds, and what happens then.' },
        ],
      },
    ],
  },
  social: {
    label: 'Asks around',
    before: 'asks in the group chat and looks at who else has it',
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
    variants: [
      {
        situation: NEW,
        quote: 'If somebody I trust uses it, I will try it too.',
        goal: 'Choose something to be glad about with others',
        frustration: 'Nobody to ask who has really tried it',
        argument: 'Let people of the same kind speak, by name.',
        objections: [
          { objection: 'I know nobody who has it.', answer: 'Bring them together with somebody who does.' },
          { objection: 'What will the others think?', answer: 'Make it something to share or to give away.' },
        ],
      },
      {
        situation: SWITCHING,
        quote: 'We all use the same one; I will not be the first to leave.',
        goal: 'Stay with the others, whatever it is',
        frustration: 'Being the only one who has changed',
        argument: 'Offer something for two or more who change together.',
        objections: [
          { objection: 'The others would have to change too.', answer: 'Show how both work side by side for a while.' },
          { objection: 'I recommended the old one.', answer: 'Give them a reason that is new since then.' },
        ],
      },
    ],
  },
  competitive: {
    label: 'Wants the best',
    before: 'asks what makes it better than the rest, and wants the short answer',
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
    variants: [
      {
        situation: NEW,
        quote: 'I do not need most of it. I need the one that does it best.',
        goal: 'Get more out of it than others do',
        frustration: 'Being offered what everybody has',
        argument: 'One difference, in one sentence, with one proof.',
        objections: [
          { objection: 'What does it do better?', answer: 'Name one thing, and where it was measured.' },
          {
            objection: 'Will it be the best next year?',
            answer: 'Say what is being worked on, and who gets it first.',
          },
        ],
      },
      {
        situation: SWITCHING,
        quote: 'I had the best one when I bought it.',
        goal: 'Be ahead again',
        frustration: 'Updates that only change the colours',
        argument: 'Show what has become possible since they last chose.',
        objections: [
          { objection: 'I have paid for mine already.', answer: 'Count what it costs from today on, not so far.' },
          { objection: 'Who else has changed?', answer: 'Name those who did, and what they gained.' },
        ],
      },
    ],
  },
}

/** How much more or less of their time a place has, by trait. Assumptions of this demo. */
export const TOUCHPOINTS_BY_TRAIT: Readonly<
  Partial<Record<AudienceTrait, Readonly<Partial<Record<PersonaTouchpoint, number>>>>>
> = {
  young: { social: 0.15, video: 0.15, press: -0.2, email: -0.15 },
  older: { press: 0.25, store: 0.15, social: -0.25, video: -0.1, podcast: -0.15 },
  families: { friends: 0.1, store: 0.1, event: 0.05, podcast: -0.05 },
  professionals: { email: 0.15, podcast: 0.1, event: 0.1, store: -0.15 },
  commuters: { podcast: 0.2, social: 0.1, store: 0.05 },
  culture: { podcast: 0.15, event: 0.15, press: 0.1 },
  lifestyle: { social: 0.1, video: 0.1, store: 0.05 },
  customers: { email: 0.25, friends: 0.1, search: -0.15 },
}

export const ADULTS: Ages = { from: 24, to: 62 }
export const AGES_BY_TRAIT: Readonly<Partial<Record<AudienceTrait, Ages>>> = {
  young: { from: 18, to: 29 },
  older: { from: 60, to: 76 },
  families: { from: 28, to: 45 },
  professionals: { from: 27, to: 56 },
}
