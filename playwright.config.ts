import { defineConfig } from '@playwright/test'
import { findChromium } from './lib/cli/chromium.mjs'

const JOURNEY_LIMIT_MS = 180_000

export default defineConfig({
  testDir: '.',
  testMatch: ['e2e/**/*.spec.ts', 'lib/cli/*.spec.ts'],
  outputDir: 'test-results',
  globalSetup: './e2e/global-setup.ts',
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: JOURNEY_LIMIT_MS,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '.cache/playwright.json' }]],
  use: {
    // Far below the limit of a journey, so that what is missing is named and not only late.
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    trace: 'off',
    video: 'off',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
    launchOptions: { executablePath: findChromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] },
  },
})
