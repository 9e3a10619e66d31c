import { createChannel } from '@/lib/channels/create'
import { listDeliveries, retryDeliveries } from '@/lib/channels/deliveries'
import { editChannel, removeChannel } from '@/lib/channels/edit'
import { channelDto, channelId, createChannelInput, deliveryDto, editChannelInput, listChannelsInput, listDeliveriesInput, mailCertificateDto, mailServerInput, retriedDto, retryDeliveriesInput, savedChannelDto, tryDto } from '@/lib/channels/input'
import { listChannels, readChannel } from '@/lib/channels/list'
import { lookAtMailServer } from '@/lib/channels/look-at-mail-server'
import { rotateChannelSecret } from '@/lib/channels/rotate-secret'
import { tryChannel } from '@/lib/channels/try-channel'
import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'
import { removed } from './customers'

const tag = 'channels'

export const channelOperations = {
  list: operation({ id: 'listChannels', method: 'get', path: '/channels', tag, summary: 'Where notices go, without secrets', input: listChannelsInput, output: listOf(channelDto), run: listChannels }),
  create: operation({ id: 'createChannel', method: 'post', path: '/channels', tag, summary: 'Make a channel for notices', input: createChannelInput, output: savedChannelDto, status: 201, creates: true, run: (actor, input, { create }) => createChannel(actor, input, create) }),
  look: operation({ id: 'lookAtMailServer', method: 'post', path: '/channels/mail-server', tag, summary: 'Look at the certificate of a mail server, before it is told anything', input: mailServerInput, output: mailCertificateDto, run: (actor, input, { signal }) => lookAtMailServer(actor, input, signal) }),
  read: operation({ id: 'readChannel', method: 'get', path: '/channels/{id}', tag, summary: 'One channel, without secrets', input: channelId, output: channelDto, run: readChannel }),
  edit: operation({ id: 'editChannel', method: 'patch', path: '/channels/{id}', tag, summary: 'Change a channel; another target takes no secret along', input: editChannelInput, output: savedChannelDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editChannel(actor, input, expectedRevision) }),
  remove: operation({ id: 'removeChannel', method: 'delete', path: '/channels/{id}', tag, summary: 'Remove a channel with its log', input: channelId, output: removed, ifMatch: true, run: (actor, input, { expectedRevision }) => removeChannel(actor, input, expectedRevision) }),
  try: operation({ id: 'tryChannel', method: 'post', path: '/channels/{id}/test', tag, summary: 'Send a test now and tell what the other side said', input: channelId, output: tryDto, run: (actor, input, { signal }) => tryChannel(actor, input, signal) }),
  rotate: operation({ id: 'rotateChannelSecret', method: 'post', path: '/channels/{id}/secret', tag, summary: 'Make a new key that signs a webhook; the old one signs too for a day', input: channelId, output: savedChannelDto, ifMatch: true, run: (actor, input, { expectedRevision }) => rotateChannelSecret(actor, input, expectedRevision) }),
  deliveries: operation({ id: 'listDeliveries', method: 'get', path: '/channels/{id}/deliveries', tag, summary: 'What went over a channel and what became of it', input: listDeliveriesInput, output: listOf(deliveryDto), run: listDeliveries }),
  retry: operation({ id: 'retryDeliveries', method: 'post', path: '/channels/{id}/retry', tag, summary: 'Send again what was given up, one or all', input: retryDeliveriesInput, output: retriedDto, run: retryDeliveries }),
}
