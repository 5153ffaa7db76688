import { defineConfig, type UserConfig } from 'vitepress'
import llmstxt, { copyOrDownloadAsMarkdownButtons } from 'vitepress-plugin-llms'
import { repositoryUrl } from '../build/repository.ts'
import { toAnchor } from '../build/to-anchor.ts'
import { sidebar } from './sidebar.ts'

const description =
  'Background tasks that people can watch: an SDK for long generative work, from the click to the result.'

// The plugin is typed for another Vite than the one that VitePress brings.
type Plugins = NonNullable<NonNullable<UserConfig['vite']>['plugins']>
const llms = llmstxt({
  description,
  ignoreFilesPerOutput: { llmsFullTxt: ['decisions/*', 'reference/**/*', 'reliability.md'] },
}) as unknown as Plugins

export default defineConfig({
  title: 'BrandKit tasks',
  description,
  lang: 'en',
  srcDir: '.site',
  outDir: 'dist',
  cleanUrls: true,
  metaChunk: true,
  ignoreDeadLinks: [/^\/storybook\//],
  head: [
    ['link', { rel: 'icon', href: '/logo.svg', type: 'image/svg+xml' }],
    ['meta', { name: 'theme-color', content: '#4f46e5' }],
  ],
  vite: {
    plugins: llms,
    build: { chunkSizeWarningLimit: 4_000 },
  },
  markdown: {
    anchor: { slugify: toAnchor },
    theme: { light: 'github-light', dark: 'github-dark' },
    config: (md) =>
      copyOrDownloadAsMarkdownButtons(md as unknown as Parameters<typeof copyOrDownloadAsMarkdownButtons>[0]),
  },
  themeConfig: {
    logo: '/logo.svg',
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        _render: (source, env, md) => {
          // The index holds words, so colouring their code is wasted time.
          md.options.highlight = (code) => md.utils.escapeHtml(code)
          return md.render(source, env)
        },
      },
    },
    nav: [
      {
        text: 'Guide',
        link: '/start/',
        activeMatch: '^/(start|guide/(?!troubleshooting|protocol)|frameworks|backends|deploy|migrate)',
      },
      { text: 'Reference', link: '/reference/', activeMatch: '^/(reference|packages|guide/protocol)' },
      { text: 'Errors', link: '/guide/troubleshooting' },
      { text: 'Benchmarks', link: '/benchmarks' },
      // Another page than VitePress's, so it is loaded as one.
      ...(process.env['STORYBOOK'] === 'yes' ? [{ text: 'Storybook', link: '/storybook/', target: '_self' }] : []),
      { text: 'Architecture', link: '/architecture', activeMatch: '^/(architecture|decisions|reliability|ui)' },
    ],
    sidebar,
    socialLinks: [{ icon: 'github', link: repositoryUrl }],
    footer: { message: 'MIT licence' },
  },
})
