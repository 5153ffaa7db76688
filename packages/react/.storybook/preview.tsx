import addonA11y from '@storybook/addon-a11y'
import addonDocs from '@storybook/addon-docs'
import { definePreview } from '@storybook/react-vite'
import { http } from 'msw'
import { type SetupWorker, setupWorker } from 'msw/browser'
import addonMsw from 'msw-storybook-addon'
import { configure } from 'storybook/test'
import '../src/styles.css'
import { LOCALES } from '../test/locales.js'
import { ComponentPage, type DocsStory } from './docs/component-page.js'
import { toJsx } from './docs/to-jsx.js'
import './fonts.css'
import { answerForStory } from './stage.js'
import { StoryFrame } from './story-frame.js'
import './story-frame.css'

/** The worker of the page. A documentation page starts all its stories at once, and a page can have one worker. */
let worker: Promise<SetupWorker> | undefined

async function startWorker(): Promise<SetupWorker> {
  const started = setupWorker(
    http.all('*/api/jobs/:storyId', ({ request, params }) => answerForStory(String(params['storyId']), request)),
  )
  // The addon's default passes this option under a name that msw 3 does not know.
  await started.start({ quiet: true, onUnhandledFrame: 'bypass', serviceWorker: { url: 'mockServiceWorker.js' } })
  return started
}

// Stories run slowly on a busy machine.
configure({ asyncUtilTimeout: 10_000 })

export default definePreview({
  addons: [addonDocs(), addonA11y(), addonMsw(() => (worker ??= startWorker()))],
  tags: ['autodocs'],
  globalTypes: {
    theme: choice('Theme', 'The color scheme around the components', 'mirror', ['system', 'light', 'dark']),
    locale: choice(
      'Language',
      'The label catalogue, and the language of times and numbers',
      'globe',
      Object.keys(LOCALES),
    ),
    direction: choice('Direction', 'The reading direction; auto follows the language', 'transfer', [
      'auto',
      'ltr',
      'rtl',
    ]),
    motion: choice('Motion', 'Reduced motion, as data-motion on an element around', 'play', ['full', 'reduce']),
    textSize: choice('Text size', 'The font size of the page, as people set it in their browser', 'zoom', [
      '100%',
      '200%',
    ]),
  },
  initialGlobals: { theme: 'system', locale: 'en', direction: 'auto', motion: 'full', textSize: '100%', brand: '' },
  parameters: {
    a11y: {
      test: 'error',
      options: { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    },
    backgrounds: { disable: true },
    controls: { expanded: true },
    docs: {
      page: ComponentPage,
      // Code to paste into an app, instead of the story's own.
      source: { type: 'code', transform: (_code: string, story: DocsStory) => toJsx(story) },
    },
    layout: 'fullscreen',
    options: {
      storySort: {
        order: [
          'Start',
          'Playground',
          'TaskStatusIndicator',
          'TaskNotification',
          'TaskProgress',
          'TaskSteps',
          'TaskHistory',
          'TaskOperations',
          '*',
          'Hooks',
          'Foundations',
          ['Tokens', 'Theme editor', 'Voice and copy', 'Strings', 'Accessibility', 'Changes'],
        ],
      },
    },
    viewport: { options: { narrow: { name: '320 px', styles: { width: '320px', height: '640px' }, type: 'mobile' } } },
  },
  // Tells the screenshot script that the story's play function has ended.
  afterEach: ({ id }) => {
    Object.assign(window, { playedStory: id })
  },
  decorators: [
    (Story, context) => (
      <StoryFrame context={context}>
        <Story />
      </StoryFrame>
    ),
  ],
})

function choice(
  title: string,
  description: string,
  icon: 'mirror' | 'globe' | 'transfer' | 'play' | 'zoom',
  items: string[],
) {
  return { name: title, description, toolbar: { title, icon, items, dynamicTitle: true } }
}
