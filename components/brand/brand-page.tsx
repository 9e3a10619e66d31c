'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { ImageUp } from 'lucide-react'
import { useId, useState, type ChangeEvent, type FormEvent } from 'react'
import { ChangedMeanwhile } from '@/components/settings/changed-meanwhile'
import { keepDraft, keptOf } from '@/components/settings/kept-draft'
import { Part } from '@/components/settings/part'
import { base64Of } from '@/components/ui/base64-of'
import { Button } from '@/components/ui/button'
import { buttonLook, RING_OF_LABEL } from '@/components/ui/button-look'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toast'
import { cn } from '@/lib/core/cn'
import { BRAND_NAME_MAX, LOGO_BYTES_MAX, type BrandDto } from '@/lib/brand/input'
import { formatBytes } from '@/lib/format/bytes'
import { brandMutations, brandQueries } from '@/lib/queries/reports'

/** Whose reports these are: a name and a logo, at the head of each. */
export function BrandPage() {
  const { data, error, refetch } = useQuery(brandQueries.brand())
  return (
    <>
      <h2 className="sr-only">Brand</h2>
      <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-4 max-md:mx-4" />
      {data ? (
        <div className="divide-y divide-line">
          <NamePart brand={data} />
          <LogoPart brand={data} />
        </div>
      ) : (
        error === null && <SkeletonRows rows={4} columns={1} rowHeight={60} />
      )}
    </>
  )
}

function NamePart({ brand }: { brand: BrandDto }) {
  const { mutate, isPending, error } = useMutation(brandMutations.edit())
  const [before, setKept] = useState(() => keptOf({ name: brand.name }))
  // While it is saved, what comes back is one's own.
  const kept = isPending ? before : keepDraft(before, { name: brand.name })
  if (kept !== before) setKept(kept)
  const { name } = kept.draft
  const start = (text: string): void => setKept(keptOf({ name: text }))
  const unchanged = name.trim() === brand.name
  const done = (saved: BrandDto): void => {
    start(saved.name)
    toast.good('Saved.')
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (!unchanged && !isPending) mutate({ etag: brand.etag, name: name.trim() }, { onSuccess: done })
  }
  return (
    <Part id="brand-name" title="Name" about="It stands at the head and the foot of every report. Empty: reports name nobody.">
      <form noValidate onSubmit={save} className="flex flex-col items-start gap-3">
        {kept.changedMeanwhile && <ChangedMeanwhile what="the name" onDiscard={() => start(brand.name)} />}
        <Field label="Name of your company" className="w-full max-w-96">
          {(id) => <TextInput id={id} value={name} maxLength={BRAND_NAME_MAX} autoComplete="organization" onChange={(event) => setKept({ ...kept, draft: { name: event.target.value } })} />}
        </Field>
        <ProblemNotice error={error} />
        <Button type="submit" variant="primary" busy={isPending} disabledReason={unchanged ? 'This is the name now.' : null} reasonShown="beside">
          Save the name
        </Button>
      </form>
    </Part>
  )
}

function LogoPart({ brand: { logo, etag } }: { brand: BrandDto }) {
  const id = useId()
  const [wrong, setWrong] = useState<string | null>(null)
  const { mutate, isPending, error, reset } = useMutation(brandMutations.edit())
  const choose = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const { files } = event.target
    const file = files?.[0]
    event.target.value = ''
    reset()
    setWrong(null)
    if (!file) return
    if (file.size > LOGO_BYTES_MAX) setWrong(`${file.name} has ${formatBytes(file.size)}. Choose one of at most ${formatBytes(LOGO_BYTES_MAX)}.`)
    else mutate({ etag, logo: await base64Of(file) }, { onSuccess: () => toast.good('The logo is on reports now.') })
  }
  return (
    <Part id="brand-logo" title="Logo" about={`A PNG or JPEG of at most ${formatBytes(LOGO_BYTES_MAX)} and 4,096 by 4,096 pixels. It is printed on white.`}>
      {/* White in both themes, because paper is. */}
      <div className="flex min-h-24 w-full max-w-96 items-center justify-center rounded-lg border border-line-2 bg-white p-4">
        {logo === null ? (
          <p className="text-[#626c67]">There is no logo.</p>
        ) : (
          // eslint-disable-next-line @next/next/no-img-element -- it comes from our own route and must not be stored anywhere
          <img src={logo.path} alt="The logo on reports" className="max-h-14 max-w-48 object-contain" />
        )}
      </div>
      {wrong !== null && (
        <p role="alert" className="text-bad">
          {wrong}
        </p>
      )}
      <ProblemNotice error={error} />
      <div className="flex flex-wrap items-center gap-3">
        <label
          htmlFor={id}
          className={cn(buttonLook(), RING_OF_LABEL)}
        >
          <ImageUp aria-hidden size={16} strokeWidth={1.75} />
          {logo === null ? 'Choose a logo' : 'Choose another logo'}
          <input id={id} type="file" accept="image/png,image/jpeg" disabled={isPending} onChange={(event) => void choose(event)} className="sr-only" />
        </label>
        {logo !== null && (
          <Button variant="danger" busy={isPending} onClick={() => mutate({ etag, logo: null }, { onSuccess: () => toast.good('Reports have no logo now.') })}>
            Take it away
          </Button>
        )}
      </div>
    </Part>
  )
}
