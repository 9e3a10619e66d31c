// The part of the table about channels. Nothing is sent: the targets are addresses that channels may not reach.
import { always, fresh, ofCustomer, type Rule } from './matrix-rule'

const webhook = { kind: 'webhook', url: 'https://127.0.0.1/hook' }
const email = { kind: 'email', host: '127.0.0.1', port: 25, security: 'starttls', trust: { mode: 'public-ca' }, from: 'alerts@nordwall.example', to: ['noc@nordwall.example'] }
const ofChannel = (more: Partial<Rule> = {}): Rule => ({ names: 'channelId', least: 'admin', finds: 'admin', ...more })
const ofInstallation = (as: string, body: Record<string, unknown>, more: Partial<Rule> = {}): Rule => ({ as, names: 'nothing', least: 'admin', everywhere: true, body: () => ({ name: fresh('Channel'), customerId: null, ...body }), ...more })

export const CHANNELS: Record<string, Rule[]> = {
  listChannels: [{ names: 'filter', least: 'admin', finds: 'admin', query: ofCustomer }],
  createChannel: [
    { as: 'of a customer', names: 'body', least: 'admin', finds: 'admin', body: ({ at }) => ({ name: fresh('Channel'), customerId: at.customerId, target: webhook }) },
    ofInstallation('of the installation', { target: webhook }),
    ofInstallation('to a private address', { target: webhook, privateAllowed: true }, { stepUp: true }),
    ofInstallation('for invitations', { target: email, forInvitations: true }, { least: 'owner', stepUp: true }),
  ],
  lookAtMailServer: [{ names: 'nothing', least: 'admin', body: () => ({ host: '127.0.0.1', port: 25, security: 'tls' }), ...always(503, 'unavailable', { acts: true }) }],
  readChannel: [ofChannel()],
  editChannel: [ofChannel({ body: () => ({ name: fresh('Renamed'), target: webhook }) })],
  removeChannel: [ofChannel()],
  tryChannel: [ofChannel()],
  rotateChannelSecret: [ofChannel()],
  listDeliveries: [ofChannel()],
  retryDeliveries: [ofChannel({ body: () => ({}) })],
}
