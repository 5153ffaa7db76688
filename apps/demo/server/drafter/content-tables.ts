import type { ContentTone, SocialChannel } from '@brandkit/core/brand-tasks'

/** A point of view that editors plan with, and what its writer has to bring. */
export interface Angle {
  angle: string
  promise: string
  /** The first line, after "Topic: ". */
  hook: string
  /** What goes where, for whoever writes it. A prompt that quotes is left out when the brief has nothing to quote. */
  prompts: readonly [string, string, string]
  visual: string
  tones: readonly ContentTone[]
}

/** At least as many as a channel can have posts. */
export const ANGLES: readonly [Angle, ...Angle[]] = [
  {
    angle: 'The common mistake',
    promise: 'The reader knows one thing to stop doing today.',
    hook: 'the mistake we see most often',
    prompts: ['The mistake, in one sentence', 'Why it happens; the brief says {concern}', 'What to do instead'],
    visual: 'Two pictures side by side: how it usually goes, crossed out, and the one change that helps.',
    tones: ['humorous', 'conversational', 'urgent'],
  },
  {
    angle: 'Step by step',
    promise: 'A way in that takes an afternoon.',
    hook: 'how to begin',
    prompts: ['Step 1: what to look at first', 'Step 2: the one thing to change', 'Step 3: what to check after a week'],
    visual: 'Three numbered frames with hands at work.',
    tones: ['informative', 'conversational'],
  },
  {
    angle: 'Behind the scenes',
    promise: 'What it looks like before it is tidied up.',
    hook: 'what it looks like before it is ready',
    prompts: ['What happens in the picture', 'Who does it, by name', 'What goes wrong at times'],
    visual: 'An unposed photo of the work in progress, in daylight.',
    tones: ['inspiring', 'humorous'],
  },
  {
    angle: 'A question to the reader',
    promise: 'Readers say it in their own words.',
    hook: 'one question, and we read every answer',
    prompts: ['The question, short enough for one breath', 'Why you ask; the brief says {fact}', 'Your own answer'],
    visual: 'The question in large type, with room around it.',
    tones: ['conversational', 'inspiring'],
  },
  {
    angle: 'Myth and fact',
    promise: 'One thing that is often repeated, put right.',
    hook: 'one myth, and what is true',
    prompts: ['The myth, as people say it', 'The fact, with its source', 'Since when it is known'],
    visual: 'The myth struck through by hand, and the fact below it in the same hand.',
    tones: ['informative', 'humorous'],
  },
  {
    angle: 'A checklist to keep',
    promise: 'Something to save for the next time.',
    hook: 'a checklist to save',
    prompts: ['☐ What to check first', '☐ What most people skip', '☐ When to leave it'],
    visual: 'The list as a clean card that can be read in a thumbnail.',
    tones: ['informative', 'urgent'],
  },
  {
    angle: 'One person, one story',
    promise: 'Somebody like the reader, and what changed for them.',
    hook: 'a story from one of you',
    prompts: [
      'Who it is, with permission',
      'What it was like before; the brief says {concern}',
      'What is different now',
    ],
    visual: 'A portrait in the place where the story happens.',
    tones: ['inspiring', 'conversational'],
  },
  {
    angle: 'In numbers',
    promise: 'Figures that can be checked at home.',
    hook: 'numbers to know',
    prompts: [
      'The first number, with its source',
      'The second number, and what it is compared with',
      'The third, to try at home',
    ],
    visual: 'One large number, and a bar beside it that is drawn to scale.',
    tones: ['informative', 'urgent'],
  },
  {
    angle: 'Before and after',
    promise: 'The difference can be seen without words.',
    hook: 'before and after',
    prompts: ['Before, in one sentence', 'What was changed, and how long it took', 'After, in one sentence'],
    visual: 'The same place twice, from the same spot.',
    tones: ['inspiring', 'informative'],
  },
  {
    angle: 'What it costs',
    promise: 'A price that is explained line by line.',
    hook: 'what it costs, and why',
    prompts: ['The largest part of the price', 'The part that nobody expects', 'Where to save, and where not'],
    visual: 'A receipt in large type.',
    tones: ['urgent', 'informative'],
  },
  {
    angle: 'Two ways, compared',
    promise: 'A choice made easier by one table.',
    hook: 'two ways to do it, compared',
    prompts: ['For whom the first way is better', 'For whom the second way is better', 'How you do it yourselves'],
    visual: 'A table of two columns and three rows.',
    tones: ['conversational', 'humorous'],
  },
  {
    angle: 'Words explained',
    promise: 'One term that everybody uses and few can explain.',
    hook: 'one word, explained',
    prompts: ['The word, and what it means', 'What it is often mistaken for', 'Where you meet it next'],
    visual: 'The word as in a dictionary, with a small drawing.',
    tones: ['informative', 'humorous'],
  },
]

/** The call to action where the brief gives none. */
export const CALLS_TO_ACTION: Readonly<Record<ContentTone, string>> = {
  informative: 'Save it for later.',
  inspiring: 'Begin today, with one small thing. Tell us which.',
  humorous: 'Tag the person who does exactly this.',
  conversational: 'How do you do it? Write it below.',
  urgent: 'Do it today.',
}

/**
 * How a post is built on each channel, line by line: {=hook}, the writer's prompts {=first}, {=second} and {=third}, the call
 * to action and the hashtag. What is missing leaves its line out.
 */
export const CHANNEL_FORMS: Readonly<Record<SocialChannel, { format: string; lines: readonly string[] }>> = {
  instagram: {
    format: 'Square or 4:5',
    lines: ['{=hook}', '1. [{=first}]', '2. [{=second}]', '3. [{=third}]', '{=call}', '{=tag}'],
  },
  facebook: {
    format: 'Landscape',
    lines: ['{=hook}', '[{=first}. {=second}.]', '[To ask in the comments: {=third}]', '{=call}', '{=tag}'],
  },
  linkedin: {
    format: 'Document or landscape',
    lines: [
      '{=hook}',
      '[{=first}]',
      '[{=second}]',
      '[{=third}]',
      '[What you learned from it at work]',
      '{=call}',
      '{=tag}',
    ],
  },
  x: { format: 'Landscape, readable without tapping', lines: ['{=hook}', '[{=first}]', '{=call}', '{=tag}'] },
  tiktok: {
    format: 'Upright film of 20 seconds',
    lines: ['On screen: {=hook}', '0 to 3 s: [{=first}]', '3 to 15 s: [{=third}]', 'Last frame: {=call}', '{=tag}'],
  },
  youtube: {
    format: 'Film of three minutes with a thumbnail',
    lines: ['{=hook}', '0:00 [{=first}]', '0:45 [{=second}]', '2:00 [{=third}]', '{=call}', '{=tag}'],
  },
  pinterest: {
    format: 'Upright 2:3 with text on it',
    lines: ['On the picture: {=hook}', 'Below it: [{=first}; {=third}]', '{=call}', '{=tag}'],
  },
  threads: {
    format: 'Square, or text alone',
    lines: ['{=hook}', '[{=first}; short, as you would say it]', '{=call}', '{=tag}'],
  },
}
