// One good body for every operation that takes one, by operation id. A test holds it against the operations.
export const GOOD: Record<string, Record<string, unknown>> = {
  createCustomer: { name: 'N' },
  createSite: { name: 'N', customerId: '00000000-0000-4000-8000-000000000001', timeZone: 'UTC' },
  editCustomer: { name: 'N' },
  editSite: { name: 'N', timeZone: 'UTC' },
  setUp: { token: 't', name: 'N', email: 'n@nordwall.example', password: 'granite-otter-violin-92' },
  enrolFirewall: { name: 'N', customerId: '00000000-0000-4000-8000-000000000001', family: 'opnsense', baseUrl: 'https://192.0.2.1', credential: { method: 'key-secret', key: 'k', secret: 's' }, trust: { mode: 'pin', sha256: 'a'.repeat(64) }, tags: ['edge'], timeZone: 'UTC' },
  probeFirewall: { baseUrl: 'https://192.0.2.1' },
  testCredential: { family: 'opnsense', baseUrl: 'https://192.0.2.1', trust: { mode: 'pin', sha256: 'a'.repeat(64) }, credential: { method: 'basic', username: 'u', password: 'p' } },
  editFirewall: { name: 'N', tags: ['edge'], timeZone: 'UTC', baseUrl: 'https://192.0.2.1' },
  editSettings: { secondFactorFor: 'admins', auditKeepDays: 365 },
  removeFirewall: { confirmName: 'N' },
  editCredential: { credential: { method: 'api-key', key: 'k' } },
  editTrust: { trust: { mode: 'public-ca' } },
  editCommands: { allowed: true },
  pauseFirewall: { paused: true, reason: '' },
}
