/** `npm test` tries what matters most of what differs only in its way; `npm run test:deep -- pages` and `-- matrix` try all of it. */
export const EVERY_WAY = process.env.PALISADE_EVERY_WAY === 'true'
