import { describeBrandTask } from '../testing/describe-brand-task.js'

describeBrandTask('GENERATE_BRAND_KIT', {
  payload: {
    brandName: 'Aurora',
    industry: 'Outdoor lighting',
    description: 'Lamps for people who camp in the north.',
    values: ['Care', 'Craft'],
    traits: ['calm', 'warm'],
    primaryColor: '#1b6ef3',
    logoStyle: 'symbol',
    language: 'en',
  },
  title: 'Brand kit: Aurora',
  id: 'brandKitId',
  refused: [
    ['brandName', { brandName: '' }],
    ['brandName', { brandName: 'x'.repeat(61) }],
    ['values', { values: ['Care', 'Care'] }],
    ['values', { values: [] }],
    ['values.0', { values: [' '] }],
    ['traits', { traits: ['bold', 'calm', 'warm', 'playful'] }],
    ['traits.0', { traits: ['evil'] }],
    ['primaryColor', { primaryColor: 'red' }],
    ['logoStyle', { logoStyle: 'hologram' }],
    ['language', { language: 'English' }],
  ],
  result: {
    brandKitId: 'kit-1',
    brandName: 'Aurora',
    essence: { promise: 'Light that does not wake the forest', keywords: ['north'], positioning: 'The quiet lamp.' },
    palette: {
      colors: [
        { role: 'primary', name: 'Fjord', hex: '#1b6ef3', lightness: 0.57, chroma: 0.21, hue: 260 },
        { role: 'surface', name: 'Snow', hex: '#ffffff', lightness: 1, chroma: 0, hue: 0 },
      ],
      pairs: [{ text: 'primary', background: 'surface', ratio: 4.6, level: 'AA' }],
    },
    typography: {
      headingFamily: 'Inter',
      bodyFamily: 'Inter',
      ratio: 1.25,
      scale: [{ level: 'body', sizePx: 16, lineHeight: 1.5, weight: 400 }],
    },
    logo: {
      style: 'symbol',
      svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="30" fill="#1b6ef3"/></svg>',
      minimumSizePx: 16,
      description: 'A disc, like a low sun.',
    },
    voice: {
      tone: ['calm'],
      say: ['light'],
      avoid: ['blazing'],
      samples: [{ situation: 'Welcome', text: 'Come in.' }],
    },
  },
})
