"use client";
import { Button } from "@mantine/core";
import { formatPersonName } from "@maru/ui/person-name/format";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { AdminHeader } from "../../../shell/admin-header";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { JoiningSteps } from "../components/joining-steps";
import { PersonForm } from "../components/person-form";
import classes from "../components/staff.module.css";
import { TurnsCard } from "../components/turns-card";

/** One person: what the organisation says of her, and what becomes of her time here. Without an id she is taken in. */
export function StaffPersonScreen({ id }: { readonly id: string | null }) {
  const t = useTranslations("staff");
  const shell = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const isJoining = useSearchParams().has("joined");
  const trpc = useTRPC();
  // The form begins anew with what was read after a change of one's own, and never under somebody who is typing.
  const [round, setRound] = useState(0);
  const beginAnew = () => setRound(round + 1);
  const person = useQuery({ ...trpc.directory.getPersonForAdmin.queryOptions({ id: id ?? "" }), enabled: id !== null });
  const standings = useQuery(trpc.directory.listStandings.queryOptions({}));
  const error = person.error ?? standings.error;
  const detail = person.data ?? null;
  const isThere = standings.data && (id === null || detail);
  const retry = () => void Promise.all([person.refetch(), standings.refetch()]);
  const profile = (
    <Button component={Link} href={`/people/${id}`} variant="default">
      {t("profile")}
    </Button>
  );
  return (
    <div className={classes.page}>
      <AdminHeader title={detail ? formatPersonName(detail.person, { locale }) : t("join")} action={detail ? profile : undefined} />
      {error && !isThere ? <QueryError error={error} onRetry={retry} room="page" /> : null}
      {!error && !isThere ? <SkeletonList shape="rows" count={8} label={shell("loading")} /> : null}
      {detail && isJoining ? <JoiningSteps detail={detail} /> : null}
      {detail ? <TurnsCard detail={detail} onTurned={beginAnew} /> : null}
      {isThere ? (
        <PersonForm
          key={round}
          person={detail}
          standings={standings.data}
          onSaved={(savedId) => (id === null ? router.push(`/admin/people/${savedId}?joined`) : beginAnew())}
        />
      ) : null}
    </div>
  );
}
