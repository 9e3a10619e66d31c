'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useState, type RefObject } from 'react'
import { choiceMutations, choiceQueries } from '@/lib/queries/choices'
import { chosenColumns, USUAL_COLUMNS, type FleetColumn } from './fleet-columns'
import { fitColumns } from './fleet-fit'

export type Density = 32 | 40
/** Room for the checkbox and the menu of a row. */
export const SELECT_PX = 44
export const ACTS_PX = 52

export type ColumnChoice = {
  /** Ids of chosen columns, beside those that are always there. */
  chosen: readonly string[]
  choose: (ids: readonly string[] | null) => void
  density: Density
  setDensity: (density: Density) => void
  /** Known: rows would else change their places when it comes. */
  ready: boolean
}

/** Columns and row height as this person chose them, on every machine. */
export function useColumnChoice(): ColumnChoice {
  const { data, isPending } = useQuery(choiceQueries.choices())
  const { mutate } = useMutation(choiceMutations.save())
  return {
    chosen: data?.['fleet-columns'] ?? USUAL_COLUMNS,
    choose: (ids) => mutate({ name: 'fleet-columns', value: ids === null ? null : [...ids] }),
    density: data?.density ?? 32,
    setDensity: (density) => mutate({ name: 'density', value: density }),
    ready: !isPending,
  }
}

function useWidth(ref: RefObject<HTMLElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = (): void => setWidth(element.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return width
}

export type FittedColumns = { columns: readonly (FleetColumn & { px: number })[]; leftOut: ReadonlySet<string> }

/** The chosen columns that have room in an element; those that have none are named in the menu. */
export function useFittedColumns(ref: RefObject<HTMLElement | null>, chosen: readonly string[]): FittedColumns | null {
  const width = useWidth(ref)
  if (width === null) return null
  const columns = chosenColumns(chosen)
  const { widths, leftOut } = fitColumns(columns, width - SELECT_PX - ACTS_PX)
  return { columns: columns.flatMap((column) => (widths.has(column.id) ? [{ ...column, px: widths.get(column.id) ?? column.min }] : [])), leftOut }
}
