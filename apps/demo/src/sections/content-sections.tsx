import { lazy } from 'react'
import { calendarFile, csvFile } from '../results/exports.ts'
import { CHANNEL_NAMES } from '../parts/words.ts'
import { AUDIENCE, defineSection, LANGUAGE, nextMonday, SOCIAL_CHANNELS_FIELD, START_DATE, WEEKS } from './section.ts'

const ContentView = lazy(async () => ({ default: (await import('../results/content-view.tsx')).ContentView }))

export const contentPackage = defineSection<'GENERATE_CONTENT_PACKAGE'>({
  type: 'GENERATE_CONTENT_PACKAGE',
  group: 'Content',
  icon: 'posts',
  name: 'Content Package',
  plural: 'Content packages',
  action: 'Generate Content Package',
  formTitle: 'New content package',
  lead: 'Posts for each channel, with a hashtag and a picture idea, and a calendar that spreads them.',
  invitation: 'Fill the feeds',
  fields: {
    topic: { label: 'Topic', placeholder: 'Cold brew at home', missing: 'Name a topic.' },
    audience: { ...AUDIENCE, missing: 'Describe who should read it.' },
    channels: SOCIAL_CHANNELS_FIELD,
    tone: { label: 'Tone' },
    postsPerChannel: { label: 'Posts a channel', width: 'half' },
    weeks: WEEKS,
    startDate: START_DATE,
    language: LANGUAGE,
    callToAction: { label: 'Call to action (optional)', placeholder: 'Taste the first box for half the price' },
  },
  start: (today) => ({ channels: ['instagram', 'linkedin'], startDate: nextMonday(today) }),
  example: ({ topic, audience, callToAction }, today) => ({
    topic,
    audience,
    channels: ['instagram', 'linkedin', 'x'],
    postsPerChannel: 3,
    startDate: nextMonday(today),
    weeks: 2,
    tone: 'conversational',
    callToAction,
  }),
  renderResult: (result) => <ContentView result={result} />,
  exports: ({ contentPackageId, topic, posts, calendar }) => {
    const slots = () =>
      calendar.flatMap(({ postKey, date, time }) => {
        const post = posts.find((candidate) => candidate.postKey === postKey)
        return post ? [{ ...post, date, time }] : []
      })
    return [
      csvFile(topic, () =>
        slots().map(({ date, time, channel, angle, headline, text, hashtags, visual }) => ({
          date,
          time,
          channel: CHANNEL_NAMES[channel],
          angle,
          headline,
          text,
          hashtags: hashtags.join(' '),
          picture: visual,
        })),
      ),
      calendarFile(topic, () =>
        slots().map(({ postKey, channel, headline, text, visual, date, time }) => ({
          key: `${contentPackageId}-${postKey}`,
          title: `${CHANNEL_NAMES[channel]}: ${headline}`,
          text: `${text}\n\nPicture: ${visual}`,
          date,
          time,
        })),
      ),
    ]
  },
})

const ViralIdeasView = lazy(async () => ({
  default: (await import('../results/ideas-views.tsx')).ViralIdeasView,
}))

export const viralIdeas = defineSection<'GENERATE_VIRAL_IDEAS'>({
  type: 'GENERATE_VIRAL_IDEAS',
  group: 'Content',
  icon: 'spark',
  name: 'Viral Ideas',
  plural: 'Viral ideas',
  action: 'Generate Viral Ideas',
  formTitle: 'New viral ideas',
  lead: 'Ideas that people pass on, no two alike, each with the feeling it wakes and a score that says why.',
  invitation: 'Get talked about',
  fields: {
    topic: { label: 'Topic', placeholder: 'Cold brew', missing: 'Name a topic.' },
    audience: { ...AUDIENCE, missing: 'Describe who should pass it on.' },
    channels: SOCIAL_CHANNELS_FIELD,
    emotions: { label: 'Feelings (optional)', hint: 'None: whatever suits the topic.' },
    avoid: { label: 'Leave out (optional)', hint: 'Subjects that must not be touched, one a line.' },
    count: { label: 'How many', width: 'half' },
    language: LANGUAGE,
  },
  start: () => ({ channels: ['instagram', 'tiktok'] }),
  example: ({ topic, audience, avoid }) => ({
    topic,
    audience,
    channels: ['instagram', 'tiktok', 'youtube'],
    avoid,
    count: 8,
  }),
  renderResult: (result) => <ViralIdeasView result={result} />,
  exports: ({ topic, ideas }) => [csvFile(topic, () => ideas.map((idea) => toRow(idea)))],
})

const ProductIdeasView = lazy(async () => ({
  default: (await import('../results/ideas-views.tsx')).ProductIdeasView,
}))

export const ideasFromProduct = defineSection<'GENERATE_IDEAS_FROM_PRODUCT'>({
  type: 'GENERATE_IDEAS_FROM_PRODUCT',
  group: 'Content',
  icon: 'box',
  name: 'Ideas from Product',
  plural: 'Ideas from product',
  action: 'Generate Ideas from Product',
  formTitle: 'New ideas from a product',
  lead: 'What a product can do becomes what it is good for, when somebody wants it, and what to make of that.',
  invitation: 'Start from a product',
  fields: {
    productName: { label: 'Product name', missing: 'Name the product.' },
    description: { label: 'Description', missing: 'Describe the product.' },
    features: { label: 'Features', hint: 'One a line, up to twelve.', missing: 'Name at least one feature.' },
    audience: { ...AUDIENCE, missing: 'Describe who should want it.' },
    kinds: { label: 'What they may become', missing: 'Pick at least one kind.' },
    count: { label: 'How many', width: 'half' },
    language: LANGUAGE,
  },
  start: () => ({}),
  example: ({ product, audience }) => ({
    productName: product.name,
    description: product.description,
    features: product.features,
    audience,
    count: 8,
  }),
  renderResult: (result) => <ProductIdeasView result={result} />,
  exports: ({ productName, ideas }) => [csvFile(productName, () => ideas.map((idea) => toRow(idea)))],
})

interface IdeaRow {
  title: string
  hook: string
  format: string
  outline: string
  effort: string
  score: number
}

/** The columns of an idea in a spreadsheet. */
function toRow({ title, hook, format, outline, effort, score }: IdeaRow) {
  return { title, hook, format, outline, effort, score: Math.round(score) }
}
