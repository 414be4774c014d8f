import type { AccountView } from "@maru/api/identity/contract";
import type { Permission } from "@maru/api/permissions";
import type { QueryClient } from "@tanstack/react-query";
import type { ComponentType } from "react";
import type { useTRPC } from "../trpc/client";

/** The server's side of a feature: whom the page is drawn for, and how to read. */
export type FeatureReader = { readonly account: AccountView; readonly trpc: ReturnType<typeof useTRPC>; readonly queryClient: QueryClient };
type Prefetch = (reader: FeatureReader) => readonly Promise<unknown>[];

/** A place in the left menu, the command palette, and on phones in the bottom bar. */
export type NavigationEntry = {
  readonly href: string;
  /** A key in the feature's own message catalogue. */
  readonly label: string;
  readonly icon: ComponentType<{ readonly size?: number | string; readonly stroke?: number | string }>;
  /** Places stand in this order, whatever feature they belong to. */
  readonly order: number;
  /** Places for those who look after Maru stand below the others, under their own heading. */
  readonly section?: "admin";
  /** Whether it is one of the few places of the bottom bar. */
  readonly onPhone?: boolean;
  /** The permission without which the place is not offered; the procedures behind it decide for themselves. */
  readonly permission?: Permission;
  /** What stands below the entry in the left menu: a client component, given by `next/dynamic`. */
  readonly children?: ComponentType;
  /** Reads on the server what `children` will ask for: the menu of the first page must not grow under the pointer. */
  readonly prefetch?: Prefetch;
};

/** A window on the home page. The component is given by `next/dynamic`, so that only the home page loads it. */
export type Portlet = {
  readonly id: string;
  /** The wide column or the narrow one; on a phone the narrow one follows the wide one. */
  readonly column: "main" | "side";
  readonly order: number;
  readonly component: ComponentType;
  readonly permission?: Permission;
  /** Reads on the server what the component will ask for, so that it stands in the first HTML. */
  readonly prefetch?: Prefetch;
};

/** What a feature brings to the frame. `name` is its folder, and the namespace of its messages. */
export type Feature = {
  readonly name: string;
  readonly navigation?: readonly NavigationEntry[];
  readonly portlets?: readonly Portlet[];
  /** A control of the feature in the header, such as the bell. */
  readonly header?: ComponentType;
};

/** What a person may see of a list of places or portlets, in their order. */
export const offered = <Item extends { readonly order: number; readonly permission?: Permission }>(
  items: readonly Item[],
  permissions: readonly string[],
): readonly Item[] =>
  items.filter(({ permission }) => permission === undefined || permissions.includes(permission)).toSorted((a, b) => a.order - b.order);
