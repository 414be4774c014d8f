type Dated = { readonly createdAt: string };
export type Day<Item> = { readonly day: string; readonly items: readonly Item[] };

/** Neighbours of one day belong together; the order stays as it is. */
export const groupByDay = <Item extends Dated>(items: readonly Item[], dayOf: (iso: string) => string): Day<Item>[] => {
  const days: { day: string; items: Item[] }[] = [];
  for (const item of items) {
    const day = dayOf(item.createdAt);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
};
