import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'
import { createOwnToken } from '@/lib/tokens/create'
import { createTokenInput, listTokensInput, newTokenDto, tokenDto, tokenId } from '@/lib/tokens/input'
import { listTokens } from '@/lib/tokens/list'
import { revokeToken } from '@/lib/tokens/revoke'

const tag = 'tokens'

export const tokenOperations = {
  list: operation({ id: 'listTokens', method: 'get', path: '/tokens', tag, summary: 'Your tokens, or those of an operator whom you may change', input: listTokensInput, output: listOf(tokenDto), run: listTokens }),
  create: operation({ id: 'createToken', method: 'post', path: '/tokens', tag, summary: 'Make a token for automation, shown once', input: createTokenInput, output: newTokenDto, status: 201, creates: true, run: (actor, input, { create }) => createOwnToken(actor, input, create) }),
  revoke: operation({ id: 'revokeToken', method: 'delete', path: '/tokens/{id}', tag, summary: 'End a token for good', input: tokenId, output: tokenDto, run: revokeToken }),
}
