import type { IdeaEffort, IdeaFormat, ViralEmotion } from '@brandkit/core/brand-tasks'

export interface EmotionProfile {
  /** How much likelier people pass something on that has one standard deviation more of it. */
  lift: number
  /** A point of view that wakes it. */
  angle: string
  /** Words of topic or audience that speak for it. */
  signs: RegExp
}

/**
 * Lifts of anger, awe, anxiety and surprise after Berger and Milkman, "What Makes Online Content Viral?" (2012), figure 2. They
 * measured no amusement, pride and nostalgia by themselves; those are our guesses between surprise and awe, by how much they
 * arouse. It is arousal that makes people share, more than whether a feeling is pleasant.
 */
export const EMOTIONS: Readonly<Record<ViralEmotion, EmotionProfile>> = {
  awe: {
    lift: 0.3,
    angle: 'how much lies behind it, once one looks closely',
    signs: /\b(nature|sky|night|space|craft\w*|hand\w*|ocean|mountain\w*|forest\w*|science|art|star\w*|light)\b/i,
  },
  amusement: {
    lift: 0.24,
    angle: 'what everybody does and nobody admits',
    signs: /\b(office|family|families|dogs?|cats?|kids|coffee|dating|parents?|morning|students?|mondays?)\b/i,
  },
  surprise: {
    lift: 0.14,
    angle: 'what it is not, although many think so',
    signs: /\b(myth\w*|new|secret\w*|hidden|test\w*|compar\w*|tech\w*|unusual|trick\w*)\b/i,
  },
  anger: {
    lift: 0.34,
    angle: 'what should not be normal any longer',
    signs: /\b(annoy\w*|waste\w*|unfair|fees?|price\w*|stale|plastic|harsh|hate\w*|problem\w*|scam\w*|queue\w*)\b/i,
  },
  anxiety: {
    lift: 0.21,
    angle: 'what goes wrong unseen, and how to be safe',
    signs: /\b(safe\w*|secur\w*|health\w*|sleep\w*|money|insur\w*|data|debt\w*|baby|babies|risk\w*|worr\w*)\b/i,
  },
  pride: {
    lift: 0.2,
    angle: 'what those who do it have got right',
    signs: /\b(local|communit\w*|made|home|team\w*|craft\w*|work\w*|city|own|sport\w*|first|small)\b/i,
  },
  nostalgia: {
    lift: 0.16,
    angle: 'how it used to be, and what was better about it',
    signs: /\b(childhood|tradition\w*|vintage|retro|grandp\w*|old\w*|classic\w*|summer\w*|records?|school|camp\w*)\b/i,
  },
}

export interface Mechanic {
  key: string
  /** Feelings that it can wake, strongest first. */
  emotions: readonly [ViralEmotion, ...ViralEmotion[]]
  format: IdeaFormat
  effort: IdeaEffort
  /** Before the topic: "Blind test: Cold brew". */
  name: string
  hook: string
  outline: string
}

