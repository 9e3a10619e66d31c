import 'server-only'
import { post, type PostReply } from '@/lib/outbound/post'
import type { WayOut } from './outcome'

/** Posts JSON text; http:// only on the way that an admin opened to private addresses. */
export const postJson = (url: string, body: string, headers: Readonly<Record<string, string>>, way: WayOut): Promise<PostReply> =>
  post({ url, body, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, allowedNetworks: way.allowedNetworks, onlyPublic: way.onlyPublic, signal: way.signal })
