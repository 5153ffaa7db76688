import type { NextConfig } from 'next'

const serverExternalPackages = ['@brandkit/server-adapter', 'pg', '@upstash/qstash']
export default { serverExternalPackages } satisfies NextConfig