/** How posts that get passed on are built. */
export const MECHANICS: readonly Mechanic[] = [
  {
    key: 'blind-test',
    emotions: ['surprise', 'amusement'],
    format: 'short-video',
    effort: 'day',
    name: 'Blind test',
    hook: 'Eyes closed, three tries: which one is which?',
    outline:
      'Three people try three versions without knowing which is which. What they feel comes first, the guess second, the answer in the last two seconds.',
  },
  {
    key: 'in-reverse',
    emotions: ['awe', 'surprise'],
    format: 'short-video',
    effort: 'day',
    name: 'In reverse',
    hook: 'You know how it ends. Watch how it began.',
    outline: 'Starts with the finished thing and runs backwards, one cut for each hand it went through. No words.',
  },
  {
    key: 'one-take',
    emotions: ['awe', 'pride'],
    format: 'short-video',
    effort: 'day',
    name: 'An hour in a minute',
    hook: 'Nobody stopped the camera.',
    outline: 'A camera that does not move, an hour played in a minute. The only text is the clock in the corner.',
  },
  {
    key: 'price-of',
    emotions: ['anger', 'surprise'],
    format: 'carousel',
    effort: 'day',
    name: 'What it costs, on six cards',
    hook: 'Guess the biggest part before you swipe.',
    outline:
      'One card for each part of the cost, drawn to scale, the largest last. The last card says what you do about it.',
  },
  {
    key: 'unsaid',
    emotions: ['amusement', 'pride'],
    format: 'meme',
    effort: 'hour',
    name: 'Said and meant',
    hook: 'It is fine. It is not fine.',
    outline: 'Left what people say, right what they mean. Four lines; the last one is the one that everybody knows.',
  },
  {
    key: 'starter-kit',
    emotions: ['amusement', 'nostalgia'],
    format: 'meme',
    effort: 'hour',
    name: 'Starter pack',
    hook: 'Number four is in every home.',
    outline:
      'Six things that give somebody away. The more exact, the better: stains left in, brands blurred. Ask which one is missing.',
  },
  {
    key: 'used-to',
    emotions: ['nostalgia', 'amusement'],
    format: 'carousel',
    effort: 'day',
    name: 'Then and now',
    hook: 'It was done like this once. Was it better?',
    outline: 'Pairs of pictures, found and not staged. Each has one line on what got better and one on what was lost.',
  },
  {
    key: 'worst-advice',
    emotions: ['amusement', 'anger'],
    format: 'short-video',
    effort: 'hour',
    name: 'The worst advice, tried out',
    hook: 'The internet says that this works.',
    outline:
      'Follow one popular piece of advice to the letter and show honestly what happens. Ask for the next one to try.',
  },
  {
    key: 'seven-days',
    emotions: ['pride', 'awe'],
    format: 'challenge',
    effort: 'week',
    name: 'Seven days, one change',
    hook: 'Day 1. I give it till Thursday.',
    outline: 'Seven people change one thing and post one honest sentence a day. Those who stop say why.',
  },
  {
    key: 'pass-it-on',
    emotions: ['pride', 'amusement'],
    format: 'challenge',
    effort: 'day',
    name: 'Show yours, name three',
    hook: 'Mine is not tidy. Yours?',
    outline: 'Show it as it is this minute, without tidying, and name three people who come next. You start.',
  },
  {
    key: 'expert-reacts',
    emotions: ['surprise', 'anxiety'],
    format: 'short-video',
    effort: 'day',
    name: 'As seen in films',
    hook: 'No. No. That one is right.',
    outline:
      'Five scenes from films, judged by somebody who does it for a living. Green or red after each, one sentence why.',
  },
  {
    key: 'check-yours',
    emotions: ['anxiety', 'surprise'],
    format: 'carousel',
    effort: 'hour',
    name: 'Four things to check tonight',
    hook: 'It takes ten seconds, and most do not.',
    outline:
      'One thing a card, each with what to do if it is not right. No fear without a way out: the last card is the fix.',
  },
  {
    key: 'either-or',
    emotions: ['amusement', 'pride'],
    format: 'poll',
    effort: 'hour',
    name: 'Settle it: two ways',
    hook: 'This has split our team since Tuesday.',
    outline:
      'Two ways that both have their people. The team argues in the comments, by name; the winner is carried out.',
  },
  {
    key: 'guess-number',
    emotions: ['surprise', 'awe'],
    format: 'poll',
    effort: 'hour',
    name: 'Guess the number',
    hook: 'Nobody in the office came within half.',
    outline:
      'One number that can be checked, four answers. The resolution comes a day later, with a picture that makes it visible.',
  },
  {
    key: 'open-letter',
    emotions: ['anger', 'pride'],
    format: 'article',
    effort: 'day',
    name: 'An open letter',
    hook: 'We have to talk about what we all put up with.',
    outline:
      'To those who could change it: what it costs in a year, and three things that would help. Signed by a person.',
  },
  {
    key: 'letter-to-past',
    emotions: ['nostalgia', 'pride'],
    format: 'article',
    effort: 'day',
    name: 'To my younger self',
    hook: 'You are about to make it harder than it is.',
    outline: 'A letter to oneself of ten years ago: two mistakes, one thing that was right, and what it means today.',
  },
  {
    key: 'small-sound',
    emotions: ['awe', 'nostalgia'],
    format: 'story',
    effort: 'hour',
    name: 'Only the sound',
    hook: 'Turn it up. That is all.',
    outline: 'Five close-ups with nothing but their own sound, ten seconds in all. The viewer names the last one.',
  },
  {
    key: 'fix-live',
    emotions: ['pride', 'anxiety'],
    format: 'live-stream',
    effort: 'day',
    name: 'Bring yours, we put it right live',
    hook: 'Worst one first.',
    outline:
      'An hour live: people send in their case, and it is put right on camera. What cannot be solved is looked up by next week.',
  },
  {
    key: 'map',
    emotions: ['pride', 'surprise'],
    format: 'carousel',
    effort: 'week',
    name: 'A map by those who know',
    hook: 'We asked. Nobody named the famous one.',
    outline: 'Ask people for their favourite place, one each, with a reason. Draw the map by hand; add what comes in.',
  },
  {
    key: 'no-more',
    emotions: ['anger', 'pride'],
    format: 'challenge',
    effort: 'week',
    name: 'A week without the worst of it',
    hook: 'We stop doing this on Monday. Who joins in?',
    outline: 'Name the one thing that should not be normal, and do without it for a week, in public. Count who joins.',
  },
]
