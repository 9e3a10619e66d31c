import { createRequire } from 'node:module'

const { version } = createRequire(import.meta.url)('./package.json')

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm test`; a start must not need the minutes.
  typescript: { ignoreBuildErrors: true },
  // Several of the framework's worst holes were in its image optimizer; no page needs one.
  images: { unoptimized: true },
  generateBuildId: () => process.env.PALISADE_BUILD_ID ?? version,
  experimental: {},
}
export default config
