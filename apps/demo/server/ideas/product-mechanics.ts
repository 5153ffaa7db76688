import type { IdeaEffort, IdeaFormat, ProductIdeaKind } from '@brandkit/core/brand-tasks'

export interface ProductMechanic {
  key: string
  format: IdeaFormat
  effort: IdeaEffort
  /** How likely somebody passes it on, 0 to 1; an assumption of this demo. */
  shareability: number
  title: string
  hook: string
  outline: string
}

/** What a feature can become. {product}, {feature}, {benefit}, {proof}, {occasion}, {need} and {group} are filled in. */
export const PRODUCT_MECHANICS: Readonly<Record<ProductIdeaKind, readonly ProductMechanic[]>> = {
  campaign: [
    {
      key: 'one-claim',
      format: 'short-video',
      effort: 'week',
      shareability: 0.7,
      title: 'One claim for {product}: {feature}',
      hook: '{Occasion}. And then?',
      outline:
        'Four weeks in which {product} says one thing only: {feature}. {Benefit} The proof stands in every advert: {proof}',
    },
    {
      key: 'without-it',
      format: 'carousel',
      effort: 'week',
      shareability: 0.75,
      title: 'A week without “{feature}”',
      hook: 'Day 1: we took it away.',
      outline:
        'Three of those who use {product} do without “{feature}” for a week and tell what they missed. It ends where the need is: {need}.',
    },
    {
      key: 'dare',
      format: 'challenge',
      effort: 'week',
      shareability: 0.85,
      title: 'Prove us wrong: {feature}',
      hook: 'If you can show that it is not so, it is on us.',
      outline:
        'A public dare around “{feature}”, with rules on one page. {Proof} Whoever shows the opposite is answered in public.',
    },
  ],
  content: [
    {
      key: 'how-made',
      format: 'article',
      effort: 'day',
      shareability: 0.45,
      title: 'How “{feature}” came about',
      hook: 'The first three versions did not work.',
      outline:
        'The people who made it tell why {product} has it, what they threw away, and what it is good for: {benefit}',
    },
    {
      key: 'proof-film',
      format: 'short-video',
      effort: 'day',
      shareability: 0.65,
      title: 'Seen, not said: {feature}',
      hook: 'No words in this one.',
      outline: '{Proof} No voice, no music. One line at the end: {benefit}',
    },
    {
      key: 'moment',
      format: 'carousel',
      effort: 'hour',
      shareability: 0.55,
      title: '{Occasion}: five things that help',
      hook: 'Number three is not from us.',
      outline:
        'Five honest tips for the moment when {group} want {need}; one of them is {product}, for “{feature}”, and it is not the first.',
    },
  ],
  promotion: [
    {
      key: 'try-at-moment',
      format: 'story',
      effort: 'day',
      shareability: 0.4,
      title: 'Try {product} when it counts',
      hook: '{Occasion}: try it then, not in the shop.',
      outline:
        'An offer that is tied to the moment and not to a date: whoever writes in then tries {product}. What they will notice: {feature}.',
    },
    {
      key: 'bring-old',
      format: 'poll',
      effort: 'day',
      shareability: 0.5,
      title: 'Bring the old one, talk about “{feature}”',
      hook: 'What has it cost you so far?',
      outline:
        'Whoever brings what {product} replaces gets something off, and is asked one question: would “{feature}” have changed it? The answers become the next advert.',
    },
    {
      key: 'first-hundred',
      format: 'story',
      effort: 'hour',
      shareability: 0.45,
      title: 'The first hundred who use “{feature}”',
      hook: 'We would like to hear from you, by name.',
      outline:
        'The first hundred buyers who write one line about “{feature}” get a small thing back and a place on a public list. No lottery, no fine print.',
    },
  ],
  partnership: [
    {
      key: 'neighbour',
      format: 'carousel',
      effort: 'week',
      shareability: 0.5,
      title: '{Product} and whoever else is there: {occasion}',
      hook: 'Two that nobody has put together yet.',
      outline:
        'Find the maker whom {group} have beside them at that moment. Swap one page: they explain “{feature}”, {product} explains theirs. Both send it to their people.',
    },
    {
      key: 'tester',
      format: 'live-stream',
      effort: 'week',
      shareability: 0.55,
      title: 'Handed to somebody who doubts: {feature}',
      hook: 'They may say whatever they find.',
      outline:
        'Somebody whom {group} trust and who is not paid for praise gets {product} for a month. {Proof} The verdict goes out uncut, live, with questions.',
    },
  ],
  event: [
    {
      key: 'open-table',
      format: 'live-stream',
      effort: 'week',
      shareability: 0.4,
      title: 'An evening with {product}: {feature}, to touch',
      hook: 'Come as you are. Doubts welcome.',
      outline:
        'Twenty {group}, one long table, one thing to try: {feature}. {Proof} Everybody takes home a note of what they found, and may publish it.',
    },
    {
      key: 'at-the-moment',
      format: 'challenge',
      effort: 'week',
      shareability: 0.6,
      title: 'Meet where it is needed: {occasion}',
      hook: 'Not in a hall. There.',
      outline:
        'Meet {group} where the need comes up: {need}. Bring enough {product} for everybody, and let “{feature}” speak for itself.',
    },
  ],
  bundle: [
    {
      key: 'moment-kit',
      format: 'carousel',
      effort: 'day',
      shareability: 0.45,
      title: 'The kit for that moment: {product} and two more',
      hook: '{Occasion}. Everything is in the box.',
      outline:
        '{Product} for “{feature}”, with the two things that are missing just then, from others, at one price. The box says what for, not what: “{need}”.',
    },
    {
      key: 'one-for-two',
      format: 'story',
      effort: 'hour',
      shareability: 0.6,
      title: 'One to keep, one to give: {feature}',
      hook: 'You thought of somebody just now.',
      outline:
        'Two of {product} in one parcel, the second with a card on which “{feature}” is explained by hand. For those who want others to have it too: {benefit}',
    },
  ],
}
