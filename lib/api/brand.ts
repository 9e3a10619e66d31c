import { z } from 'zod'
import { editBrand } from '@/lib/brand/edit'
import { brandDto, editBrandInput, readLogoInput } from '@/lib/brand/input'
import { readBrand, readLogo } from '@/lib/brand/read'
import { operation } from '@/lib/http/operation'

const tag = 'reports'

export const brandOperations = {
  read: operation({ id: 'readBrand', method: 'get', path: '/brand', tag, summary: 'Name and logo of the provider, as reports show them', input: z.strictObject({}), output: brandDto, run: readBrand }),
  edit: operation({ id: 'editBrand', method: 'patch', path: '/brand', tag, summary: 'Change name and logo (PNG or JPEG of at most 256 KiB)', input: editBrandInput, output: brandDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editBrand(actor, input, expectedRevision) }),
  logo: operation({ id: 'readLogo', method: 'get', path: '/brand/logo', tag, summary: 'The logo itself', input: readLogoInput, output: 'download', run: (actor) => readLogo(actor) }),
}
