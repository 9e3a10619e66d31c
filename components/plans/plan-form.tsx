import type { PartProps } from './part-props'
import { RingsPart } from './rings-part'
import { ApprovalPart, LimitsPart, WhenPart } from './when-parts'
import { WhatPart, WhichPart } from './which-parts'

/** The design of a plan, from which firewalls to who approves. */
export function PlanForm(props: PartProps) {
  return (
    <div className="px-5 max-md:px-4">
      <WhichPart {...props} />
      <WhatPart {...props} />
      <RingsPart {...props} />
      <WhenPart {...props} />
      <LimitsPart {...props} />
      <ApprovalPart {...props} />
    </div>
  )
}
