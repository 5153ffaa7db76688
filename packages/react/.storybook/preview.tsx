import addonA11y from '@storybook/addon-a11y'
import addonDocs from '@storybook/addon-docs'
import { definePreview } from '@storybook/react-vite'
import { http } from 'msw'
import { type SetupWorker, setupWorker } from 'msw/browser'
import addonMsw from 'msw-storybook-addon'
import { configure } from 'storybook/test'
import '../src/styles.css'
import { LOCALES } from '../test/locales.js'
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
    theme: choice('Theme', 'mirror', ['system', 'light', 'dark']),
    locale: choice('Language', 'globe', Object.keys(LOCALES)),
    direction: choice('Direction', 'transfer', ['auto', 'ltr', 'rtl']),
    motion: choice('Motion', 'play', ['full', 'reduce']),
    textSize: choice('Text size', 'zoom', ['100%', '200%']),
  },
  initialGlobals: { theme: 'system', locale: 'en', direction: 'auto', motion: 'full', textSize: '100%' },
  parameters: {
    a11y: {
      test: 'error',
      options: { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    },
    backgrounds: { disable: true },
    controls: { expanded: true },
    layout: 'fullscreen',
    options: { storySort: { order: ['Playground', 'States', 'Toasts', 'Theme', 'Accessibility', '*'] } },
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

function choice(title: string, icon: 'mirror' | 'globe' | 'transfer' | 'play' | 'zoom', items: string[]) {
  return { name: title, description: title, toolbar: { title, icon, items, dynamicTitle: true } }
}
