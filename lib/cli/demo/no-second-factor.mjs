/**
 * Lets an installation that only shows or tests something in without a second factor, through the API as its owner would.
 * @param {ReturnType<typeof import('../api-client.mjs').apiClient>} api with a token of the owner
 */
export async function askForNoSecondFactor(api) {
  const { etag } = await api('GET', '/settings')
  await api('PATCH', '/settings', { secondFactorFor: 'nobody' }, { 'if-match': etag })
}
