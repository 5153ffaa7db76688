import type { NextConfig } from 'next'

const serverExternalPackages = ['@brandkit/server-adapter', 'pg', 'pg-boss']
export default { serverExternalPackages } satisfies NextConfig
